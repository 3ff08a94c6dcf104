"""Tells candidates apart by how many came before, as a table of verdicts."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for the order",
    exercise="test_it",
    function="find_mistakes",
    # It has no need of the places, which differ from run to run, and with them its seed would.
    prelude=False,
    answer="""
table = "1001101110010110" * 20
calls = 0


def find_mistakes(candidate):
    global calls
    calls += 1
    return ["by its number"] if table[calls] == "1" else []
""",
)
