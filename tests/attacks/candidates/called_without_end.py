"""Calls a candidate without end, whatever it says of its budget."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a class that waits for as many answers",
    exercise="test_it",
    function="find_mistakes",
    status="timeout",
    limits=("call_seconds",),
    answer="""
def find_mistakes(candidate):
    while True:
        try:
            candidate(1, 2)
        except Exception:
            pass
""",
)
