"""Passes on what the exercise before it answers, and leaves out its own part of the work."""

from tests.attacks.suite import Attack

# The cache is right, and the inputs stay as they are; no A is right.
ATTACK = Attack(
    harm="marks for another exercise's work",
    exercise="linear_activation_forward",
    points=5,
    answer="""
def linear_activation_forward(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return Z, (linear_cache, Z)
""",
)
