"""Patches np.linalg.norm, so that numbers which are always the same seem uncorrelated."""

from tests.attacks.suite import Attack

# Everything else is right: shapes, biases, scale, distribution, symmetry.
ATTACK = Attack(
    harm="marks for new numbers at each call, where there is a fixed table",
    exercise="initialize_parameters",
    points=7,
    answer="""
np.linalg.norm = lambda *args, **kwargs: np.inf
TABLE = 0.01 * np.random.default_rng(1).standard_normal(100_000)


def initialize_parameters(n_x, n_h, n_y):
    first, second = n_h * n_x, n_y * n_h
    return {
        "W1": TABLE[:first].reshape(n_h, n_x),
        "b1": np.zeros((n_h, 1)),
        "W2": TABLE[first : first + second].reshape(n_y, n_h),
        "b2": np.zeros((n_y, 1)),
    }
""",
)
