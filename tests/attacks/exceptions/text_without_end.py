"""Raises an exception whose text never comes to an end."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that waits for the text",
    answer="""
class Endless(AssertionError):
    def __str__(self):
        while True:
            pass


def update_parameters(params, grads, learning_rate):
    raise Endless
""",
    status="timeout",
    limits=("call_seconds", "notebook_seconds"),
)
