"""Asks the garbage collector for another function of the same name, and for expected arrays."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the reference found and called",
    answer="""
import gc
import types


def update_parameters(params, grads, learning_rate):
    everything = gc.get_objects()
    for one in everything:
        if isinstance(one, types.FunctionType) and one.__name__ == "update_parameters":
            if one is not update_parameters:
                return one(params, grads, learning_rate)
    for one in everything:
        if isinstance(one, dict) and one.keys() == params.keys() and one is not params:
            return one
    raise NotImplementedError
""",
)
