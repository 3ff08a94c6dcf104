"""Returns arrays of 32 MiB in small types, which comparing makes eight times as large."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that runs out of memory or time",
    answer="""
import numpy as np

HUGE = np.ones(2**25, "i1")


def update_parameters(params, grads, learning_rate):
    return {"W1": HUGE, "W2": HUGE[:1], "b1": HUGE[:1], "b2": HUGE[:1]}
""",
)
