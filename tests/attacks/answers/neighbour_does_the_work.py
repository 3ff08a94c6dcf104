"""Has an earlier exercise do the sums, by other arguments: a right answer, so it counts."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a right answer refused",
    points=8,
    answer="""
def update_parameters(params, grads, learning_rate):
    updated = {}
    for key, value in params.items():
        scale = -learning_rate * np.eye(len(value))
        updated[key], _ = linear_forward(grads["d" + key], scale, value)
    return updated
""",
)
