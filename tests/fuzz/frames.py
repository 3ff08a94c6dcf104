"""Frames of the wire and what they hold, right and wrong, drawn by hypothesis."""

import json
import math
import re
from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from tests.fuzz.changes import MOST_BYTES, changed_text, changes, few, replacements
from workbook.grade.sandbox.wire import Message, encode


def frame(header: Any, arrays: bytes = b"", line: str = "") -> bytes:
    """Return a frame with any header, which says of its arrays what ``line`` says."""
    text = header if isinstance(header, bytes) else json.dumps(header).encode()
    text = line.encode() + b"\n" + text
    return len(text).to_bytes(4, "big") + text + arrays


#: The node of an array.
ARRAY = math.nan


def native(value: Any) -> Any:
    """Return a value with its arrays in this machine's order of bytes, as they come out."""
    if isinstance(value, np.ndarray):
        return value.astype(value.dtype.newbyteorder("="))
    if isinstance(value, dict):
        return {key: native(part) for key, part in value.items()}
    return type(value)(map(native, value)) if isinstance(value, list | tuple) else value


dtypes = st.one_of(
    hnp.boolean_dtypes(),
    hnp.integer_dtypes(endianness="?"),
    hnp.unsigned_integer_dtypes(endianness="?"),
    hnp.floating_dtypes(sizes=(16, 32, 64), endianness="?"),
    hnp.complex_number_dtypes(sizes=(64, 128), endianness="?"),
)
arrays = hnp.arrays(dtypes, hnp.array_shapes(min_dims=0, max_dims=3, min_side=0, max_side=4))
# What is strided, transposed or turned round is not contiguous.
views = arrays.map(lambda a: a.T[::-2] if a.ndim else a)
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
scalars = hnp.arrays(st.sampled_from(["f2", "f4", "c8", "c16"]), ()).map(lambda a: a[()])
leaves = st.one_of(
    scalars,
    st.none(),
    st.booleans(),
    st.integers(-(2**63), 2**64 - 1),
    st.floats(),
    texts,
    arrays,
    views,
    arrays.map(np.asfortranarray),
)
trees = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.lists(inner, max_size=4).map(tuple),
        st.dictionaries(texts, inner, max_size=4),
        st.dictionaries(texts | st.integers(0, 9) | st.none(), inner, max_size=4),
    ),
    max_leaves=12,
)


NAMES = ["list", "tuple", "dict", "float", "array", "scalar", "other", "x"]
json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=4),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(NAMES),
            inner,
            max_size=2,
        )
    ),
    max_leaves=8,
)
descriptions = st.builds(
    lambda name, shape: " ".join([name, *map(str, shape)]),
    st.sampled_from(["<f8", "|b1", "<i4", "|O", ">f8"]) | st.text(max_size=3),
    st.lists(st.integers(-1, 3) | st.text(max_size=2), max_size=3),
)


@st.composite
def _nearly_right(draw: st.DrawFn) -> bytes:
    """Draw a frame whose parts are of the right kinds, or nearly."""
    described = draw(st.lists(descriptions, max_size=3))
    # As many places as there are arrays, or nearly.
    places = [ARRAY] * max(0, len(described) + draw(st.integers(-1, 1)))
    body = draw(json_values | st.lists(json_values, max_size=3)), *places
    kind, number = draw(st.text(max_size=3) | json_values), draw(st.integers() | json_values)
    return frame([kind, number, body], draw(st.binary(max_size=64)), ",".join(described))


@st.composite
def _wrong_bytes(draw: st.DrawFn) -> bytes:
    """Draw a right frame in which some bytes are replaced."""
    body = draw(st.just({"args": (np.arange(3.0), [1, "a"]), "k": np.ones(3, bool)}) | trees)
    good = bytearray(encode(Message("call", 3, body)))
    for _ in range(draw(st.integers(1, 4))):
        good[draw(st.integers(0, len(good) - 1))] = draw(st.integers(0, 255))
    return bytes(good)


BEFORE = '{"body": '
NODES = [
    "[1]", '{"tuple": []}', '{"dict": ["a", 1]}', "NaN", '{"float": "NaN"}', '{"dict": [null, 1]}',
    '{"other": "a zip"}', '{"dict": [[], 1]}', '{"dict": ["a"]}', '"\\ud800"',
    '{"scalar": NaN}', "18446744073709551616", "-Infinity",
]  # fmt: skip
# Most often one of these; else anything.
texts_of_nodes = st.one_of(*[st.sampled_from(NODES)] * 6, replacements)


@st.composite
def _other_nodes(draw: st.DrawFn) -> bytes:
    """Draw a right frame in whose body some nodes are replaced."""
    whole = encode(Message("call", 3, draw(trees)))
    end = 4 + int.from_bytes(whole[:4], "big")
    # Under a name, so that the whole body can be replaced.
    line, _, text = whole[4:end].partition(b"\n")
    tree = {"body": json.loads(text)[2]}
    body = changed_text(tree, draw(few(changes(texts_of_nodes)))).removeprefix(BEFORE)
    changed = f'["call", 3, {body.removesuffix("}")}]'
    ascii_only = re.sub(r"[^\x00-\x7f]", lambda one: json.dumps(one[0])[1:-1], changed)
    return frame(ascii_only.encode()[:MOST_BYTES], whole[end:], line.decode())


nearly_right, wrong_bytes, other_nodes = _nearly_right(), _wrong_bytes(), _other_nodes()
