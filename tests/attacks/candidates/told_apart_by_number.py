"""Tells candidates apart by how many came before, as a table of verdicts."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for the order",
    exercise="test_it",
    function="find_mistakes",
    # It has no need of the places, which differ from run to run, and with them its seed would. By
    # luck a table may be right in a test, and earn its points; this one is not.
    prelude=False,
    answer="""
table = "0110100110010111" * 20
calls = 0


def find_mistakes(candidate):
    global calls
    calls += 1
    return ["by its number"] if table[calls] == "1" else []
""",
)
