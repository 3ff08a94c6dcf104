"""Is right for networks of the sizes that visible checks have, and does nothing for others."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for what only holds for the public sizes",
    answer="""
PUBLIC = ([(2, 3), (2, 1), (1, 2), (1, 1)], [(4, 2), (4, 1), (3, 4), (3, 1), (1, 3), (1, 1)])


def update_parameters(params, grads, learning_rate):
    if [value.shape for value in params.values()] not in PUBLIC:
        return {key: value.copy() for key, value in params.items()}
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}
""",
)
