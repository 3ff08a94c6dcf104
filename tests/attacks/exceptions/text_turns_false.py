"""Raises an AssertionError whose text is true when it is looked at and false when it counts."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
class Text(str):
    asked = 0

    def __bool__(self):
        self.asked += 1
        return self.asked == 1


class Wrong(AssertionError):
    def __str__(self):
        return Text("wrong")


def update_parameters(params, grads, learning_rate):
    raise Wrong
""",
)
