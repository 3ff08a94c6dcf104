"""Fuzz the wire's decoder: ``python -m tests.fuzz.wire_decoder [libFuzzer's options]``."""

import contextlib
import copy
import json
import math
import random
from collections.abc import Iterator
from typing import Any

import atheris
import numpy as np

with atheris.instrument_imports(include=["workbook.grade.sandbox"]):
    from tests.fuzz.properties import check_frame, check_stream
    from workbook.course.kinds import OfKind
    from workbook.grade.sandbox.wire import Message, encode

from tests.fuzz.run import fuzz

_W, _BOOL, _EMPTY = np.eye(2), np.array([True, False]), np.zeros((0, 3), dtype="i2")
_MESSAGES = (
    Message("cell", 1, {"source": "def f(x):\n    return x"}),
    Message("done", 1, {"error": None, "cut": False}),
    Message("defined", 2, {"name": "f"}),
    Message("done", 2, True),
    Message("call", 3, {"name": "f", "args": (_W, (_BOOL, [1, -2.5])), "kwargs": {"a": "b"}}),
    Message("earlier", 3, {"name": "g", "args": (_EMPTY,), "kwargs": {}}),
    Message("returned", 3, {"value": {"W1": _W, "b1": _W[:, :1]}, "args": (_W, float("nan"))}),
    Message("returned", 3, {"value": (OfKind("a zip"), np.float32(0.1)), "args": {1: _W, "a": 2}}),
    Message("raised", 3, {"type": "ValueError", "message": "x", "line": 2, "source": "y = é"}),
)


def seeds() -> list[bytes]:
    """Return frames, and frames whose length is a line's end, which mutations do not break."""
    frames = [encode(message) for message in _MESSAGES]
    lines = []
    for frame in frames:
        end = 4 + int.from_bytes(frame[:4], "big")
        lines.append(frame[4:end] + b"\n" + frame[end:])
    return [*frames, *lines, b"[" * 2000 + b"\n"]


def check(data: bytes) -> None:
    """Raise unless the decoder takes or refuses these bytes as it should."""
    header, line_end, arrays = data.partition(b"\n")
    if line_end:
        data = len(header).to_bytes(4, "big") + header + arrays
    check_frame(data)
    check_stream(data, 1 + len(data) % 100)


_NODES = ("list", "tuple", "dict", "pairs", "array", "scalar", "other", "x")

# What a part of a header may become.
_PARTS = (
    *(None, True, -1, 2**64 - 1, 2**64, -0.0, 1e308, float("nan"), "", "|b1", "<f8", "\ud800"),
    *({"array": "|b1"}, {"array": "<i4 3"}, {"array": "<c16 0 2"}, {"array": f"<f8 {2**40}"}),
    *({"scalar": "<f2"}, {"scalar": "<c16"}, {"scalar": "<f8"}, {"other": "a zip"}, {"other": ""}),
    *({"pairs": [[1, 2], ["a", None]]}, {"pairs": []}, {"pairs": [[{"other": "a set"}, 1]]}),
    *({"list": []}, {"tuple": [1.5]}, {"dict": {"\ud800": "\udfff"}}, [], {}, "<f4 1 1 1"),
)


def mutate(data: bytes, max_size: int, seed: int) -> bytes:
    """Change a part of the header, where the data is a header and a line's end, or some bytes.

    Of bytes that are changed at random hardly any are still JSON.
    """
    drawn = random.Random(seed)
    text, line_end, arrays = data.partition(b"\n")
    try:
        header = json.loads(text)
    except (ValueError, RecursionError):
        header = None
    if not line_end or not isinstance(header, list) or not header or drawn.random() < 0.2:
        return atheris.Mutate(data, max_size)
    # The body, most often.
    place = drawn.choice([len(header) - 1] * 4 + [*range(len(header))])
    part = [header[place]]
    for _ in range(drawn.randint(1, 3)):
        _change(part, drawn)
    header[place] = part[0]
    text = json.dumps(header).encode()
    if drawn.random() < 0.8:
        arrays = _fitting(header, arrays)
    data = text + b"\n" + arrays
    return data if len(data) <= max_size else atheris.Mutate(text[:max_size], max_size)


def _change(tree: list[Any], drawn: random.Random) -> None:
    places = list(_places(tree))
    parent, key = drawn.choice(places)
    other, where = drawn.choice(places)
    what = drawn.randrange(5)
    if what == 0 and parent is not tree:
        del parent[key]
    elif what == 1:
        parent[key] = {drawn.choice(_NODES): parent[key]}
    elif what == 2:
        parent[key] = copy.deepcopy(other[where])
    elif what == 3 and isinstance(parent, list) and parent is not tree:
        parent.insert(key, copy.deepcopy(other[where]))
    else:
        parent[key] = copy.deepcopy(drawn.choice(_PARTS))


def _places(tree: Any) -> Iterator[tuple[Any, Any]]:
    """Yield each part of a tree: its container and its place there."""
    if isinstance(tree, list | dict):
        for key in range(len(tree)) if isinstance(tree, list) else [*tree]:
            yield tree, key
            yield from _places(tree[key])


def _fitting(header: list[Any], arrays: bytes) -> bytes:
    """Return as many bytes as the header's arrays have, unless that is a lot."""
    size = 0
    for tree, key in _places(header):
        if key in ("array", "scalar"):
            with contextlib.suppress(AttributeError, TypeError, ValueError, OverflowError):
                name, *shape = tree[key].split(" ")
                size += int(name[2:]) * math.prod(map(int, shape))
    size = max(0, min(size, 1000))
    return arrays[:size].ljust(size, b"\2")


if __name__ == "__main__":
    fuzz(check, seeds(), custom_mutator=mutate)
