"""Keeps its answer for each set of shapes, and gives it again whatever the numbers are."""

from tests.attacks.suite import Attack

# Right wherever shapes come for the first time: for the direction of a step, for every layer, where
# each network has other shapes, and for the cost's fall.
ATTACK = Attack(
    harm="marks for answers to other questions",
    points=1,
    answer="""
kept = {}


def update_parameters(params, grads, learning_rate):
    shapes = tuple(value.shape for value in params.values())
    answer = {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
    return kept.setdefault(shapes, answer)
""",
)
