"""The wire between the judge and the student's process: plain data, and nothing but plain data."""

import contextlib
import json
import math
import socket
import threading
import time
import tracemalloc
from concurrent.futures import Future, ThreadPoolExecutor
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import examples
from tests.fuzz.frames import ARRAY, arrays, frame, native, nearly_right, trees, wrong_bytes
from tests.fuzz.properties import (
    check_arrays,
    check_bytes,
    check_frame,
    check_stream,
    check_tree,
    is_same,
)
from tests.fuzz.stream import decode, endless, reader
from workbook.course.kinds import LONGEST_KIND, OfKind
from workbook.grade.sandbox import wire
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.wire import ClosedError, Message, TimedOutError, WireError, encode


@pytest.fixture
def ends():
    """Both ends of a wire, with the second one's bare socket."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)
    yield channel, theirs
    channel.close()
    theirs.close()


def header_of(body):
    return ["done", 1, body]


def received(data, seconds=5.0):
    """Return what a channel makes of these bytes, after which the other side is gone."""
    ours, theirs = socket.socketpair()
    channel = Channel(ours)

    def write():
        with contextlib.suppress(OSError), theirs:
            theirs.sendall(data)

    with ThreadPoolExecutor() as threads, contextlib.closing(channel):
        threads.submit(write)
        return channel.receive(seconds)


def crossed(value):
    """Return a value after it has crossed the wire."""
    message = received(encode(Message("call", 7, value)))
    assert (message.kind, message.id) == ("call", 7)
    return message.body


@pytest.mark.slow
@given(trees)
@examples()
def test_plain_data_comes_out_as_it_went_in(tree):
    assert is_same(crossed(tree), native(tree))
    check_tree(tree)


@pytest.mark.slow
@given(st.lists(trees, max_size=4), st.integers(1, 300))
@examples()
def test_messages_that_follow_each_other_are_told_apart_however_they_arrive(bodies, piece):
    sent = [Message("call", number, body) for number, body in enumerate(bodies)]
    channel = reader(b"".join(map(encode, sent)), piece)
    for message in sent:
        got = channel.receive(60)
        assert got.id == message.id
        assert is_same(got.body, native(message.body))
    with pytest.raises(ClosedError):
        channel.receive(60)


@pytest.mark.slow
@given(st.lists(arrays | arrays.map(lambda a: (a, a)), max_size=5))
@examples()
def test_every_array_has_memory_of_its_own(parts):
    got = decode(encode(Message("call", 7, parts))).body
    check_arrays([a for part in got for a in (part if isinstance(part, tuple) else [part])])


def test_what_looks_like_plain_data_comes_out_exact():
    def of(base):
        """Return a class whose objects equal everything."""
        return type("Odd", (base,), {"__eq__": lambda *_: True, "__hash__": lambda self: 0})

    numbers = of(tuple)([of(float)(2.0), True])
    sent = of(dict)({of(str)("a"): numbers, "b": np.zeros((2, 2)).view(of(np.ndarray))})
    got = crossed(sent)
    assert is_same(got, {"a": (2.0, True), "b": np.zeros((2, 2))})


@pytest.mark.parametrize(
    ("scalar", "plain"),
    [
        (np.float64(0.5), 0.5),
        (np.longdouble(0.5), 0.5),
        (Fraction(1, 2), 0.5),
        (Decimal("0.5"), 0.5),
        (0.5j, np.complex128(0.5j)),
        (np.float32(0.5), np.float32(0.5)),
        (np.float16(0.5), np.float16(0.5)),
        (np.complex64(0.5j), np.complex64(0.5j)),
        (np.int8(-3), -3),
        (np.uint64(2**64 - 1), 2**64 - 1),
        (np.bool_(True), True),
        (np.str_("ab"), "ab"),
    ],
    ids=repr,
)
def test_a_number_comes_out_as_a_number(scalar, plain):
    assert is_same(crossed(scalar), plain)


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (object(), "an object is not plain data"),
        (print, "not plain data"),
        (Exception("x"), "an Exception is not plain data"),
        ({1, 2}, "a set is not plain data"),
        (b"bytes", "a bytes is not plain data"),
        (np.datetime64("2020-01-01"), "not plain data"),
        (np.array([object()]), "object entries is not plain numbers"),
        (np.array(["text"]), "entries is not plain numbers"),
        (np.array(["2020-01-01"], dtype="M8[D]"), "entries is not plain numbers"),
        (np.zeros(2, dtype="f8,i4"), "entries is not plain numbers"),
        (np.zeros((1,) * (wire.MAX_DIMENSIONS + 1)), "too many dimensions"),
        (np.broadcast_to(0.0, (2**15, 2**15)), "an array is too large"),
        (np.zeros((0, 2**20, 2**20)), "an array is too large"),
        ({(1, 2): 2}, "a tuple cannot be the key of a dictionary"),
        ({print: 2}, "method cannot be the key of a dictionary"),
        (2**64, "an integer is too large"),
        (-(10**100), "an integer is too large"),
        (endless(), "nested too deeply"),
        ([0] * wire.MAX_NODES, "too many parts"),
        ((0,) * wire.MAX_NODES, "too many parts"),
        (dict.fromkeys(range(wire.MAX_NODES // 2)), "too many parts"),
        ("x" * (wire.MAX_HEADER + 1), "too large"),
    ],
    ids=range(22),
)
@pytest.mark.parametrize("wrap", [lambda v: v, lambda v: {"a": [v]}], ids=["alone", "inside"])
def test_anything_else_is_refused(value, said, wrap, ends):
    with pytest.raises(WireError, match=said):
        encode(Message("returned", 1, wrap(value)))
    # Nothing has been sent then: the wire still works.
    channel, theirs = ends
    with pytest.raises(WireError, match=said):
        channel.send(Message("returned", 1, wrap(value)))
    channel.send(Message("returned", 2))
    assert Channel(theirs).receive(5).id == 2


@pytest.mark.parametrize("kind", [dict, list, tuple, str, np.ndarray])
def test_an_objects_own_word_for_its_type_does_not_count(kind):
    class Liar:
        __class__ = property(lambda self: kind)

    with pytest.raises(WireError, match="a Liar is not plain data"):
        encode(Message("returned", 1, [Liar()]))


def test_arrays_are_limited_together(monkeypatch):
    monkeypatch.setattr(wire, "MAX_ARRAYS", 1000)
    part = np.zeros(100)
    encode(Message("call", 1, [part]))
    with pytest.raises(WireError, match="too large"):
        encode(Message("call", 1, [part, part]))
    with pytest.raises(WireError, match="arrays are too large"):
        received(frame(header_of([ARRAY, ARRAY]), bytes(1600), "<f8 100,<f8 100"))


def test_messages_with_one_header_share_nothing():
    body = {"a": [np.zeros(2), [], (None,)]}
    first, second, third = (received(encode(Message("call", n, body))) for n in (7, 8, 8))
    assert (first.id, second.id, third.id) == (7, 8, 8)
    first.body["a"][0][:] = 1
    first.body["a"][1].append(1)
    second.body["b"] = 1
    assert is_same(third.body, body)
    assert is_same(received(encode(Message("call", 7, body))).body, body)


def test_the_last_of_two_equal_keys_counts_with_its_own_array():
    data = np.arange(3.0).tobytes()
    for _ in range(2):
        got = received(frame(b'["a",1,{"dict":["k",NaN,"k",[NaN],"l",NaN]}]', data, "<f8,<f8,<f8"))
        assert is_same(got.body, {"k": [np.array(1.0)], "l": np.array(2.0)})


def test_depth_has_a_limit_that_both_sides_share():
    value = 0
    for _ in range(wire.MAX_DEPTH):
        value = [value]
    assert is_same(crossed(value), value)
    with pytest.raises(WireError, match="nested too deeply"):
        encode(Message("call", 1, [value]))
    tree = 0
    for _ in range(wire.MAX_DEPTH + 1):
        tree = [tree]
    with pytest.raises(WireError, match="nested too deeply"):
        received(frame(header_of(tree)))


def test_as_many_parts_as_may_cross_do():
    most = (wire.MAX_NODES - 1) // 2
    assert len(crossed(dict.fromkeys(range(most)))) == most
    text = "x" * wire.MAX_TEXT
    assert decode(encode(Message("returned", 1, text), markers=True)).body == text
    # More than is read at once.
    large = [np.arange(2.0**17), np.arange(3.0)]
    assert is_same(crossed(large), large)


def test_text_that_no_file_can_hold_is_mended():
    got = received(frame(b'["\\udcff",1,{"dict":["\\ud800","a\\udfff"]}]'))
    assert got == Message("?", 1, {"?": "a?"})
    # A pair of surrogates is one character.
    assert crossed("\N{GRINNING FACE}") == "\N{GRINNING FACE}"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1e999", math.inf),
        ("-1e999", -math.inf),
        ('{"float":"NaN"}', math.nan),
        ("Infinity", math.inf),
        ("-Infinity", -math.inf),
        ("-0.0", -0.0),
        ("-0", 0),
        ("1e-999", 0.0),
        ("1E2", 100.0),
        ("18446744073709551615", 2**64 - 1),
        ('{"dict":["a",1,2,2,"a",3]}', {"a": 3, 2: 2}),
        ('{"dict":[1,1,true,2]}', {1: 2}),
        ('{"other":"a zip"}', OfKind("a zip")),
        ('{"dict":[{"other":"a zip"},1]}', {OfKind("a zip"): 1}),
    ],
)
def test_what_json_leaves_open_is_settled(text, value):
    got = received(frame(f'["a",1,{text}]'.encode()))
    assert is_same(got.body, value)


@pytest.mark.parametrize("shape", [[], [5], [1, 5]])
def test_truth_is_0_or_1_whatever_bytes_arrive(shape):
    size = math.prod(shape)
    data = bytes([2, 0, 255, 1, 128])[:size]
    got = received(frame(header_of(ARRAY), data, " ".join(["|b1", *map(str, shape)]))).body
    assert type(got) is np.ndarray
    assert got.dtype == bool
    assert got.tobytes() == bytes(map(bool, data))


def filled(part):
    """Return a frame with as many of these parts as a header has room for."""
    head, tail = b'["a",1,[', b"]]"
    room = wire.MAX_HEADER - len(head) - len(tail) - 1
    return frame(head + b",".join([part] * (room // (len(part) + 1))) + tail)


def with_line(part):
    """Return a frame that describes as many such arrays as it may have."""
    return frame(header_of([]), line=",".join([part] * (wire.MAX_NODES - 1)))


WORST = {
    "nested lists": filled(b"[" * 30 + b"]" * 30),
    "empty dictionaries": filled(b'{"dict":[]}'),
    "dictionaries": filled(b'{"dict":[0,0]}'),
    "lists": filled(b"[]"),
    "fractions": filled(b"1.0"),
    "long integers": filled(b"9" * 4300),
    "short texts": filled(b'"\\u0100"'),
    "long texts": filled(b'"' + b"\\ud800" * 50_000 + b'"'),
    "arrays": with_line("|b1 0"),
    "arrays that all differ": frame(
        header_of([ARRAY] * 60_000), line=",".join(f"|b1 0 {i}" for i in range(60_000))
    ),
}


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize("data", WORST.values(), ids=WORST)
def test_the_worst_header_costs_little_time(data):
    assert len(data) <= 4 + wire.MAX_HEADER
    started = time.process_time()
    with contextlib.suppress(WireError):
        decode(data)
    # Half a second where it was written; what grows faster than the header would take minutes.
    assert time.process_time() - started < 20


@pytest.mark.slow
@pytest.mark.parametrize("kind", ["lists", "nested lists", "arrays"])
def test_the_worst_header_costs_little_memory(kind):
    tracemalloc.start()
    try:
        with pytest.raises(WireError):
            decode(WORST[kind])
        assert tracemalloc.get_traced_memory()[1] < 51 * wire.MAX_HEADER
    finally:
        tracemalloc.stop()


MALFORMED = {
    "not JSON": b"[",
    "not text": b"\xff\xfe\xfa",
    "not ASCII": '["é",1,null]'.encode(),
    "of another encoding": json.dumps(header_of(None)).encode("utf-16"),
    "with a mark of its encoding": b"\xef\xbb\xbf" + json.dumps(header_of(None)).encode(),
    "two values": json.dumps(header_of(None)).encode() * 2,
    "empty": b"",
    "nested": b"[" * 100_000,
    "a dictionary": {"kind": "done", "id": 1, "body": None},
    "a number": 3,
    "text of three": "abc",
    "too short": ["done", 1],
    "too long": ["done", 1, None, None],
    "kind a number": [1, 1, None],
    "id text": ["done", "1", None],
    "id true": ["done", True, None],
    "id a fraction": ["done", 1.5, None],
    "id too large": ["done", 2**65, None],
    "no array for a place": header_of(ARRAY),
    "body of two kinds": header_of({"tuple": [], "dict": []}),
    "body of one kind twice": b'["a",1,{"tuple":[],"tuple":[]}]',
    "body of no kind": header_of({}),
    "body of an unknown kind": header_of({"set": []}),
    "float a number": header_of({"float": 1}),
    "float of another name": header_of({"float": "Infinity"}),
    "scalar a number": header_of({"scalar": 1}),
    "marker a number": header_of({"other": 1}),
    "marker a tree": header_of({"other": []}),
    "marker of nothing": header_of({"other": ""}),
    "marker of many characters": header_of({"other": "x" * (LONGEST_KIND + 1)}),
    "marker of two lines": header_of({"other": "a\nb"}),
    "marker that turns the text round": header_of({"other": "a\u202eb"}),
    "marker of a surrogate": header_of({"other": "\ud800"}),
    "dict without a value": header_of({"dict": ["a"]}),
    "dict of a text": header_of({"dict": "ab"}),
    "dict by lists": header_of({"dict": [[], 1]}),
    "too many pairs": header_of({"dict": [*range(wire.MAX_NODES)]}),
    "tuple of a dict": header_of({"tuple": {"dict": []}}),
    "integer too large": header_of(2**65),
    "integer of many digits": b'["a",1,' + b"9" * 5000 + b"]",
    "too many parts": header_of([0] * wire.MAX_NODES),
    "too many parts far inside": header_of([[0] * (wire.MAX_NODES - 1)]),
}


@pytest.mark.parametrize("header", MALFORMED.values(), ids=MALFORMED)
def test_a_malformed_frame_is_refused(header):
    with pytest.raises(WireError) as caught:
        received(frame(header))
    assert type(caught.value) is WireError


@pytest.mark.parametrize(
    "said",
    [
        *(" ", "|O 1", "<U8 1", ">f8 1", "float64 1"),
        *("<f8 a", "<f8 1.0", "<f8 \u0661", "<f8 \u00b2", "<f8 +1", "<f8 -1"),
        *("<f8  1", "<f8 1\n", "<f8 1;1", "<f8" + " 1" * 9, "<f8" + " 9" * 500_000),
        *(f"<f8 {2**40}", "<f8 " + "9" * 90, f"<f8 {2**14} {2**14}", "<f8 0" + f" {2**28}" * 7),
        *("<f8 0,", ",<f8 0", "<f8 0,<f8 0"),
        ",".join(["<f8 0"] * (wire.MAX_NODES + 1)),
    ],
    ids=range(24),
)
def test_arrays_that_are_described_wrongly_are_refused(said):
    with pytest.raises(WireError) as caught:
        received(frame(header_of(ARRAY), bytes(64), said))
    assert type(caught.value) is WireError


@pytest.mark.parametrize("said", ["<f8", "<f4 1", "<i4"])
def test_a_scalar_of_another_dtype_or_with_a_shape_is_refused(said):
    with pytest.raises(WireError, match="scalar"):
        received(frame(header_of({"scalar": ARRAY}), bytes(8), said))


def test_a_frame_is_decoded_only_whole_and_alone():
    whole = encode(Message("call", 1, [np.arange(3.0)]))
    assert is_same(decode(whole).body, [np.arange(3.0)])
    for data in (b"", whole[:2], whole[:-1], whole + b"x", whole + whole):
        with pytest.raises(WireError):
            decode(data)


def test_a_header_that_claims_too_much_is_refused_at_once():
    with pytest.raises(WireError, match="header is too long"):
        received((wire.MAX_HEADER + 1).to_bytes(4, "big"))


@given(st.binary(max_size=200))
@examples()
def test_random_bytes_do_no_harm(data):
    assert check_frame(data) is None
    check_stream(data, 7)
    with pytest.raises(WireError):
        received(data)


@pytest.mark.slow
@given(nearly_right)
@examples(300)
def test_a_nearly_right_header_gives_a_message_or_a_wire_error(data):
    with contextlib.suppress(WireError):
        assert type(received(data)) is Message
    check_bytes((data, 1 + len(data) % 64))


@pytest.mark.slow
@given(st.tuples(wrong_bytes, st.integers(1, 300)))
@examples(300)
def test_a_frame_with_wrong_bytes_gives_a_message_or_a_wire_error(arriving):
    check_bytes(arriving)


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.999])
def test_half_a_frame_is_an_end_or_late(share, ends):
    whole = encode(Message("call", 1, [np.arange(1000.0), "text"]))
    half = whole[: int(share * len(whole))]
    with pytest.raises(ClosedError):
        received(half)
    channel, theirs = ends
    theirs.sendall(half)
    started = time.monotonic()
    with pytest.raises(TimedOutError):
        channel.receive(0.1)
    assert 0.09 <= time.monotonic() - started < 60


def test_bytes_that_drip_do_not_prolong_the_wait(ends):
    channel, theirs = ends
    done = threading.Event()

    def drip():
        theirs.sendall(b"\x00\x00\xff\xff")
        while not done.wait(0.02):
            theirs.sendall(b" ")

    with ThreadPoolExecutor() as threads:
        writer = threads.submit(drip)
        try:
            with pytest.raises(TimedOutError):
                channel.receive(0.3)
        finally:
            done.set()
        writer.result()


def test_a_claimed_size_is_not_allocated(ends):
    channel, theirs = ends
    theirs.sendall(frame(header_of(ARRAY), b"\0" * 1000, f"<f8 {3 * 2**20}"))
    tracemalloc.start()
    try:
        with pytest.raises(TimedOutError):
            channel.receive(0.1)
        assert tracemalloc.get_traced_memory()[1] < 8 * 2**20
        theirs.close()
        with pytest.raises(ClosedError):
            channel.receive(1)
    finally:
        tracemalloc.stop()


def test_an_unread_message_times_out(ends):
    channel, _ = ends
    with pytest.raises(TimedOutError, match="does not read"):
        channel.send(Message("call", 1, np.zeros(2**20)), seconds=0.1)


def test_a_message_goes_on_where_it_was_when_time_is_given_back(ends):
    channel, theirs = ends
    sent = encode(Message("call", 1, np.zeros(2**20)))
    with ThreadPoolExecutor() as threads:
        reader: list[Future[bytes]] = []

        def read() -> bytes:
            with theirs.makefile("rb") as stream:
                return stream.read(len(sent))

        def give_back() -> float:
            reader.append(threads.submit(read))
            return 60.0

        channel.give_back = give_back
        channel.send(Message("call", 1, np.zeros(2**20)), seconds=0.05)
        assert len(reader) == 1
        assert reader[0].result() == bytes(sent)


def test_without_time_left_a_message_that_is_there_is_late(ends):
    channel, theirs = ends
    theirs.sendall(3 * encode(Message("call", 1)))
    for seconds in (0, -1):
        with pytest.raises(TimedOutError):
            channel.receive(seconds)
    # Nothing is lost by it, and what has been read ahead is no exception.
    assert channel.receive(5).id == 1
    with pytest.raises(TimedOutError):
        channel.receive(0)
    assert channel.receive(5).id == 1
    with pytest.raises(TimedOutError):
        channel.send(Message("call", 1), 0)


def test_a_wait_with_an_end_does_not_shorten_the_next_one(ends):
    channel, theirs = ends
    theirs.sendall(encode(Message("call", 1)))
    channel.receive(0.05)
    writer = threading.Timer(0.2, theirs.sendall, [encode(Message("call", 2))])
    writer.start()
    assert channel.receive().id == 2
    writer.join()


def test_a_side_that_has_gone_is_told_apart(ends):
    channel, theirs = ends
    theirs.close()
    with pytest.raises(ClosedError):
        channel.send(Message("call", 1, np.zeros(2**20)), seconds=5)
    with pytest.raises(ClosedError):
        channel.receive(5)
    channel.close()
    with pytest.raises(ClosedError):
        channel.receive(5)
    with pytest.raises(ClosedError):
        channel.send(Message("call", 1))
