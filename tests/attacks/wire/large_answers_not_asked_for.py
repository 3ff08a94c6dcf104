"""Answers the first call wrongly, and each later one, which nobody asks for, with 30 MiB."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that runs out of memory over answers that it does not need",
    answer="""
import numpy as np

COUNT = 0


def update_parameters(params, grads, learning_rate):
    global COUNT
    COUNT += 1
    return {} if COUNT == 1 else {"W1": np.full(30 * 2**17, COUNT)}
""",
)
