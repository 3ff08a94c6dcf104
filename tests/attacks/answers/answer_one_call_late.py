"""Gives each time the answer that the previous call should have got."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for answers to other questions",
    answer="""
late = []


def update_parameters(params, grads, learning_rate):
    late.append({key: value - learning_rate * grads["d" + key] for key, value in params.items()})
    return late[-2] if len(late) > 1 else {key: value.copy() for key, value in params.items()}
""",
)
