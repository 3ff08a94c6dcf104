"""What the judge and the student's process say to each other: plain data, in frames.

A frame is a 4-byte length (big-endian), a JSON header of that length, and the bytes of the arrays
that the header lists. The header is an object with the keys

``kind``
    text, what the message is;
``id``
    number of the request; a reply carries the number of the request that it answers;
``body``
    a tree: null, true, false, numbers and text stand for themselves, ``{"list": [...]}``,
    ``{"tuple": [...]}`` and ``{"dict": [[key, value], ...]}`` for the containers, and
    ``{"array": i}`` for the i-th array;
``arrays``
    a list of ``[dtype, shape]``; the bytes of the arrays follow in this order.

Nothing else can cross: no pickle, no object, no code. Every field is checked before it is used.
"""

import json
import math
import socket
import time
from dataclasses import dataclass
from typing import Any

import numpy as np

MAX_HEADER = 16 * 2**20
MAX_ARRAYS = 256 * 2**20
MAX_DEPTH = 32
MAX_NODES = 200_000
MAX_DIMENSIONS = 8
MAX_INTEGER_BITS = 64

_PREFIX = 4
_DTYPES = {
    np.dtype(code).str
    for code in ("?", "i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8", "c8", "c16")
}


class WireError(Exception):
    """A value that cannot cross, or a frame that is not well formed."""


class ClosedError(WireError):
    """The other side has gone."""


class TimedOutError(WireError):
    """The other side has not answered in time."""


@dataclass(frozen=True)
class Message:
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
    arrays: list[np.ndarray[Any, Any]] = []
    body = _Encoder(arrays).tree(message.body, 0)
    specs = [[array.dtype.str, list(array.shape)] for array in arrays]
    header = {"kind": message.kind, "id": message.id, "body": body, "arrays": specs}
    text = json.dumps(header, separators=(",", ":")).encode()
    if len(text) > MAX_HEADER or sum(array.nbytes for array in arrays) > MAX_ARRAYS:
        raise WireError("the value is too large")
    return b"".join([len(text).to_bytes(_PREFIX, "big"), text, *(a.tobytes() for a in arrays)])


class _Encoder:
    def __init__(self, arrays: list[np.ndarray[Any, Any]]) -> None:
        self.arrays = arrays
        self.nodes = 0

    def tree(self, value: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise WireError("the value is nested too deeply or has too many parts")
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, np.generic) and not isinstance(value.item(), np.generic):
            # A NumPy scalar is a number like any other; those that Python lacks stay as they are.
            return self.tree(value.item(), depth)
        if value is None or isinstance(value, bool | str | float | int):
            return _scalar(value)
        if isinstance(value, list | tuple):
            name = "list" if isinstance(value, list) else "tuple"
            return {name: [self.tree(item, depth + 1) for item in value]}
        if isinstance(value, dict):
            return {"dict": [[_key(k), self.tree(v, depth + 1)] for k, v in value.items()]}
        raise WireError(f"a value of type {type(value).__name__} is not plain data")

    def _array(self, value: np.ndarray[Any, Any]) -> Any:
        array = np.asarray(value)
        if array.dtype.newbyteorder("=").str not in _DTYPES:
            raise WireError(f"an array of {array.dtype} entries is not plain numbers")
        if not _fits(array.dtype, array.shape):
            raise WireError("an array is too large or has too many dimensions")
        self.arrays.append(array.astype(array.dtype.newbyteorder("="), order="C", copy=False))
        return {"array": len(self.arrays) - 1}


def _scalar(value: Any) -> Any:
    """Return exactly a bool, str, float or int, also from an instance of a subclass."""
    for kind in (bool, str, float, int):
        if isinstance(value, kind):
            value = kind(value)
            break
    _check_integer(value)
    return value


def _check_integer(value: Any) -> None:
    if type(value) is int and value.bit_length() > MAX_INTEGER_BITS:
        raise WireError("an integer is too large")


def _fits(dtype: np.dtype[Any], shape: tuple[int, ...]) -> bool:
    """Tell whether an array may cross."""
    if len(shape) > MAX_DIMENSIONS:
        return False
    # NumPy sets a limit to the other dimensions of an empty array, too.
    return dtype.itemsize * math.prod(max(n, 1) for n in shape) <= MAX_ARRAYS


def _key(key: Any) -> str:
    if not isinstance(key, str):
        raise WireError(f"a dictionary key of type {type(key).__name__} should be text")
    return str(key)


def decode_header(text: bytes) -> tuple[Message, list[tuple[np.dtype[Any], tuple[int, ...]]]]:
    """Read a frame's header: a message whose arrays are still missing, and their specifications.

    Raises
    ------
    WireError
        If any field is not as the format says.
    """
    try:
        header = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise WireError("the header is not JSON") from error
    if not isinstance(header, dict) or set(header) != {"kind", "id", "body", "arrays"}:
        raise WireError("the header has other keys than kind, id, body and arrays")
    if not isinstance(header["kind"], str) or type(header["id"]) is not int:
        raise WireError("kind is not text, or id is not a number")
    if not isinstance(header["arrays"], list) or len(header["arrays"]) > MAX_NODES:
        raise WireError("arrays is not a list, or is too long")
    specs = [_array_spec(spec) for spec in header["arrays"]]
    if sum(dtype.itemsize * math.prod(shape) for dtype, shape in specs) > MAX_ARRAYS:
        raise WireError("the arrays are too large")
    return Message(header["kind"], header["id"], header["body"]), specs


