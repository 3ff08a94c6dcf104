"""Returns objects that call themselves arrays, and take the expected value when converted."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer="""
import sys


class Liar:
    __class__ = np.ndarray
    __array_priority__ = 100

    def __init__(self, array):
        self.array = array
        self.dtype, self.shape = array.dtype, array.shape

    def __array__(self, dtype=None, copy=None):
        frame = sys._getframe(1)
        while frame is not None:
            want = frame.f_locals.get("want")
            if isinstance(want, np.ndarray):
                return want.copy()
            frame = frame.f_back
        return self.array

    def __sub__(self, other):
        return Liar(self.array - other)

    def __truediv__(self, other):
        return Liar(self.array / other)

    def __pow__(self, exponent):
        return self.array**exponent


def update_parameters(params, grads, learning_rate):
    return {key: Liar(np.ones_like(value)) for key, value in params.items()}
""",
)
