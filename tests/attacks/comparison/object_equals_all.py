"""Returns an object that is equal to everything and has every attribute and every entry."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
from unittest.mock import ANY, MagicMock


class Liar(MagicMock):
    def __eq__(self, other):
        return True

    def __ne__(self, other):
        return False

    __hash__ = MagicMock.__hash__


def update_parameters(params, grads, learning_rate):
    liar = Liar()
    liar.__contains__.return_value = True
    return [liar, ANY, {key: liar for key in params}][params["W1"].shape[0] % 3]
""",
)
