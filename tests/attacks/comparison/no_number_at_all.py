"""Returns entries that are no numbers, and differ from nothing by more than is allowed."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks",
    answer="""
import numpy as np


def update_parameters(params, grads, learning_rate):
    return {name: np.full(value.shape, np.nan) for name, value in params.items()}
""",
)
