"""The format of the messages between the judge and the student's process: plain data, in frames.

Both directions stand in this file, longer than others, so that they can be read side by side.

What a student's function returns need not be plain data. So `encode` is asked for one of two: to
refuse everything else, or to put a marker in its place that names its kind, such as "a zip". The
marker is read as a `workbook.course.kinds.OfKind`, of which nothing but this text can be asked.

A frame is, in this order,

1. the length of the header, 4 bytes, big-endian, at most `MAX_HEADER`;
2. the header, in ASCII: a line of what arrays there are, and after it one JSON list of
   ``[kind, id, body]``;
3. the bytes of the arrays, in the order of that line and with nothing between them.

The parts of the header are

``arrays``
    Dtype and shape of each, and commas between them: ``<f8 3 4,<f8 3 1``. At most `MAX_NODES`.
``kind``
    Text, what the message is. `workbook.grade.sandbox.requests` lists the kinds and their bodies.
``id``
    Integer of at most `MAX_INTEGER_BITS` bits and a sign, the number of the request; a reply
    carries the number of the request that it answers.
``body``
    A tree of the nodes below: at most `MAX_NODES` of them, keys and values of dictionaries among
    them, and at most `MAX_DEPTH` containers around each.

A node of the body is

null, true, false
    for None, True, False.
a number
    A float if it is written with a fraction or an exponent (past the largest float: infinite),
    or as ``Infinity``, ``-Infinity``; otherwise an integer of at most `MAX_INTEGER_BITS` bits and a
    sign.
``{"float": "NaN"}``
    The float that is none.
text
    Any text; a lone surrogate, which no file and no terminal can take, is read as ``?``.
``[...]``, ``{"tuple": [...]}``
    A list, and a tuple: the nodes of its items.
``{"dict": [key, value, ...]}``
    A dictionary: the nodes of its keys, each null, true, false, a number, text or a marker, and
    each followed by that of its value. Their order is kept.
``NaN``
    The next of the arrays, each of which stands for one node: no two parts of a message share
    memory, and no bytes cross for nothing.
``{"scalar": NaN}``
    A number of less precision than a float, or a complex one, as NumPy's own scalar: the entry of
    the next array, which has no axes and a dtype of ``f2 f4 c8 c16``.
``{"other": "a kind"}``
    A marker: text of at most `LONGEST_KIND` printable characters, and not empty.

A dtype is one of ``|b1 |i1 |u1``, and in the machine's byte order, such as ``<f8``, of ``i2 i4 i8
u2 u4 u8 f2 f4 f8 c8 c16``. A shape is at most `MAX_DIMENSIONS` integers from 0 in decimal, each
after one space: ``<f8 3 4``. The entries are in C order; of ``|b1`` every byte but 0 is read as
true. Numbers of a real type that is not among these (``longdouble``, ``Fraction``, ``Decimal``)
cross as ``<f8`` or as a float. All arrays together have at most `MAX_ARRAYS` bytes, and
so would each one if its empty axes had length 1.

Where a dictionary repeats a key, the last one counts. Everything else that is not as described
is refused with `WireError`: every field is checked before it is used, nothing is allocated before
its bytes are there, and the work is bounded by the limits. Nothing else can cross: no pickle, no
object, no code.

Judge and student spend a third of their time here. So the standard library's parser, in C, builds
what it can, with ``NaN``, which it takes for a constant, as the arrays' place; and only a header
that may break a limit is looked through once more. Most headers differ from an earlier one in
nothing but the id and the line of arrays: what was parsed then is kept, with places in it, and only
filled with the arrays.
"""

import json
import math
import re
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

# A header is parsed before its nodes can be counted. What JSON makes of hostile text takes up to 50
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
# Longer lines of arrays, and headers, than this are read anew each time.
_LONGEST_REMEMBERED = 1000
_MOST_REMEMBERED = 256
# An id with more digits is read with the rest of the header.
_WITH_ID = re.compile(rb'(\["[a-z]+",)([1-9][0-9]{0,18})(?=,)')
# As many bytes of arrays are read together.
_READ_AT_ONCE = 2**20
_PLACE = "NaN"
_NOT_A_NUMBER = '{"float":"NaN"}'

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
_KEYS = frozenset({type(None), bool, str, float, int, OfKind})

# The types that others are derived from, and what makes an exact one of such a value.
_BASES: tuple[tuple[type, Callable[[Any], Any]], ...] = (
    (str, str.__str__),
    (float, float.__float__),
    (int, int.__int__),
)

# How JSON writes what Python writes otherwise.
_CONSTANTS = {"None": "null", "True": "true", "False": "false"}
_CONSTANTS |= {"nan": _NOT_A_NUMBER, "inf": "Infinity", "-inf": "-Infinity"}

