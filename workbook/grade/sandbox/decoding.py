"""Frames become values; `workbook.grade.sandbox.wire` has the format."""

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any

import numpy as np

from workbook.grade.sandbox.wire import (
    ATOMS,
    MAX_ARRAYS,
    MAX_DEPTH,
    MAX_HEADER,
    MAX_NODES,
    NATIVE_DTYPES,
    PREFIX,
    TOO_DEEP,
    TOO_LARGE_ARRAY,
    Array,
    Message,
    WireError,
    checked,
    fits,
)

_BY_NAME = {dtype.str: dtype for dtype in NATIVE_DTYPES}
_BOOL = np.dtype("?")

# With room for ten digits an axis.
_LONGEST_DESCRIPTION = 100

_NO_TREE = "the body is not a tree"

_from_json = json.JSONDecoder().decode


def decode(frame: bytes) -> Message:
    """Return the message of a frame, as `Channel.receive` does.

    Raises
    ------
    WireError
        If these bytes are not exactly one frame.
    """
    data, start = bytearray(frame), 0

    def take(count: int) -> bytearray:
        nonlocal start
        start += count
        if start > len(data):
            raise WireError("the frame is not complete")
        return data[start - count : start]

    message = read_message(take)
    if start < len(data):
        raise WireError("the frame is followed by something")
    return message


def read_message(take: Callable[[int], bytearray]) -> Message:
    """Read a frame from a function that returns its next bytes, in memory of their own."""
    length = int.from_bytes(take(PREFIX), "big")
    if length > MAX_HEADER:
        raise WireError("the header is too long")
    try:
        header = _from_json(str(take(length), "ascii"))
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    if type(header) is not list or len(header) != 3:
        raise WireError("the header is not a list of kind, id and body")
    kind, number, body = header
    if type(kind) is not str or type(number) is not int:
        raise WireError("kind is not text, or id is not a number")
    return Message(_text(kind), checked(number), _Decoder(take).value(body, 0))


class _Decoder:
    """Rebuilds a body from its tree, as exact arrays, numbers and containers."""

    def __init__(self, take: Callable[[int], bytearray]) -> None:
        self.take = take
        self.bytes = 0
        self.nodes = 1

    def value(self, tree: Any, depth: int) -> Any:
        """Return the value of a node that lies in so many containers."""
        # What JSON gives is of exactly these types: to ask for them is faster than isinstance.
        if type(tree) is not dict:
            return self._atom(tree)
        if len(tree) != 1:
            raise WireError(_NO_TREE)
        ((kind, content),) = tree.items()
        if kind == "array":
            return self._array(content)
        if type(content) is dict and kind == "dict":
            self._enter(content, depth)
            return {
                (key if key.isascii() else _text(key)): self.value(item, depth + 1)
                for key, item in content.items()
            }
        if type(content) is not list or kind not in ("list", "tuple"):
            raise WireError("the body has an unknown kind of value, or a container is none")
        self._enter(content, depth)
        items = [self.value(item, depth + 1) for item in content]
        return items if kind == "list" else tuple(items)

    def _array(self, said: Any) -> Array:
        if type(said) is not str or len(said) > _LONGEST_DESCRIPTION:
            raise WireError("an array is not described by a text, or by one that is too long")
        dtype, shape, size = _meaning(said)
        self.bytes += size
        if self.bytes > MAX_ARRAYS:
            raise WireError("the arrays are too large")
        array: Array = np.ndarray(shape, dtype, self.take(size))
        if dtype is _BOOL:
            # NumPy takes it for granted that these bytes are 0 or 1, and computes nonsense
            # otherwise.
            np.not_equal(array.view(np.uint8), 0, out=array)
        return array

    def _enter(self, container: Any, depth: int) -> None:
        self.nodes += len(container)
        if (depth >= MAX_DEPTH and container) or self.nodes > MAX_NODES:
            raise WireError(TOO_DEEP)

    def _atom(self, value: Any) -> Any:
        if type(value) is str:
            return _text(value)
        if type(value) in ATOMS:
            return checked(value)
        raise WireError(_NO_TREE)


@lru_cache(maxsize=1024)
def _meaning(said: str) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """Return the dtype and shape that a description means, and the number of bytes."""
    name, *lengths = said.split(" ")
    dtype = _BY_NAME.get(name)
    if dtype is None:
        raise WireError("an array has no known dtype")
    if not all(length.isascii() and length.isdigit() for length in lengths):
        raise WireError("a shape is not made of integers from 0")
    shape = tuple(map(int, lengths))
    if not fits(dtype.itemsize, shape):
        raise WireError(TOO_LARGE_ARRAY)
    return dtype, shape, dtype.itemsize * math.prod(shape)


def _text(text: str) -> str:
    """Return the text without lone surrogates, which no file and no terminal can take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