def _array_spec(spec: Any) -> tuple[np.dtype[Any], tuple[int, ...]]:
    if not isinstance(spec, list) or len(spec) != 2:
        raise WireError("an array is not a pair of dtype and shape")
    name, shape = spec
    if not isinstance(name, str) or name not in _DTYPES:
        raise WireError("an array has no known dtype")
    if not isinstance(shape, list) or not all(type(n) is int and n >= 0 for n in shape):
        raise WireError("an array has no shape")
    dtype = np.dtype(name)
    if not _fits(dtype, tuple(shape)):
        raise WireError("an array is too large or has too many dimensions")
    return dtype, tuple(shape)


def decode_body(tree: Any, arrays: list[np.ndarray[Any, Any]]) -> Any:
    """Rebuild a body from its tree and arrays, as exact arrays, numbers and containers."""
    return _Decoder(arrays).value(tree, 0)


class _Decoder:
    def __init__(self, arrays: list[np.ndarray[Any, Any]]) -> None:
        self.arrays = arrays
        self.nodes = 0

    def value(self, tree: Any, depth: int) -> Any:
        self.nodes += 1
        if depth > MAX_DEPTH or self.nodes > MAX_NODES:
            raise WireError("the body is nested too deeply or has too many parts")
        if isinstance(tree, str):
            return _text(tree)
        if tree is None or isinstance(tree, bool | int | float):
            _check_integer(tree)
            return tree
        if not isinstance(tree, dict) or len(tree) != 1:
            raise WireError("the body is not a tree")
        ((kind, content),) = tree.items()
        if kind == "array":
            return self._array(content)
        if not isinstance(content, list):
            raise WireError("a container has no list")
        if kind == "list":
            return [self.value(item, depth + 1) for item in content]
        if kind == "tuple":
            return tuple(self.value(item, depth + 1) for item in content)
        if kind == "dict":
            return {_pair_key(pair): self.value(pair[1], depth + 1) for pair in content}
        raise WireError("the body has an unknown kind of value")

    def _array(self, index: Any) -> np.ndarray[Any, Any]:
        if type(index) is not int or not 0 <= index < len(self.arrays):
            raise WireError("the body names an array that is not there")
        return self.arrays[index]


def _pair_key(pair: Any) -> str:
    if not isinstance(pair, list) or len(pair) != 2 or not isinstance(pair[0], str):
        raise WireError("a dictionary's entry is not a pair of text and value")
    return _text(pair[0])


def _text(text: str) -> str:
    """Return the text without lone surrogates, which no file and no terminal can take."""
    return text.encode("utf-8", "replace").decode("utf-8")


class Connection:
    """One end of the wire, over a stream socket.

    Parameters
    ----------
    stream : socket.socket
        A connected stream socket; the connection owns it.
    """

    def __init__(self, stream: socket.socket) -> None:
        self._stream = stream

    def close(self) -> None:
        """Close the socket."""
        self._stream.close()

    def send(self, message: Message, seconds: float | None = None) -> None:
        """Send one message; wait at most this long for the other side to read it.

        Raises
        ------
        WireError
            If the body is not plain data; nothing has been sent then. Its kinds
            `ClosedError` and `TimedOutError` where the other side is gone or does not read.
        """
        frame = encode(message)
        try:
            self._stream.settimeout(seconds)
            self._stream.sendall(frame)
        except TimeoutError as error:
            raise TimedOutError("the other side does not read") from error
        except OSError as error:
            raise ClosedError("the other side has gone") from error

    def receive(self, seconds: float | None = None) -> Message:
        """Wait for one message, at most this long, and return it.

        Raises
        ------
        ClosedError, TimedOutError, WireError
            If the other side has gone, is silent, or sends what is not a frame.
        """
        deadline = None if seconds is None else time.monotonic() + seconds
        length = int.from_bytes(self._exactly(_PREFIX, deadline), "big")
        if length > MAX_HEADER:
            raise WireError("the header is too long")
        message, specs = decode_header(bytes(self._exactly(length, deadline)))
        arrays = [self._receive_array(dtype, shape, deadline) for dtype, shape in specs]
        return Message(message.kind, message.id, decode_body(message.body, arrays))

    def _receive_array(
        self, dtype: np.dtype[Any], shape: tuple[int, ...], deadline: float | None
    ) -> np.ndarray[Any, Any]:
        data = self._exactly(dtype.itemsize * math.prod(shape), deadline)
        return np.frombuffer(data, dtype=dtype).reshape(shape)

    def _exactly(self, count: int, deadline: float | None) -> bytearray:
        """Read this many bytes."""
        data = bytearray()
        while len(data) < count:
            left = None if deadline is None else deadline - time.monotonic()
            if left is not None and left <= 0:
                raise TimedOutError("no answer in time")
            try:
                self._stream.settimeout(left)
                chunk = self._stream.recv(min(count - len(data), 2**20))
            except TimeoutError as error:
                raise TimedOutError("no answer in time") from error
            except OSError as error:
                raise ClosedError("the other side has gone") from error
            if not chunk:
                raise ClosedError("the other side has gone")
            data += chunk
        return data
