"""The format of the messages between the judge and the student's process: plain data, in frames.

Both directions stand in this file, longer than others, so that they can be read side by side.

What a student's function returns need not be plain data. So `encode` is asked for one of two: to
refuse everything else, or to put a marker in its place that names its kind, such as "a zip". The
marker is read as a `workbook.course.kinds.OfKind`, of which nothing but this text can be asked.

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
``{"pairs": [[key, value], ...]}``
    A dictionary with keys that are not all text: the nodes of its keys, each null, true, false, a
    number, text or a marker, and of its values. Each pair counts as two nodes.
``{"array": "dtype shape"}``
    An array, whose bytes follow the header: no two parts of a message share memory, and no bytes
    cross for nothing.
``{"scalar": "dtype"}``
    A number of less precision than a float, or a complex one, as NumPy's own scalar: ``f2 f4 c8
    c16`` in the machine's byte order, such as ``<f4``. Its bytes follow the header as an array's.
``{"other": "a kind"}``
    A marker: text of at most `LONGEST_KIND` printable characters, and not empty.

A dtype is one of ``|b1 |i1 |u1``, and in the machine's byte order, such as ``<f8``, of ``i2 i4 i8
u2 u4 u8 f2 f4 f8 c8 c16``. A shape is at most `MAX_DIMENSIONS` integers from 0 in decimal, each
after one space: ``<f8 3 4``. The entries are in C order; of ``|b1`` every byte but 0 is read as
true. Numbers of a real type that is not among these (``longdouble``, ``Fraction``, ``Decimal``)
cross as ``<f8`` or as a float. All arrays and scalars together have at most `MAX_ARRAYS` bytes, and
so would each one if its empty axes had length 1.

Where JSON repeats a key, or pairs do, the last one counts. Everything else that is not as described
is refused with `WireError`: every field is checked before it is used, nothing is allocated before
its bytes are there, and the work is bounded by the limits. Nothing else can cross: no pickle, no
object, no code.
"""

import json
import math
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from workbook.course.kinds import (
    LONGEST_KIND,
    MOST_BITS,
    TOO_LARGE,
    OfKind,
    kind,
    plain_number,
)
from workbook.course.text import without_surrogates

# A header is parsed before its nodes can be counted. What JSON makes of hostile text takes up to 45
# times its size in memory and a quarter of a second per MiB.
MAX_HEADER = 2 * 2**20
# A hundred times what any right answer of the course holds; a part of one is copied some times.
MAX_ARRAYS = 32 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIMENSIONS = 8
MAX_INTEGER_BITS = MOST_BITS
# A longer text than this is not handed over where a marker can stand for it.
MAX_TEXT = 100_000

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

for _wide, _plain in ((np.longdouble, np.dtype(float)), (np.clongdouble, np.dtype(complex))):
    # Where a longdouble has no more digits than a float, it is one.
    _TO_NATIVE.setdefault(np.dtype(_wide), (_plain.str, _plain))

_SCALARS = frozenset(np.dtype(code) for code in ("f2", "f4", "c8", "c16"))
_SCALAR_TYPES = {dtype.type for dtype in _SCALARS} | {np.longdouble, np.clongdouble}
_EXACT = frozenset({type(None), bool, str, float, int})

_SIZED = frozenset({str, int})
# The types that others are derived from, and what makes an exact one of such a value.
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (float, float.__float__),
    (int, int.__int__),
)

_KEYS = _EXACT | {OfKind}

_TOO_DEEP = "the value is nested too deeply or has too many parts"
_NO_TREE = "the body is not a tree"

_to_json = json.JSONEncoder(separators=(",", ":"), check_circular=False).encode
_from_json = json.JSONDecoder().decode

_Array = np.ndarray[Any, Any]


class WireError(Exception):
    """A value that cannot cross, or a frame that is not well formed."""


class _NotPlainError(WireError):
    """A value that cannot cross because of its kind."""


class ClosedError(WireError):
    """The other side has gone."""


class TimedOutError(WireError):
    """The other side has not answered in time."""


class Message(NamedTuple):
    """One message: its kind, the number of its request, and its plain data."""

    kind: str
    id: int
    body: Any = None


