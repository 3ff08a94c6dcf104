"""The format of the messages between the judge and the student's process: plain data, in frames.

Both directions stand in this file, longer than others, so that they can be read side by side.

A frame is, in this order,

1. the length of the header, 4 bytes, big-endian, at most `MAX_HEADER`;
2. the header: one JSON list of ``[kind, id, body]``, in ASCII;
3. the bytes of the arrays that the body names, in its order and with nothing between them.

The parts of the header are

``kind``
    Text, what the message is. `workbook.grade.sandbox.requests` lists the kinds and their bodies.
``id``
    Integer of at most `MAX_INTEGER_BITS` bits and a sign, the number of the request; a reply
    carries the number of the request that it answers.
``body``
    A tree of the nodes below: at most `MAX_NODES` of them, and at most `MAX_DEPTH` containers
    around each.

A node of the body is

null, true, false
    for None, True, False.
a number
    A float if it is written with a fraction or an exponent (past the largest float: infinite),
    or as ``NaN``, ``Infinity``, ``-Infinity``; otherwise an integer of at most
    `MAX_INTEGER_BITS` bits and a sign.
text
    Any text; a lone surrogate, which no file and no terminal can take, is read as ``?``.
``{"list": [...]}``, ``{"tuple": [...]}``
    The nodes of its items.
``{"dict": {...}}``
    The nodes of its values by their keys, which are text. Their order is kept.
``{"array": "dtype shape"}``
    An array, whose bytes follow the header: no two parts of a message share memory, and no bytes
    cross for nothing.

A dtype is one of ``|b1 |i1 |u1``, and in the machine's byte order, such as ``<f8``, of ``i2 i4 i8
u2 u4 u8 f2 f4 f8 c8 c16``. A shape is at most `MAX_DIMENSIONS` integers from 0 in decimal, each
after one space: ``<f8 3 4``. The entries are in C order; of ``|b1`` every byte but 0 is read as
true. All arrays together have at most `MAX_ARRAYS` bytes, and so would each one if its empty axes
had length 1.

Where JSON repeats a key, the last one counts. Everything else that is not as described is refused
with `WireError`: every field is checked before it is used, nothing is allocated before its bytes
are there, and the work is bounded by the limits. Nothing else can cross: no pickle, no object, no
code.
"""

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from workbook.course.text import without_surrogates

# A header is parsed before its nodes can be counted. What JSON makes of hostile text takes up to 45
# times its size in memory and a quarter of a second per MiB.
MAX_HEADER = 2 * 2**20
MAX_ARRAYS = 256 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIMENSIONS = 8
MAX_INTEGER_BITS = 64

_PREFIX = 4
# With room for ten digits an axis.
_LONGEST_DESCRIPTION = 100

_BOOL = np.dtype("?")
_NATIVE = tuple(
    np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
)
# Names and the other byte order are worked out here, once: NumPy takes its time for both.
_BY_NAME = {dtype.str: dtype for dtype in _NATIVE}
_TO_NATIVE = {
    other: (name, dtype)
    for name, dtype in _BY_NAME.items()
    for other in (dtype, dtype.newbyteorder("S"))
}

_EXACT = frozenset({type(None), bool, str, float, int})

_TOO_DEEP = "the value is nested too deeply or has too many parts"
_NO_TREE = "the body is not a tree"

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_from_json = json.JSONDecoder().decode

_Array = np.ndarray[Any, Any]


class WireError(Exception):
    """A value that cannot cross, or a frame that is not well formed."""


class ClosedError(WireError):
    """The other side has gone."""


class TimedOutError(WireError):
    """The other side has not answered in time."""


class Message(NamedTuple):
    """One message: its kind, the number of its request, and its plain data."""

    kind: str
    id: int
    body: Any = None


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
    return b"".join([len(text).to_bytes(_PREFIX, "big"), text, *encoder.arrays])


class _Counter:
    """Counts the nodes of a body and the bytes of its arrays."""

    def __init__(self) -> None:
        self.bytes = 0
        self.nodes = 1

    def enter(self, container: Any, depth: int) -> None:
        """Count the nodes in a container that lies in so many others."""
        self.nodes += len(container)
        if (depth >= MAX_DEPTH and len(container)) or self.nodes > MAX_NODES:
            raise WireError(_TOO_DEEP)


