"""Values become frames; `workbook.grade.sandbox.wire` has the format."""

import json
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

# Names and the other byte order are worked out here, once: NumPy takes its time for both.
_TO_NATIVE = {
    other: (dtype.str, dtype)
    for dtype in NATIVE_DTYPES
    for other in (dtype, dtype.newbyteorder("S"))
}

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode


def encode(message: Message) -> bytes:
    """Return the frame of a message.

    Raises
    ------
    WireError
        If the body holds anything but plain data, or too much of it.
    """
    encoder = _Encoder()
    text = _to_json([message.kind, message.id, encoder.node(message.body, 0)]).encode("ascii")
    if len(text) > MAX_HEADER or encoder.bytes > MAX_ARRAYS:
        raise WireError("the value is too large")
    return b"".join([len(text).to_bytes(PREFIX, "big"), text, *encoder.arrays])


class _Encoder:
    """Makes the tree of a body, and collects its arrays.

    All that crosses goes through here, most of it small: what is asked often is asked first.
    """

    def __init__(self) -> None:
        self.arrays: list[memoryview] = []
        self.bytes = 0
        self.nodes = 1

    def node(self, value: Any, depth: int) -> Any:
        """Return the node of a value that lies in so many containers."""
        kind = type(value)
        if kind is np.ndarray:
            return self._array(value)
        if kind in ATOMS:
            return checked(value) if kind is int else value
        # Of this very type or one derived from it: `isinstance` would take an object's own word.
        if issubclass(kind, dict):
            self._enter(value, depth)
            return {
                "dict": {
                    (key if type(key) is str else _key(key)): self.node(item, depth + 1)
                    for key, item in value.items()
                }
            }
        if issubclass(kind, tuple | list):
            self._enter(value, depth)
            name = "tuple" if issubclass(kind, tuple) else "list"
            return {name: [self.node(item, depth + 1) for item in value]}
        if issubclass(kind, np.ndarray):
            return self._array(value)
        return _exact(value)

    def _enter(self, container: Any, depth: int) -> None:
        self.nodes += len(container)
        if (depth >= MAX_DEPTH and len(container)) or self.nodes > MAX_NODES:
            raise WireError(TOO_DEEP)

    def _array(self, value: Array) -> Any:
        said, dtype = _description(value.dtype, value.shape)
        plain = type(value) is np.ndarray and value.dtype is dtype
        if not (plain and value.flags.c_contiguous):
            # Always an exact ndarray, whatever subclass it is an instance of.
            value = np.asarray(value).astype(dtype, order="C", copy=False)
        self.arrays.append(value.data)
        self.bytes += value.nbytes
        return {"array": said}


# The same few shapes cross over and over.
@lru_cache(maxsize=1024)
def _description(dtype: np.dtype[Any], shape: tuple[int, ...]) -> tuple[str, np.dtype[Any]]:
    """Return how an array is described, and the dtype in which it crosses."""
    native = _TO_NATIVE.get(dtype)
    if native is None:
        raise WireError(f"an array of {dtype} entries is not plain numbers")
    name, dtype = native
    if not fits(dtype.itemsize, shape):
        raise WireError(TOO_LARGE_ARRAY)
    return " ".join([name, *map(str, shape)]), dtype


def _exact(value: Any) -> Any:
    """Return exactly a bool, str, float or int for an instance of a subclass."""
    if issubclass(type(value), np.generic):
        # A NumPy scalar is a number like any other; those that Python lacks stay as they are.
        value = value.item()
    for kind in (bool, str, float, int):
        if issubclass(type(value), kind):
            return checked(kind(value))
    raise WireError(f"a value of type {type(value).__name__} is not plain data")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise WireError(f"a dictionary key of type {type(key).__name__} should be text")
    return str(key)
