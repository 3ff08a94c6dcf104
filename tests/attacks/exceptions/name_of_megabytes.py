"""Raises an exception whose type has a name of two million letters, which messages quote."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a result and feedback of many megabytes",
    answer="""
Endless = type("A" * 2_000_000, (Exception,), {})


def update_parameters(params, grads, learning_rate):
    raise Endless
""",
)
