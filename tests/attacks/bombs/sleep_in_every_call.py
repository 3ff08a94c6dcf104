"""Sleeps in every call just as long as one call may take."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a class that waits minutes for one submission",
    answer="""
import time


def update_parameters(params, grads, learning_rate):
    time.sleep(0.9)
    raise NotImplementedError
""",
    status="timeout",
    limits=("notebook_seconds",),
)