class _Encoder(_Counter):
    """Makes the tree of a body, and collects its arrays.

    All that crosses goes through here, most of it small: what is asked often is asked first.
    """

    def __init__(self) -> None:
        super().__init__()
        self.arrays: list[memoryview] = []

    def node(self, value: Any, depth: int) -> Any:
        """Return the node of a value that lies in so many containers."""
        kind = type(value)
        if kind is np.ndarray:
            return self._array(value)
        if kind in _EXACT:
            return _checked(value) if kind is int else value
        # Of this very type or one derived from it: `isinstance` would take an object's own word.
        if issubclass(kind, dict):
            self.enter(value, depth)
            return {
                "dict": {
                    (key if type(key) is str else _key(key)): self.node(item, depth + 1)
                    for key, item in value.items()
                }
            }
        if issubclass(kind, tuple | list):
            self.enter(value, depth)
            name = "tuple" if issubclass(kind, tuple) else "list"
            return {name: [self.node(item, depth + 1) for item in value]}
        if issubclass(kind, np.ndarray):
            return self._array(value)
        return _exact(value)

    def _array(self, value: _Array) -> Any:
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
    """Return an array's description, and the dtype in which it crosses."""
    native = _TO_NATIVE.get(dtype)
    if native is None:
        raise WireError(f"an array of {dtype} entries is not plain numbers")
    name, dtype = native
    _check_size(dtype.itemsize, shape)
    return " ".join([name, *map(str, shape)]), dtype


@lru_cache(maxsize=1024)
def _meaning(said: str) -> tuple[np.dtype[Any], tuple[int, ...], int]:
    """Return the dtype, shape and number of bytes of a description."""
    name, *lengths = said.split(" ")
    dtype = _BY_NAME.get(name)
    if dtype is None:
        raise WireError("an array has no known dtype")
    if not all(length.isascii() and length.isdigit() for length in lengths):
        raise WireError("a shape is not made of integers from 0")
    shape = tuple(map(int, lengths))
    _check_size(dtype.itemsize, shape)
    return dtype, shape, dtype.itemsize * math.prod(shape)


def _exact(value: Any) -> Any:
    """Return exactly a bool, str, float or int for an instance of a subclass."""
    if issubclass(type(value), np.generic):
        # A NumPy scalar is a number like any other; those that Python lacks stay as they are.
        value = value.item()
    for kind in (bool, str, float, int):
        if issubclass(type(value), kind):
            return _checked(kind(value))
    raise WireError(f"a value of type {type(value).__name__} is not plain data")


def _checked(value: Any) -> Any:
    """Return a number, text, or None, unless it is too large."""
    if type(value) is int and value.bit_length() > MAX_INTEGER_BITS:
        raise WireError("an integer is too large")
    return value


def _check_size(size: int, shape: tuple[int, ...]) -> None:
    """Raise WireError unless an array with entries of so many bytes may cross."""
    # NumPy sets a limit to the other dimensions of an empty array, too.
    size *= math.prod(length or 1 for length in shape)
    if len(shape) > MAX_DIMENSIONS or size > MAX_ARRAYS:
        raise WireError("an array is too large or has too many dimensions")


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise WireError(f"a dictionary key of type {type(key).__name__} should be text")
    return str(key)


def read_message(take: Callable[[int], bytearray]) -> Message:
    """Read a message from a function that returns the next bytes, in memory of their own.

    Raises
    ------
    WireError
        If these bytes are no frame.
    """
    length = int.from_bytes(take(_PREFIX), "big")
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
    return Message(without_surrogates(kind), _checked(number), _Decoder(take).value(body, 0))


class _Decoder(_Counter):
    """Rebuilds a body from its tree, as exact arrays, numbers and containers."""

    def __init__(self, take: Callable[[int], bytearray]) -> None:
        super().__init__()
        self.take = take

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
            self.enter(content, depth)
            return {
                (key if key.isascii() else without_surrogates(key)): self.value(item, depth + 1)
                for key, item in content.items()
            }
        if type(content) is not list or kind not in ("list", "tuple"):
            raise WireError("the body has an unknown kind of value, or a container is none")
        self.enter(content, depth)
        items = [self.value(item, depth + 1) for item in content]
        return items if kind == "list" else tuple(items)

    def _array(self, said: Any) -> _Array:
        if type(said) is not str or len(said) > _LONGEST_DESCRIPTION:
            raise WireError("an array is not described by a text, or by one that is too long")
        dtype, shape, size = _meaning(said)
        self.bytes += size
        if self.bytes > MAX_ARRAYS:
            raise WireError("the arrays are too large")
        array: _Array = np.ndarray(shape, dtype, self.take(size))
        if dtype is _BOOL:
            # NumPy takes it for granted that these bytes are 0 or 1, and computes nonsense
            # otherwise.
            np.not_equal(array.view(np.uint8), 0, out=array)
        return array

    def _atom(self, value: Any) -> Any:
        if type(value) is str:
            return without_surrogates(value)
        if type(value) in _EXACT:
            return _checked(value)
        raise WireError(_NO_TREE)