def encode(message: Message, markers: bool = False) -> bytes:
    """Return the frame of a message.

    Parameters
    ----------
    message : Message
        The message.
    markers : bool, optional
        Whether a marker of its kind stands for each part that cannot cross.

    Raises
    ------
    WireError
        If the body holds anything but plain data and no markers are asked for, or too much of it.
    """
    encoder = _Encoder(markers)
    text = _to_json([message.kind, message.id, encoder.node(message.body, 0)]).encode("ascii")
    if len(text) > MAX_HEADER or encoder.bytes > MAX_ARRAYS:
        raise WireError("the value is too large")
    return b"".join([len(text).to_bytes(_PREFIX, "big"), text, *encoder.arrays])


class _Counter:
    """Counts the nodes of a body and the bytes of its arrays."""

    def __init__(self) -> None:
        self.bytes = 0
        self.nodes = 1

    def enter(self, length: int, depth: int) -> None:
        """Count so many nodes in a container that lies in so many others."""
        if (depth >= MAX_DEPTH and length) or self.nodes + length > MAX_NODES:
            raise WireError(_TOO_DEEP)
        self.nodes += length


class _Encoder(_Counter):
    """Makes the tree of a body, and collects its arrays.

    All that crosses goes through here, most of it small: what is asked often is asked first. No
    method of a student's class is called: what it raises would end the whole reply.
    """

    def __init__(self, markers: bool) -> None:
        super().__init__()
        self.markers = markers
        self.arrays: list[Any] = []

    def node(self, value: Any, depth: int) -> Any:
        """Return the node of a value that lies in so many containers."""
        of = type(value)
        try:
            if of is np.ndarray:
                return self._array(value)
            if of in _EXACT:
                return self._checked(value) if of in _SIZED else value
            if of is tuple:
                self.enter(len(value), depth)
                return {"tuple": [self.node(item, depth + 1) for item in value]}
            if of is dict:
                return self._dict(value, depth)
            if of is list:
                self.enter(len(value), depth)
                return {"list": [self.node(item, depth + 1) for item in value]}
            return self._derived(value, depth)
        except WireError as error:
            if not self.markers:
                raise
            if type(error) is _NotPlainError:
                return {"other": kind(value)}
            return {"other": f"{_of_size(value)}{TOO_LARGE}"}

    def _dict(self, value: dict[Any, Any], depth: int) -> Any:
        for key in value:
            if type(key) is not str:
                return self._pairs(value, depth)
        self.enter(len(value), depth)
        return {"dict": {key: self.node(item, depth + 1) for key, item in value.items()}}

    def _derived(self, value: Any, depth: int) -> Any:
        """Return the node of a value that is of no exact type, maybe of one derived from it."""
        # `isinstance` would take an object's own word.
        of = type(value)
        if issubclass(of, dict):
            # Keys are not hashed again, which would call a method of theirs.
            return self._pairs(value, depth)
        if issubclass(of, tuple):
            return self.node(tuple(tuple.__iter__(value)), depth)
        if issubclass(of, list):
            return self.node(list(list.__iter__(value)), depth)
        return self._number(value)

    def _pairs(self, value: dict[Any, Any], depth: int) -> Any:
        self.enter(2 * dict.__len__(value), depth)
        pairs = []
        for key, item in dict.items(value):
            pairs.append([self._key(key), self.node(item, depth + 1)])
        return {"pairs": pairs}

    def _key(self, key: Any) -> Any:
        exact = _exact(key)
        if key is None or (exact is not None and type(self.node(exact, 0)) is not dict):
            return exact
        if self.markers or type(key) is OfKind:
            return {"other": kind(key)}
        raise WireError(f"{kind(key)} cannot be the key of a dictionary here")

    def _array(self, value: _Array) -> Any:
        said, dtype = _description(value.dtype, value.shape)
        if not (value.dtype is dtype and value.flags.c_contiguous):
            value = value.astype(dtype, order="C", copy=False)
        size = value.nbytes
        if self.bytes + size > MAX_ARRAYS:
            raise WireError("the arrays are too large")
        self.arrays.append(value.data)
        self.bytes += size
        return {"array": said}

    def _number(self, value: Any) -> Any:
        """Return the node of what is neither a container nor of an exact type."""
        of = type(value)
        if of is OfKind:
            return {"other": value.kind}
        if issubclass(of, np.ndarray) and not self.markers:
            return self._array(np.asarray(value))
        if of is complex:
            of, value = np.complex128, np.complex128(value)
        if of in _SCALAR_TYPES:
            return self._scalar(value)
        if (exact := _exact(value)) is not None:
            return self._checked(exact)
        if type(number := plain_number(value)) is float:
            return number
        raise _NotPlainError(f"{kind(value)} is not plain data")

    def _scalar(self, value: Any) -> Any:
        dtype = _TO_NATIVE[value.dtype][1]
        if dtype not in _SCALARS:
            return float(value)
        self.arrays.append(np.asarray(value, dtype).tobytes())
        self.bytes += dtype.itemsize
        return {"scalar": dtype.str}

    def _checked(self, value: Any) -> Any:
        """Return a number or text, unless it is too large."""
        if type(value) is str:
            if self.markers and len(value) > MAX_TEXT:
                raise WireError("the text is too long")
        elif type(value) is int and value.bit_length() > MAX_INTEGER_BITS:
            raise _NotPlainError("an integer is too large")
        return value


