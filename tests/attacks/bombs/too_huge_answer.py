"""Returns more than can be sent: arrays of 512 MiB and more, or text of 16 MiB."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that runs out of memory",
    answer="""
import numpy as np

HUGE = np.ones(2**27, "i1")
TEXT = "x" * 2**22


def update_parameters(params, grads, learning_rate):
    if len(params) == 4:
        return {key: TEXT for key in params}
    return {key: HUGE for key in params}
""",
)
