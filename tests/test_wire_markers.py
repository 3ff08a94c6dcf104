"""What a function returns need not be plain data: a marker of its kind crosses in its place."""

import collections
import dataclasses

import numpy as np
import pytest

from tests.fuzz.properties import check_frame, is_same
from tests.fuzz.stream import decode, endless
from workbook.course.kinds import LONGEST_KIND, OfKind, kind
from workbook.grade.sandbox import wire
from workbook.grade.sandbox.wire import Message, encode


@dataclasses.dataclass
class Cache:
    A: object = None


class Named(type):
    """A class of classes that raises when a name is asked for."""

    @property
    def __name__(cls):
        raise ValueError


class Hostile(metaclass=Named):
    """Raises whatever is asked of it, and calls itself a dictionary."""

    __class__ = property(lambda self: dict)

    def __getattribute__(self, name):
        raise ValueError

    def __repr__(self):
        raise ValueError

    __str__ = __len__ = __iter__ = __hash__ = __repr__


def crossed(value):
    """Return a value, and an array beside it, after they have crossed the wire with markers."""
    frame = encode(Message("returned", 1, (value, np.arange(3.0))), markers=True)
    assert check_frame(frame) is not None
    got, beside = decode(frame).body
    assert is_same(beside, np.arange(3.0))
    return got


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (Cache(), "a Cache"),
        (Hostile(), "a Hostile"),
        (zip("a", "b", strict=True), "a zip"),
        ((x for x in "ab"), "a generator"),
        (map(str, "ab"), "a map"),
        ({1: 2}.values(), "a dict_values"),
        (collections.deque([1]), "a deque"),
        ({1, 2}, "a set"),
        (range(3), "a range"),
        (b"bytes", "a bytes"),
        (print, "a builtin_function_or_method"),
        (object(), "an object"),
        (10**100, "an integer of more than 64 bits"),
        (np.array([object()]), "an array of object entries"),
        (np.array(["a"]), "an array of text entries"),
        (np.zeros(2, "f8,i4"), "an array of structured entries"),
        (np.array(["2020-01-01"], "M8[D]"), "an array of datetime64[D] entries"),
        (np.zeros((1, 1)).view(np.matrix), "a matrix"),
        (np.ma.array([1.0, 2.0], mask=[0, 1]), "a MaskedArray"),
        (np.zeros(2).view(np.recarray), "a recarray"),
        (np.datetime64("2020-01-01"), "a datetime64"),
        (type("x\u202e\n" * 99, (), {})(), "a " + "x??" * 20),
        (type("", (), {})(), "a nameless"),
    ],
    ids=range(23),
)
def test_a_marker_names_the_kind(value, said):
    assert is_same(crossed(value), OfKind(said))
    assert kind(value) == kind(crossed(value)) == said
    # Only that part is lost.
    assert is_same(crossed({"a": [value, 1]}), {"a": [OfKind(said), 1]})


@pytest.mark.parametrize(
    ("value", "said"),
    [
        ([0] * wire.MAX_NODES, "a list"),
        (np.zeros((1,) * 9), "an array of shape (1, 1, 1, 1, 1, 1, 1, 1, 1)"),
        (np.broadcast_to(0.0, (2**15, 2**15)), "an array of shape (32768, 32768)"),
        (np.zeros((1,) * 32), "an array"),
        ("x" * (wire.MAX_TEXT + 1), "a str"),
    ],
    ids=["list", "dimensions", "bytes", "long shape", "text"],
)
def test_a_marker_stands_for_what_is_too_large(value, said):
    assert crossed(value).kind == f"{said} that is too large to be handed over"


def test_a_value_without_an_end_has_one_here():
    got = crossed(endless())
    for _ in range(wire.MAX_DEPTH - 1):
        (got,) = got
    assert isinstance(got, OfKind)


@pytest.mark.parametrize("base", [dict, list, tuple])
def test_a_containers_own_methods_are_not_called(base):
    def refuse(*_):
        raise ValueError

    names = ("__iter__", "__len__", "__getitem__", "items", "keys", "__class_getitem__")
    value = type("Odd", (base,), dict.fromkeys(names, refuse))([("a", 1)])
    assert is_same(crossed(value), {"a": 1} if base is dict else base([("a", 1)]))


def test_keys_that_are_not_text_cross_as_what_they_are():
    value = {1: 6, "b": 2.0, None: 3, np.int64(4): 5, (1, 2): 7, 2.5: 8, np.str_("c"): 9}
    want = {1: 6, "b": 2.0, None: 3, 4: 5, OfKind("a tuple"): 7, 2.5: 8, "c": 9}
    assert is_same(crossed(value), want)
    assert is_same(crossed({np.float32(0.5): np.ones(1)}), {0.5: np.ones(1)})


def test_a_marker_has_nothing_but_its_kind():
    marker = crossed(Cache())
    assert vars(marker) == {"kind": "a Cache"}
    assert str(marker) == "a Cache"
    assert len(kind(type("x" * 1000, (), {})())) < LONGEST_KIND
