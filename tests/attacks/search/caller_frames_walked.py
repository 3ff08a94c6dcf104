"""Walks the frames of its callers, and what their functions close over, to the reference."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the reference found and called",
    answer="""
import inspect
import sys
import types


def reference_in(*places):
    waiting, seen = list(places), set()
    while waiting:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        if isinstance(one, types.FunctionType):
            own = one.__code__ is update_parameters.__code__
            if one.__name__ in ("update_parameters", "reference") and not own:
                return one
            waiting += inspect.getclosurevars(one).nonlocals.values()
        elif isinstance(one, (list, tuple)):
            waiting += one
        elif isinstance(one, dict):
            waiting += one.values()
    raise NotImplementedError


def update_parameters(params, grads, learning_rate):
    frame, places = sys._getframe(1), []
    while frame is not None:
        places += [frame.f_locals, frame.f_globals]
        frame = frame.f_back
    return reference_in(*places)(params, grads, learning_rate)
""",
)
