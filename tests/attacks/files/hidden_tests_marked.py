"""Gives a right answer, below a comment that begins hidden tests and is never ended."""

from tests.attacks.suite import Attack

# nbgrader takes what lies between two such comments away, and stops where the second is missing.
ATTACK = Attack(
    harm="a right answer's feedback lost",
    answer="""
### BEGIN HIDDEN TESTS
def update_parameters(params, grads, learning_rate):
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
    points=8.0,
)
