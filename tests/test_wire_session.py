"""The judge's session against a student's process that forges what it sends."""

import itertools
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fuzz import examples
from tests.fuzz.plays import (
    DONE,
    EARLIER,
    RAISED,
    RETURNED,
    RIGHT,
    STATEMENT,
    bearing,
    check_play,
    plays,
)
from tests.fuzz.rogue import REPLIES, Reply, Rogue
from tests.fuzz.stream import Stream
from workbook.course.effects import NO_EFFECTS
from workbook.course.hidden_tests import AnswerError
from workbook.course.kinds import OfKind
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.wire import Message, encode
from workbook.grade.submissions.limits import Limits


@pytest.mark.slow
@given(plays())
@examples(400)
def test_only_the_reply_to_the_call_in_flight_counts(play):
    check_play(play)


@given(st.lists(st.sampled_from([*REPLIES]), min_size=1, max_size=8))
@examples()
def test_an_honest_process_gets_through(actions):
    rogue = Rogue([[EARLIER, RIGHT[action]] for action in actions])
    for action in actions:
        assert not isinstance(rogue.act(action), Exception)
    assert rogue.session.ended is None


FORGED = {
    "replayed": [[RETURNED], [bearing(RETURNED, "previous"), RETURNED]],
    "sent twice": [[RETURNED, RETURNED], [RETURNED]],
    "premature": [[RETURNED, bearing(RETURNED, "next")], []],
    "premature, before the right one": [[bearing(RETURNED, "next"), RETURNED]],
    "to no request": [[bearing(RETURNED, "another")]],
    "an earlier exercise of another request": [[bearing(EARLIER, "previous"), RETURNED]],
    "an earlier exercise after the reply": [[RETURNED, EARLIER], [RETURNED]],
    "of another kind": [[DONE]],
    "a statement in a call": [[STATEMENT, RETURNED]],
    "a request": [[Reply("call", "this", {"name": "f", "args": (), "kwargs": {}})]],
    "without a value": [[Reply("returned", "this", {"effects": None})]],
    "without effects": [[Reply("returned", "this", {"value": 1})]],
    "no dictionary": [[Reply("returned", "this", [1])]],
    "noise": [[b"\0\0\0\2{}", RETURNED]],
    "noise after the reply": [[RETURNED, b"\0\0\0\2{}"], [RETURNED]],
    "half a frame": [[encode(Message("returned", 1, {"value": 1}))[:-1]]],
    "silence": [[]],
}


@pytest.mark.parametrize("parts", FORGED.values(), ids=FORGED)
def test_what_is_forged_ends_the_session_with_a_reason(parts):
    rogue = Rogue(parts)
    *before, last = [rogue.act("call") for _ in parts]
    assert before == [1] * (len(parts) - 1)
    assert isinstance(last, SessionEndedError)
    assert (last.status, bool(str(last))) == ("crashed", True)
    # For good.
    assert rogue.act("cell") is last


@pytest.mark.parametrize("key", ["type", "message", "line", "source"])
@pytest.mark.parametrize(
    "value", [np.zeros(3), [1], {"a": 1}, "x" * 10**6, -1, None], ids=lambda v: type(v).__name__
)
def test_an_exception_that_is_none_is_told_in_a_short_sentence(key, value):
    got = Rogue([[Reply("raised", "this", {**RAISED.body, key: value})]]).act("call")
    assert type(got) is AnswerError
    assert str(got).startswith("your function raised ")
    assert len(str(got)) < 5000


@pytest.mark.parametrize("body", [None, 3, "text", [], {}, {"type": 1}, {"failures": 0}], ids=repr)
def test_an_odd_body_does_no_harm(body):
    refused = Rogue([[Reply("raised", "this", body)]]).act("call")
    assert type(refused) is AnswerError
    assert str(refused).startswith("your function raised")
    # A process that has imported IPython asks for no more.
    for kind, held in (("done", body), ("more", body), ("more", DONE.body)):
        ended = Rogue([[Reply(kind, "this", held)]]).act("cell")
        assert (type(ended), ended.status) == (SessionEndedError, "crashed")
        assert "not a reply" in str(ended)
    # No request for an earlier exercise, either: it is refused, and the call goes on.
    assert Rogue([[Reply("earlier", "this", body), RETURNED]]).act("call") == 1


@pytest.mark.parametrize(
    "told",
    [
        *(False, 3, (), [], (1, 2, 3), {"a": 1}, "ab", np.zeros(2), (np.zeros(2), ()), ((), None)),
        *(((("a",),), ()), (((("W",), "sings"),), ()), ((((1.5,), "order"),), ())),
        *((((), "order"), ()), ((), ((("W",), "order", ()),)), ((((None,), "order"),), ())),
        *(((((0,), ["order"]),), ()), ((), (((0,), np.zeros(2), ()),)), (OfKind("a zip"), ())),
    ],
    ids=repr,
)
def test_effects_of_another_form_end_the_session(told):
    rogue = Rogue([[Reply("returned", "this", {"value": 1, "effects": told})]])
    array = np.ones((2, 2))
    with pytest.raises(SessionEndedError, match="not a reply"):
        rogue.session.call("f", (array,), {}, watched=True)
    np.testing.assert_array_equal(array, np.ones((2, 2)))


def test_none_stands_for_no_effects():
    rogue = Rogue([[Reply("returned", "this", {"value": 1, "effects": None})]])
    assert rogue.session.call("f", (), {}, watched=True) == (1, NO_EFFECTS)


@pytest.mark.parametrize("told", [None, 3, [], [1], [1, "2"], [True, 1], (1, 2), [1, 2, 3], [[]]])
def test_a_statement_that_is_none_ends_the_session(told):
    ended = Rogue([[Reply("statement", "this", told), DONE]]).act("cell")
    assert (type(ended), ended.status) == (SessionEndedError, "crashed")
    assert Rogue([[STATEMENT, STATEMENT, DONE]]).act("cell") == []


def test_calls_of_earlier_exercises_do_not_prolong_the_time(monkeypatch):
    served = []

    def ask_again(message):
        served.append(message.id)
        # In case of a failure it ends all the same.
        return encode(Message("earlier", message.id, EARLIER.body)) if len(served) < 5000 else b""

    rogue = Rogue([])
    rogue.fork = lambda: Channel(Stream(ask_again))
    # A clock that never jumps: each look at it takes a tenth of a millisecond.
    monkeypatch.setattr(time, "monotonic", itertools.count(0, 1e-4).__next__)
    session = Session(rogue, Limits(call_seconds=0.1), {"double": lambda x: 2 * x}, 60.0)
    with pytest.raises(SessionEndedError) as caught:
        session.call("f", (), {})
    assert caught.value.status == "timeout"
    assert 1 < len(served) < 1000