# What an integer of `MAX_INTEGER_BITS` has at most, with its sign.
_MOST_DIGITS = len(str(-(2**MAX_INTEGER_BITS)))

_TOO_DEEP = "the value is nested too deeply or has too many parts"

_quoted = json.encoder.encode_basestring_ascii

_Array = np.ndarray[Any, Any]
# Shape, dtype, start and end of an array.
_Part = tuple[tuple[int, ...], np.dtype[Any], int, int]


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
    body = encoder.node(message.body, 0)
    said = ",".join(encoder.described)
    text = f"{said}\n[{_quoted(message.kind)},{message.id},{body}]".encode("ascii")
    if len(text) > MAX_HEADER or encoder.bytes > MAX_ARRAYS:
        raise WireError("the value is too large")
    return b"".join([len(text).to_bytes(_PREFIX, "big"), text, *encoder.arrays])


class _Counter:
    """Counts the nodes of a body and the bytes of its arrays."""

    def __init__(self) -> None:
        self.bytes = 0
        self.nodes = 1

    def enter(self, length: int, depth: int) -> None:
        """Count this many nodes in a container at this depth."""
        if (depth >= MAX_DEPTH and length) or self.nodes + length > MAX_NODES:
            raise WireError(_TOO_DEEP)
        self.nodes += length


class _Encoder(_Counter):
    """Writes the tree of a body as JSON, and collects its arrays.

    All that crosses goes through here, most of it small: what is asked often is asked first. No
    method of a student's class is called: what it raises would end the whole reply.
    """

    def __init__(self, markers: bool) -> None:
        super().__init__()
        self.markers = markers
        self.described: list[str] = []
        self.arrays: list[bytes] = []

    def node(self, value: Any, depth: int) -> str:
        """Return the node of a value at this depth."""
        of = type(value)
        try:
            if of is np.ndarray:
                return self._array(value)
            if of is str:
                return self._text(value)
            if of is tuple:
                self.enter(len(value), depth)
                items = ",".join([self.node(item, depth + 1) for item in value])
                return f'{{"tuple":[{items}]}}'
            if of is dict:
                return self._dict(value, depth)
            if of is list:
                self.enter(len(value), depth)
                return f"[{','.join([self.node(item, depth + 1) for item in value])}]"
            if of is int:
                return _integer(value)
            if of is float or value is None or of is bool:
                said = repr(value)
                return _CONSTANTS.get(said, said)
            return self._derived(value, depth)
        except WireError as error:
            if not self.markers:
                raise
            if type(error) is _NotPlainError:
                return _marked(kind(value))
            return _marked(f"{_of_size(value)}{TOO_LARGE}")

    def _dict(self, value: dict[Any, Any], depth: int) -> str:
        self.enter(2 * dict.__len__(value), depth)
        parts = []
        for key, item in dict.items(value):
            parts.append(_quoted(key) if type(key) is str else self._key(key))
            parts.append(self.node(item, depth + 1))
        return f'{{"dict":[{",".join(parts)}]}}'

    def _derived(self, value: Any, depth: int) -> str:
        """Return the node of a value that is of no exact type, maybe of one derived from it."""
        # `isinstance` would take an object's own word.
        of = type(value)
        if issubclass(of, dict):
            # Keys are not hashed again, which would call a method of theirs.
            return self._dict(value, depth)
        if issubclass(of, tuple):
            return self.node(tuple(tuple.__iter__(value)), depth)
        if issubclass(of, list):
            return self.node(list(list.__iter__(value)), depth)
        return self._number(value)

    def _key(self, key: Any) -> str:
        exact = _exact(key)
        if key is None or exact is not None:
            said = self.node(exact, 0)
            if said[0] != "{" or said == _NOT_A_NUMBER:
                return said
        if self.markers or type(key) is OfKind:
            return _marked(kind(key))
        raise WireError(f"{kind(key)} cannot be the key of a dictionary here")

    def _array(self, value: _Array) -> str:
        said, dtype, size = _description(value.dtype, value.shape)
        if self.bytes + size > MAX_ARRAYS:
            raise WireError("the arrays are too large")
        if value.dtype is not dtype:
            value = value.astype(dtype)
        self.described.append(said)
        self.arrays.append(value.tobytes())
        self.bytes += size
        return _PLACE

    def _number(self, value: Any) -> str:
        """Return the node of what is neither a container nor of an exact type."""
        of = type(value)
        if of is OfKind:
            return _marked(value.kind)
        if issubclass(of, np.ndarray) and not self.markers:
            return self._array(np.asarray(value))
        if of is complex:
            of, value = np.complex128, np.complex128(value)
        if of in _SCALAR_TYPES:
            return self._scalar(value)
        if (exact := _exact(value)) is not None:
            return self.node(exact, 0)
        if type(number := plain_number(value)) is float:
            return self.node(number, 0)
        raise _NotPlainError(f"{kind(value)} is not plain data")

    def _scalar(self, value: Any) -> str:
        dtype = _TO_NATIVE[value.dtype][1]
        if dtype not in _SCALARS:
            return self.node(float(value), 0)
        return f'{{"scalar":{self._array(np.asarray(value, dtype))}}}'

    def _text(self, value: str) -> str:
        if self.markers and len(value) > MAX_TEXT:
            raise WireError("the text is too long")
        return _quoted(value)


