"""Keeps each frame that went over the socket, and sends the old ones again."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks from the replies to other tests",
    answer="""

import numpy as np

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

kept = []
connections = [one.channel for one in [OWNER] if type(one).__name__ == "RequestHandler"]
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
