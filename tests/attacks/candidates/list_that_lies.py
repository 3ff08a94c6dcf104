"""Returns a list that is empty or not, as it is asked."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks",
    exercise="test_it",
    function="find_mistakes",
    answer="""
class Findings(list):
    asked = 0

    def __len__(self):
        Findings.asked += 1
        return Findings.asked % 2

    def __bool__(self):
        return len(self) > 0

    def __iter__(self):
        return iter(["a mistake"] * len(self))

    def __eq__(self, other):
        return True

    __hash__ = None


def find_mistakes(candidate):
    return Findings()
""",
)
