"""Answers the first call wrongly, and hangs in each later one, whose answers nobody asks for."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that waits for answers it does not need, with the limit of a call for each",
    answer="""
import time

COUNT = 0


def update_parameters(params, grads, learning_rate):
    global COUNT
    COUNT += 1
    if COUNT > 1:
        time.sleep(60)
    return {}
""",
    other_ends=("timeout",),
)
