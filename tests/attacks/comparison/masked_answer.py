"""Returns arrays with all entries masked, for which every comparison is neither true nor false."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks",
    answer="""
import numpy as np


def update_parameters(params, grads, learning_rate):
    return {name: np.ma.masked_all(value.shape) for name, value in params.items()}
""",
)