def _integer(value: int) -> str:
    if value.bit_length() > MAX_INTEGER_BITS:
        raise _NotPlainError("an integer is too large")
    return repr(value)


def _marked(said: str) -> str:
    """Return the node of a marker."""
    return f'{{"other":{_quoted(said)}}}'


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
def _description(dtype: np.dtype[Any], shape: tuple[int, ...]) -> tuple[str, np.dtype[Any], int]:
    """Return an array's description, the dtype in which it crosses, and its number of bytes."""
    native = _TO_NATIVE.get(dtype)
    if native is None:
        raise _NotPlainError(f"an array of {dtype} entries is not plain numbers")
    name, dtype = native
    _check_size(dtype.itemsize, shape)
    return " ".join([name, *map(str, shape)]), dtype, dtype.itemsize * math.prod(shape)


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


def _check_size(size: int, shape: tuple[int, ...]) -> None:
    """Raise WireError unless an array with entries of so many bytes may cross."""
    # NumPy sets a limit to the other dimensions of an empty array, too.
    size *= math.prod(length or 1 for length in shape)
    if len(shape) > MAX_DIMENSIONS or size > MAX_ARRAYS:
        raise WireError("an array is too large or has too many dimensions")


@lru_cache(maxsize=256)
def _layout(line: bytes) -> tuple[list[_Part], int]:
    """Return shape, dtype, start and end of each array of a header, and how long all are."""
    if line.count(b",") >= MAX_NODES:
        raise WireError(_TOO_DEEP)
    parts, end = list[_Part](), 0
    for said in str(line, "ascii").split(",") if line else ():
        if len(said) > _LONGEST_DESCRIPTION:
            raise WireError("the description of an array is too long")
        dtype, shape, size = _meaning(said)
        parts.append((shape, dtype, end, end + size))
        end += size
        if end > MAX_ARRAYS:
            raise WireError("the arrays are too large")
    return parts, end


class _Place(NamedTuple):
    """Stands for an array in a body that was parsed."""

    at: int
    is_scalar: bool = False


class _Parsed(NamedTuple):
    """What a header says, with places in its body, and how many there are."""

    kind: str
    id: int
    body: Any
    places: int


# By the header, without the line of arrays and with 0 as its id.
_REMEMBERED: dict[bytes, _Parsed] = {}


class MessageReader:
    """Reads messages: rebuilds their bodies, as exact arrays, numbers and containers.

    Parameters
    ----------
    take : callable
        Returns so many of the next bytes, in memory of their own.
    """

    def __init__(self, take: Callable[[int], bytearray]) -> None:
        self._take = take
        # Of the header that is being parsed.
        self._places = 0
        self._parse = json.JSONDecoder(
            # Called for each object after those inside of it.
            object_pairs_hook=_node,
            parse_constant=self._constant,
            parse_int=_read_integer,
        ).raw_decode

    def read(self) -> Message:
        """Read a message.

        Raises
        ------
        WireError
            If these bytes are no frame.
        """
        length = int.from_bytes(self._take(_PREFIX), "big")
        if length > MAX_HEADER:
            raise WireError("the header is too long")
        line, _, text = bytes(self._take(length)).partition(b"\n")
        number, text = _id_apart(text)
        try:
            arrays = self._read_arrays(line)
            parsed = _REMEMBERED.get(text) or self._parsed(text)
        except (ValueError, RecursionError) as error:
            raise WireError("the header is not JSON") from error
        if parsed.places != len(arrays):
            raise WireError("an array has no place, or a place has no array")
        return Message(parsed.kind, number or parsed.id, _filled(parsed.body, arrays))

    def _parsed(self, text: bytes) -> _Parsed:
        """Parse a header, and remember what it says."""
        self._places = 0
        header, end = self._parse(str(text, "ascii"))
        if type(header) is not list or len(header) != 3 or end != len(text):
            raise WireError("the header is not a list of kind, id and body")
        kind, number, body = header
        if type(kind) is not str or type(number) is not int:
            raise WireError("kind is not text, or id is not a number")
        if _may_break_a_limit(text):
            looking = _Limits()
            kind, number, body = (looking.value(part, 0) for part in header)
        parsed = _Parsed(kind, number, body, self._places)
        if len(text) <= _LONGEST_REMEMBERED:
            if len(_REMEMBERED) >= _MOST_REMEMBERED:
                _REMEMBERED.clear()
            _REMEMBERED[text] = parsed
        return parsed

    def _read_arrays(self, line: bytes) -> list[_Array]:
        read = _layout if len(line) <= _LONGEST_REMEMBERED else _layout.__wrapped__
        layout, size = read(line)
        # Each array has memory of its own. Small ones are read at once, which is quicker, and
        # copied; of large ones, this would need twice the memory.
        data = self._take(size) if size <= _READ_AT_ONCE else None
        arrays: list[_Array] = [
            np.ndarray(shape, dtype, self._take(end - start) if data is None else data[start:end])
            for shape, dtype, start, end in layout
        ]
        if b"|" in line:
            # Of some, an entry is one byte.
            for array in arrays:
                if array.dtype is _BOOL:
                    # NumPy takes it for granted that these bytes are 0 or 1, and computes nonsense
                    # otherwise.
                    np.not_equal(array.view(np.uint8), 0, out=array)
        return arrays

    def _constant(self, said: str) -> Any:
        if said != _PLACE:
            return float(said)
        self._places += 1
        return _Place(self._places - 1)


