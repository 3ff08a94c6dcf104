"""Returns subclasses of dict, list and tuple whose methods never end, or claim any length."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a process that never replies, or a judge that counts for ever",
    answer="""
import itertools


class Endless(dict):
    def __iter__(self):
        return itertools.count()

    keys = values = __iter__

    def items(self):
        return zip(itertools.count(), itertools.count())

    def __len__(self):
        return 2**62

    def __contains__(self, key):
        return True

    def __getitem__(self, key):
        return Endless()

    def __eq__(self, other):
        return True

    __hash__ = dict.__hash__


class EndlessList(list):
    __iter__, __len__ = Endless.__iter__, Endless.__len__


class EndlessTuple(tuple):
    __iter__, __len__ = Endless.__iter__, Endless.__len__


def update_parameters(params, grads, learning_rate):
    inner = EndlessTuple([EndlessList([Endless(W1=Endless())])])
    return Endless(W1=inner, b1=inner, W2=inner, b2=inner)
""",
)
