"""Raises groups that hold themselves, with halves of characters in names, notes and keys."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a result, a page or a gradebook that cannot be written, or a judge that goes in circles",
    answer=r"""
HALF = "\ud800\udfff\udcff\u202e\x00\x1b[2J"


class Odd(BaseExceptionGroup):
    def __str__(self):
        return HALF * 300


Odd.__name__ = Odd.__qualname__ = Odd.__module__ = HALF[2:5] + "Odd"
Odd.__doc__ = HALF


def update_parameters(params, grads, learning_rate):
    odd = Odd(HALF, [ValueError(HALF)])
    inner = [KeyError(HALF), odd, UnicodeEncodeError("utf-8", HALF, 0, 1, HALF)]
    outer = Odd(HALF, inner)
    outer.__notes__ = [HALF * 100, "x"] * 50
    inner[0].__cause__, inner[0].__context__ = outer, inner[1]
    outer.__cause__ = outer.__context__ = inner[0]
    raise outer


update_parameters.__name__ = update_parameters.__qualname__ = HALF
update_parameters.__doc__ = HALF
""",
)
