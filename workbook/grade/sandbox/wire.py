"""The format of the messages between the judge and the student's process: plain data, in frames.

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

from typing import Any, NamedTuple

import numpy as np

# A header is parsed before its nodes can be counted. What JSON makes of hostile text takes up to 45
# times its size in memory and a quarter of a second per MiB.
MAX_HEADER = 2 * 2**20
MAX_ARRAYS = 256 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIMENSIONS = 8
MAX_INTEGER_BITS = 64

#: Length of a frame's first field, in bytes.
PREFIX = 4

NATIVE_DTYPES = tuple(
    np.dtype(code)
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
)

#: Types whose values are nodes by themselves.
ATOMS = frozenset({type(None), bool, str, float, int})

TOO_DEEP = "the value is nested too deeply or has too many parts"
TOO_LARGE_ARRAY = "an array is too large or has too many dimensions"

Array = np.ndarray[Any, Any]


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


def checked(value: Any) -> Any:
    """Return a number, text, or None, unless it is too large."""
    if type(value) is int and value.bit_length() > MAX_INTEGER_BITS:
        raise WireError("an integer is too large")
    return value


def fits(size: int, shape: tuple[int, ...]) -> bool:
    """Tell whether an array with entries of so many bytes may cross."""
    if len(shape) > MAX_DIMENSIONS:
        return False
    for length in shape:
        # NumPy sets a limit to the other dimensions of an empty array, too.
        size *= length or 1
    return size <= MAX_ARRAYS
