"""Fuzz the judge's session: ``python -m tests.fuzz.session [libFuzzer's options]``.

The fuzzer is the student's process: what it sends, in what order, with which numbers.
"""

import random
from typing import Any

import atheris
import numpy as np

with atheris.instrument_imports(
    include=["workbook.grade.sandbox", "workbook.grade.judging.session"]
):
    from tests.fuzz.rogue import KINDS, REPLIES, WHICH, Reply, Rogue

from tests.fuzz.run import fuzz
from workbook.course.kinds import OfKind

_ARRAY = np.arange(3.0)
_LEAVES = (OfKind("a zip"), np.float32(0.1), {1: 2, OfKind("a set"): _ARRAY})
_BODIES = (
    {"error": None, "cut": False},
    {"error": {"type": "ValueError", "message": "x", "line": 1, "source": "y"}, "cut": True},
    {"value": _ARRAY, "effects": (((("a", 0), "numbers"),), ())},
    {"name": "double", "args": (_ARRAY,), "kwargs": {}},
    {"name": "triple", "args": (), "kwargs": {}},
    {"type": "TypeError", "message": "'x'", "line": 2, "source": "z"},
    True,
)
_KEYS = (
    "error",
    "cut",
    "value",
    "effects",
    "args",
    "name",
    "kwargs",
    "type",
    "message",
    "line",
    "source",
)


def seeds() -> list[bytes]:
    """Return bytes that stand for nothing yet: what they mean is drawn from them."""
    return [random.Random(number).randbytes(200) for number in range(20)]


def check(data: bytes) -> None:
    """Raise unless the judge's session makes of a student's replies what it should."""
    drawn = atheris.FuzzedDataProvider(data)
    actions = [drawn.PickValueInList([*REPLIES]) for _ in range(drawn.ConsumeIntInRange(1, 4))]
    piece = drawn.ConsumeIntInRange(1, 100)
    scripts = [[_part(drawn) for _ in range(drawn.ConsumeIntInRange(0, 3))] for _ in actions]
    for action, script in zip(actions, scripts, strict=True):
        if drawn.ConsumeBool():
            # Most sessions go on for a while.
            script.append(_right(drawn, action))
    rogue = Rogue(scripts, piece)
    for action in actions:
        rogue.act(action)


def _right(drawn: Any, action: str) -> Reply:
    kind = drawn.PickValueInList(REPLIES[action])
    value = _tree(drawn, 3)
    bodies = {
        "done": {"error": value, "cut": False} if action == "cell" else value,
        "returned": {"value": value, "effects": _tree(drawn, 3)},
        "raised": value,
    }
    return Reply(kind, "this", bodies[kind])


def _part(drawn: Any) -> Reply | bytes:
    if drawn.ConsumeIntInRange(0, 15) == 0:
        return drawn.ConsumeBytes(drawn.ConsumeIntInRange(0, 40))
    kind = drawn.PickValueInList([*KINDS, *["earlier"] * 6])
    which = drawn.PickValueInList([*WHICH, *["this"] * 12])
    body = drawn.PickValueInList([*_BODIES]) if drawn.ConsumeBool() else _tree(drawn, 3)
    return Reply(kind, which, body)


def _tree(drawn: Any, depth: int) -> Any:
    sort = drawn.ConsumeIntInRange(-1, 9 if depth else 5)
    if sort == -1:
        return drawn.PickValueInList([*_LEAVES])
    if sort <= 5:
        leaves = (None, drawn.ConsumeBool(), drawn.ConsumeInt(8), drawn.ConsumeFloat())
        return (*leaves, drawn.ConsumeUnicode(4), _ARRAY[: drawn.ConsumeIntInRange(0, 3)])[sort]
    items = [_tree(drawn, depth - 1) for _ in range(drawn.ConsumeIntInRange(0, 3))]
    if sort <= 7:
        return items if sort == 6 else tuple(items)
    return {drawn.PickValueInList([*_KEYS]): item for item in items}


if __name__ == "__main__":
    fuzz(check, seeds())
