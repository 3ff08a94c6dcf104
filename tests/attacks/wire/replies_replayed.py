"""Keeps each frame that went over the socket, and sends the old ones again."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks from the replies to other tests",
    answer="""
import gc

import numpy as np

kept = []
connections = [one for one in gc.get_objects() if type(one).__name__ == "Connection"]
for connection in connections:

    def send_and_keep(message, seconds=None, send=connection.send):
        send(message, seconds)
        kept.append(message)

    connection.send = send_and_keep


def update_parameters(params, grads, learning_rate):
    # In one test only: each time takes a new process.
    if len(params) == 2:
        for connection in connections:
            for old in list(kept):
                connection.send(old)
    return {key: np.zeros_like(value) for key, value in params.items()}
""",
    status="crashed",
)