def _id_apart(text: bytes) -> tuple[int, bytes]:
    """Return the id of a header, and the header with 0 for it; 0 and the header, if it is long."""
    if found := _WITH_ID.match(text):
        return int(found[2]), b"%b0%b" % (found[1], text[found.end(2) :])
    return 0, text


def _filled(node: Any, arrays: list[_Array]) -> Any:
    """Return a body that was parsed, with the arrays in their places and containers of its own."""
    of = type(node)
    if of is _Place:
        array = arrays[node.at]
        if not node.is_scalar:
            return array
        if array.dtype in _SCALARS and array.shape == ():
            return array[()]
        raise WireError("a scalar has another dtype, or a shape")
    if of is tuple or of is list:
        return of([_filled(part, arrays) for part in node])
    if of is dict:
        return {key: _filled(part, arrays) for key, part in node.items()}
    return node


def _node(pairs: list[tuple[str, Any]]) -> Any:
    """Return the value of a node that is an object of JSON."""
    if len(pairs) != 1:
        raise WireError("the body is not a tree")
    kind, content = pairs[0]
    if type(content) is list:
        if kind == "tuple":
            return tuple(content)
        if kind == "dict":
            return _dictionary(content)
    if kind == "other":
        return _marker(content)
    if kind == "float" and type(content) is str and content == _PLACE:
        return math.nan
    if kind == "scalar" and type(content) is _Place:
        return _Place(content.at, is_scalar=True)
    raise WireError("the body has an unknown kind of value, or a container is none")


def _dictionary(content: list[Any]) -> dict[Any, Any]:
    keys = content[::2]
    if len(content) % 2 or not _KEYS.issuperset(map(type, keys)):
        raise WireError("a key of a dictionary has no value, or is neither a number nor text")
    return dict(zip(keys, content[1::2], strict=True))


def _read_integer(text: str) -> int:
    if len(text) > _MOST_DIGITS:
        raise WireError("an integer is too large")
    value = int(text)
    if value.bit_length() > MAX_INTEGER_BITS:
        raise WireError("an integer is too large")
    return value


def _may_break_a_limit(header: bytes) -> bool:
    """Tell whether a header may be too long or too deep, or may have text to repair."""
    return len(header) > MAX_NODES or header.count(b"[") > MAX_DEPTH or b"\\" in header


class _Limits(_Counter):
    """Checks parsed data against the limits, and finds text that has to be repaired."""

    def value(self, value: Any, depth: int) -> Any:
        """Return a value at this depth, with its texts repaired."""
        of = type(value)
        if of is list or of is tuple:
            self.enter(len(value), depth)
            return of([self.value(item, depth + 1) for item in value])
        if of is dict:
            self.enter(2 * len(value), depth)
            return {
                self.value(key, depth + 1): self.value(item, depth + 1)
                for key, item in value.items()
            }
        return without_surrogates(value) if of is str else value


def _marker(said: Any) -> OfKind:
    if type(said) is not str or not 0 < len(said) <= LONGEST_KIND or not said.isprintable():
        raise WireError("a marker is not a short text")
    return OfKind(said)
