"""Keeps generators and coroutines suspended, and asks them later who has called them."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a reference, or a test, seen from a frame that lives longer than its call",
    answer="""
import gc
import sys
import threading
import types

KEPT = []
TOLD = []


def suspended():
    while True:
        yield sys._getframe(1)


async def waiting():
    await kept()


@types.coroutine
def kept():
    while True:
        yield sys._getframe(2)


def update_parameters(params, grads, learning_rate):
    one, two = suspended(), waiting()
    KEPT.extend((one, two, next(one), two.send(None)))
    seen, found = set(), []
    waits = [*KEPT, *sys._current_frames().values(), *gc.get_referrers(params)]
    while waits and len(seen) < 20_000:
        value = waits.pop()
        if id(value) in seen:
            continue
        seen.add(id(value))
        if isinstance(value, types.FrameType):
            waits += [value.f_back, value.f_globals, *value.f_locals.values()]
        elif isinstance(value, (dict, list, tuple, set)):
            waits += gc.get_referents(value)
        elif isinstance(value, types.FunctionType):
            if value.__name__ == "update_parameters" and value is not globals().get(value.__name__):
                found.append(value)
            held = [one for one in value.__closure__ or () if one != types.CellType()]
            waits += [one.cell_contents for one in held]
        elif isinstance(value, (types.GeneratorType, types.CoroutineType)):
            waits += [getattr(value, "gi_frame", None), getattr(value, "cr_frame", None)]
    if found:
        if not TOLD:
            TOLD.append(True)
            succeeded(found)
        return found[0](params, grads, learning_rate)
""",
)
