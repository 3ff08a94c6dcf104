"""Hands a candidate to itself, and calls itself with it until the stack is full."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that recurses with it",
    exercise="test_it",
    function="find_mistakes",
    other_ends=("crashed",),
    answer="""
def find_mistakes(candidate):
    try:
        candidate(candidate, (candidate, find_mistakes, candidate))
    except Exception:
        pass
    return find_mistakes(candidate)
""",
)
