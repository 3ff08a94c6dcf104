"""What must hold of the wire's decoder, whatever bytes it reads."""

import itertools
import struct
from typing import Any

import numpy as np

from tests.fuzz.frames import native
from tests.fuzz.stream import decode, reader
from workbook.course.kinds import LONGEST_KIND, OfKind
from workbook.grade.sandbox import wire
from workbook.grade.sandbox.wire import Message, WireError, encode

DTYPES = {np.dtype(code) for code in "?bhilBHILefdFD"}


SCALARS = (np.float16, np.float32, np.complex64, np.complex128)


def is_same(one: Any, other: Any) -> bool:
    """Tell whether two values are the same to the last bit, of the same types."""
    if type(one) is not type(other):
        return False
    if isinstance(one, np.ndarray):
        alike = (one.dtype, one.shape) == (other.dtype, other.shape)
        return alike and one.tobytes() == other.tobytes()
    if isinstance(one, np.generic):
        return one.tobytes() == other.tobytes()
    if isinstance(one, dict):
        # Their order counts.
        return is_same([*one], [*other]) and is_same([*one.values()], [*other.values()])
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(map(is_same, one, other))
    if isinstance(one, float) and one == one:
        return struct.pack("d", one) == struct.pack("d", other)
    # JSON has one NaN only.
    return one == other or (one != one and other != other)


def check_frame(frame: bytes) -> Message | None:
    """Raise AssertionError unless decoding these bytes does no harm; return the message, if any.

    Any exception but `WireError` comes through.
    """
    try:
        message = decode(frame)
    except WireError:
        return None
    check_plain(message, len(frame))
    again = encode(message)
    assert is_same_message(decode(again), message)
    assert encode(decode(again)) == again
    return message


def check_stream(data: bytes, piece: int) -> None:
    """Raise AssertionError unless a channel reads what `decode` reads, in whatever pieces."""
    channel = reader(data, piece)
    try:
        message = channel.receive(60)
    except WireError:
        message = None
    rest = bytes(channel._buffer[channel._consumed :] + channel._stream.arrived)
    if message is None:
        assert check_frame(data) is None
    else:
        whole = check_frame(data[: len(data) - len(rest)])
        assert whole is not None
        assert is_same_message(whole, message)


def check_bytes(arriving: tuple[bytes, int]) -> None:
    """Raise AssertionError unless these bytes do no harm, as one frame and in pieces of a size."""
    data, piece = arriving
    check_frame(data)
    check_stream(data, piece)


def check_tree(tree: Any) -> None:
    """Raise AssertionError unless plain data come out of a frame as they went in."""
    whole = encode(Message("call", 7, tree))
    # This looks at the arrays, too: whether they can be written, and are apart.
    assert check_frame(whole) is not None
    assert is_same(decode(whole).body, native(tree))


def is_same_message(one: Message, other: Message) -> bool:
    """Tell whether two messages are the same."""
    parts = ((message.kind, message.id, message.body) for message in (one, other))
    return is_same(*parts)


def check_plain(message: Message, size: int) -> None:
    """Raise AssertionError unless a message holds only data, and no more than a frame's size."""
    assert type(message) is Message
    arrays: list[np.ndarray] = []
    nodes, characters = 0, 0
    left = [(message.body, 0)]
    while left:
        value, depth = left.pop()
        nodes += 1
        assert depth <= wire.MAX_DEPTH
        texts = [value]
        if type(value) is np.ndarray:
            arrays.append(value)
        elif type(value) is dict:
            texts = [*value]
            left += [(key, depth + 1) for key in value if type(key) is not str]
            left += [(item, depth + 1) for item in value.values()]
        elif type(value) in (list, tuple):
            left += [(item, depth + 1) for item in value]
        elif type(value) is int:
            assert value.bit_length() <= wire.MAX_INTEGER_BITS
        elif type(value) is OfKind:
            texts = [value.kind]
            assert value.kind.isprintable()
            assert 0 < len(value.kind) <= LONGEST_KIND
        else:
            assert value is None or type(value) in (bool, float, str, *SCALARS)
        characters += sum(len(text.encode()) for text in texts if type(text) is str)
    assert nodes <= wire.MAX_NODES
    # An escape of six characters stands for three bytes at most.
    assert characters <= size
    assert sum(array.nbytes for array in arrays) <= min(size, wire.MAX_ARRAYS)
    check_arrays(arrays)
    assert (type(message.kind), type(message.id)) == (str, int)
    message.kind.encode()
    assert message.id.bit_length() <= wire.MAX_INTEGER_BITS


def check_arrays(arrays: list[np.ndarray]) -> None:
    """Raise AssertionError unless these are arrays like any other, each with memory of its own."""
    for array in arrays:
        assert array.dtype in DTYPES
        assert array.dtype.isnative
        assert array.ndim <= wire.MAX_DIMENSIONS
        # In C order, aligned, and writable.
        assert array.flags.carray
        if array.dtype.kind == "b":
            assert array.view(np.uint8).max(initial=0) <= 1
    spans = sorted((a.ctypes.data, a.ctypes.data + a.nbytes) for a in arrays if a.size)
    assert all(end <= start for (_, end), (start, _) in itertools.pairwise(spans))
