"""Returns a number that is as large as whatever it is compared with, and no further away."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    exercise="compute_cost",
    answer="""
class Liar(float):
    def _yes(self, other=None):
        return True

    def _itself(self, *others):
        return self

    def _other(self, other):
        return other

    __eq__ = __le__ = __lt__ = __ge__ = __gt__ = __ne__ = _yes
    __hash__ = float.__hash__
    __sub__ = __rsub__ = __abs__ = __neg__ = __pos__ = _itself
    __add__ = __radd__ = __mul__ = __rmul__ = __truediv__ = __rtruediv__ = _other
    __float__ = __array__ = _itself


def compute_cost(AL, Y):
    return Liar(1.0)
""",
)
