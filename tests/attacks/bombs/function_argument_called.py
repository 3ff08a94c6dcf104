"""Calls the function that it gets as an argument a million times, then once more."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a class that waits for as many answers",
    exercise="check_it",
    function="numerical_gradient",
    answer="""
def numerical_gradient(f, theta, h):
    while True:
        for _ in range(10**6):
            f(theta)
""",
    status="timeout",
    limits=("call_seconds",),
)