def _of_size(value: Any) -> str:
    """Return the kind of a value that is too large, of an array with its shape."""
    said = f"an array of shape {value.shape}" if type(value) is np.ndarray else ""
    return said if said and len(said) + len(TOO_LARGE) <= LONGEST_KIND else kind(value)


def _exact(value: Any) -> Any:
    """Return exactly a bool, str, float or int for an instance of a subclass, else None."""
    if issubclass(type(value), np.generic):
        # A NumPy scalar is a number like any other; those that Python lacks are not plain.
        value = np.generic.item(value)
    if type(value) is bool:
        return value
    for base, exact in _BASES:
        if issubclass(type(value), base):
            return exact(value)
    return None


# The same few shapes cross over and over.
@lru_cache(maxsize=1024)
def _description(dtype: np.dtype[Any], shape: tuple[int, ...]) -> tuple[str, np.dtype[Any]]:
    """Return an array's description, and the dtype in which it crosses."""
    native = _TO_NATIVE.get(dtype)
    if native is None:
        raise _NotPlainError(f"an array of {dtype} entries is not plain numbers")
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
            self.enter(len(content), depth)
            return {
                (key if key.isascii() else without_surrogates(key)): self.value(item, depth + 1)
                for key, item in content.items()
            }
        if kind == "other":
            return _marker(content)
        if kind == "scalar":
            return self._scalar(content)
        if type(content) is not list or kind not in ("list", "tuple", "pairs"):
            raise WireError("the body has an unknown kind of value, or a container is none")
        if kind == "pairs":
            return self._pairs(content, depth)
        self.enter(len(content), depth)
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

    def _scalar(self, said: Any) -> Any:
        dtype = _BY_NAME.get(said) if type(said) is str else None
        if dtype not in _SCALARS:
            raise WireError("a scalar has no known dtype")
        return self._array(said)[()]

    def _pairs(self, content: list[Any], depth: int) -> dict[Any, Any]:
        self.enter(2 * len(content), depth)
        found = {}
        for pair in content:
            if type(pair) is not list or len(pair) != 2:
                raise WireError("a pair is not a key and a value")
            key = self.value(pair[0], depth + 1)
            if type(key) not in _KEYS:
                raise WireError("a key is neither a number nor text")
            found[key] = self.value(pair[1], depth + 1)
        return found

    def _atom(self, value: Any) -> Any:
        if type(value) is str:
            return without_surrogates(value)
        if type(value) in _EXACT:
            return _checked(value)
        raise WireError(_NO_TREE)


def _marker(said: Any) -> OfKind:
    if type(said) is not str or not 0 < len(said) <= LONGEST_KIND or not said.isprintable():
        raise WireError("a marker is not a short text")
    return OfKind(said)
