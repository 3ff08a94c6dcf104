"""Tells of changed inputs at places that no argument has, by thousands, with names of megabytes."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that fails, or is busy, when it puts them into words",
    answer="""
from workbook.course import effects, watched

PLACES = [("x" * 10**5,), (-1, 2**60), (), (0, "dW1", 7, "y"), ("0",), (2**62,)] * 3


def forged(self, *args, **kwargs):
    value = {key: value + 1 for key, value in args[0].items()}
    changes = tuple(effects.InputChange(place, "removed") for place in PLACES)
    sharings = tuple(effects.Sharing(place, "input", place) for place in PLACES)
    return value, effects.Effects(changes, sharings)


watched.Watched.__call__ = forged


def update_parameters(params, grads, learning_rate):
    raise NotImplementedError
""",
)
