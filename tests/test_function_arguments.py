"""Arguments that are no plain data: functions, which stay with the judge, and generators."""

import time

import numpy as np
import pytest

from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import Limits

CELL = """
def apply(f, x):
    return f(x)

def spoil(f, x):
    x[0] = f(x)

def look(f, x):
    return f.__code__.co_consts[0](x)
"""


@pytest.fixture(scope="module")
def session():
    limits = Limits()
    warm = WarmProcess(limits, detect_layers())
    session = Session(warm, limits, {}, time.monotonic() + 60)
    session.run_cell(1, CELL)
    yield session
    session.close()
    warm.close()


def test_the_student_calls_a_function_of_the_judges(session):
    calls = []

    def squares(x):
        calls.append(x)
        return x**2

    got = session.call("apply", (squares, np.array([2.0, 3.0])), {})
    np.testing.assert_array_equal(got, [4.0, 9.0])
    assert len(calls) == 1


def test_two_functions_are_told_apart(session):
    x = np.array([1.0, 2.0])
    assert session.call("apply", (np.sum, x), {}) == 3.0
    assert session.call("apply", (np.max, x), {}) == 2.0


def test_changes_to_the_other_arguments_are_seen(session):
    x = np.array([1.0, 2.0])
    _, effects = session.call("spoil", (np.sum, x), {}, watched=True)
    assert effects.changes == (((1,), "numbers"),)


def test_what_the_function_raises_the_student_gets(session):
    def refuse(x):
        raise ValueError("no such place")

    with pytest.raises(AnswerError, match="ValueError: no such place"):
        session.call("apply", (refuse, np.zeros(2)), {})


def test_the_function_itself_is_out_of_reach(session):
    secret = 42.0
    with pytest.raises(AnswerError):
        session.call("look", (lambda x: secret, np.zeros(1)), {})


def test_it_is_served_only_while_the_call_lasts(session):
    session.call("apply", (np.sum, np.zeros(1)), {})
    session.run_cell(2, "import workbook.earlier\nlate = getattr(workbook.earlier, 'argument 0')")
    with pytest.raises(AnswerError, match="argument 0 is not an earlier exercise"):
        session.call("late", (np.zeros(1),), {})


def test_a_generator_goes_on_in_the_students_process_from_where_it_is(session):
    here = np.random.default_rng(5)
    one, other = np.random.default_rng(5), np.random.default_rng(6)
    session.run_cell(2, "def draw(rng, n):\n    return rng.permutation(n)\n")
    for _ in range(2):
        np.testing.assert_array_equal(session.call("draw", (one, 9), {}), here.permutation(9))
    assert not np.array_equal(session.call("draw", (other, 9), {}), here.permutation(9))
