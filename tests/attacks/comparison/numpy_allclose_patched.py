"""Replaces NumPy's comparisons, so that everything is close to everything."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import numpy as np

np.allclose = np.isclose = np.array_equal = lambda *args, **kwargs: np.True_
np.testing.assert_allclose = np.testing.assert_array_equal = lambda *args, **kwargs: None


def update_parameters(params, grads, learning_rate):
    return {key: np.zeros_like(value) for key, value in params.items()}
""",
)
