"""Calls that are sent together: as if they were made one by one."""

import time

import nbformat
import numpy as np
import pytest

from tests.fuzz.plays import RETURNED
from tests.fuzz.rogue import Rogue
from tests.submissions import COURSE
from workbook.course.exercises import find
from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.same_arrays import leaves_in_order, with_own, without_given
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits

LIMITS = Limits(call_seconds=1.0)
COUNTS = """\
made = []
def f(x):
    made.append(x)
    return [6 // x, len(made)]
def seen():
    return list(made)
"""


@pytest.fixture(scope="module")
def warm():
    with WarmProcess(LIMITS, UNCONFINED, with_ipython=False) as warm:
        yield warm


@pytest.fixture
def session(warm):
    session = Session(warm, LIMITS, {"double": lambda x: 2 * x}, time.monotonic() + 60)
    assert session.run_cell(1, COUNTS) == []
    yield session
    session.close()


def test_each_call_finds_what_the_one_before_has_left(session):
    assert [*session.calls("f", [(1,), (2,), (3,)], {})] == [[6, 1], [3, 2], [2, 3]]


def test_none_is_made_after_one_that_raises(session):
    answers = session.calls("f", [(1,), (0,), (2,)], {})
    assert next(answers) == [6, 1]
    with pytest.raises(AnswerError, match="ZeroDivisionError"):
        next(answers)
    session.settle()
    assert session.call("seen", (), {}) == [1, 0]


def test_answers_that_nobody_asks_for_are_none_to_later_calls(session):
    assert next(session.calls("f", [(1,), (2,), (3,)], {})) == [6, 1]
    session.settle()
    assert session.call("f", (6,), {}) == [1, 4]


def test_earlier_exercises_are_served_to_each(session):
    source = "from workbook.earlier import double\ndef g(x):\n    return double(x) + 1"
    assert session.run_cell(2, source) == []
    assert [*session.calls("g", [(1,), (2,)], {})] == [3, 5]


def test_each_has_its_own_time(session):
    source = "import time\ndef slow(x):\n    time.sleep(0.5)\n    return x"
    assert session.run_cell(2, source) == []
    assert [*session.calls("slow", [(1,), (2,), (3,)], {})] == [1, 2, 3]


def test_one_without_an_end_takes_nothing_from_those_before(session):
    assert session.run_cell(2, "def endless(x):\n    while x:\n        pass\n    return x") == []
    answers = session.calls("endless", [(0,), (1,)], {})
    assert next(answers) == 0
    with pytest.raises(SessionEndedError, match="endless did not finish in time"):
        next(answers)


@pytest.mark.parametrize("line", ["while True: pass", "os._exit(1)", "time.sleep(9)"])
def test_a_call_that_nobody_asked_for_is_held_against_nobody(session, line):
    source = f"import os, time\ndef late(x):\n    if x:\n        {line}\n    return x"
    assert session.run_cell(2, source) == []
    assert next(session.calls("late", [(0,), (1,), (2,)], {})) == 0
    began = time.monotonic()
    session.settle()
    assert time.monotonic() - began < 30
    assert session.ended is not None
    assert session.reached == set()


def test_each_call_is_served_by_its_own_functions_and_generators(session):
    assert session.run_cell(2, "def apply(f, rng):\n    return f(1.0), rng.integers(10**9)") == []
    calls = [(lambda x, k=k: k * x, np.random.default_rng(k)) for k in (2, 3)]
    drawn = [np.random.default_rng(k).integers(10**9) for k in (2, 3)]
    assert [*session.calls("apply", calls, {})] == [(2.0, drawn[0]), (3.0, drawn[1])]


def test_so_many_answers_and_no_more_are_taken():
    rogue = Rogue([[RETURNED, RETURNED], [RETURNED, RETURNED, RETURNED]])
    assert len([*rogue.session.calls("f", [(1,), (2,)], {})]) == 2
    assert len([*rogue.session.calls("f", [(1,), (2,)], {})]) == 2
    # What is too many is the answer to nothing that is asked later.
    with pytest.raises(SessionEndedError, match="a reply to another request"):
        rogue.session.call("f", (3,), {})


# Another than the first ends the process, or does not end, in a call after one with a wrong answer.
LINES = ("pass", "os._exit(1)", "while True: pass")


@pytest.mark.slow
def test_the_end_of_a_call_that_nobody_asked_for_costs_no_other_test(judge):
    text = """\
import os
def compute_cost(AL, Y):
    m = Y.shape[1]
    if m == 3000:
        {}
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost) if m != 2 else 0.0
"""
    exercise = find("compute_cost")
    notebooks = (filled_notebook(COURSE, exercise, text.format(line)) for line in LINES)
    found = [judge.judge(Job("ada", exercise, nbformat.writes(one).encode())) for one in notebooks]
    assert [one.status for one in found] == ["graded", "graded", "graded"]
    for one in found:
        failed = [test.name for test in one.tests if not test.passed]
        assert failed == ["test_value", "test_sure_and_wrong"]
        assert "with m = 2 is not right" in one.tests[0].message


def test_arrays_that_were_given_do_not_cross_again():
    A, W, Z = (np.full(2, x) for x in (1.0, 2.0, 3.0))
    given = [(A, 5, W), {"key": None}]
    value, same = without_given((Z, None, {"cache": [W, A, "text"]}), leaves_in_order(given))
    assert value == (Z, None, {"cache": [None, None, "text"]})
    assert same == [-1, 2, 0]
    whole = with_own(value, same, given)
    assert whole[0] is Z
    assert whole[1] is None
    assert whole[2]["cache"][0] is W
    assert whole[2]["cache"][1] is A
    assert without_given((Z, None), leaves_in_order(given)) == ((Z, None), [])
