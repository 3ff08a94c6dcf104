"""The diagnosis in the judge: behind an `assert`, and in a time of its own that costs no mark."""

import json
import time

import pytest

from tests.reference import COURSE, catalogue
from workbook.course.exercises import find
from workbook.diagnosis.observation import observe
from workbook.grade.judging import attempt
from workbook.grade.sandbox.load import Load
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job

EXERCISE = find("linear_backward")
TRANSPOSED = catalogue("linear_backward").dW_transposed.declared.sentence

ANSWER = """
import time
import numpy as np

def linear_backward(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dW = (dZ @ A_prev.T).T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    time.sleep({seconds})
    assert {asserted}
    return W.T @ dZ, dW, db
"""


@pytest.fixture
def judged(judge):
    def run(**how):
        notebook = filled_notebook(COURSE, EXERCISE, ANSWER.format(**how))
        return judge.judge(Job("someone", EXERCISE, json.dumps(notebook).encode()))

    return run


def said(result):
    return {verdict.diagnosis for verdict in result.tests if not verdict.passed}


def test_the_mistake_behind_an_assert_is_named(judged):
    result = judged(seconds=0, asserted="dW.shape == W.shape")
    assert said(result) == {TRANSPOSED}
    assert any("AssertionError" in verdict.message for verdict in result.tests)


def test_a_diagnosis_that_takes_too_long_is_given_up_and_costs_nothing(judged, monkeypatch):
    quick = judged(seconds=0.03, asserted=True)
    assert said(quick) == {TRANSPOSED}
    monkeypatch.setattr(attempt, "_DIAGNOSIS_SECONDS", 0.05)
    slow = judged(seconds=0.03, asserted=True)
    assert said(slow) == {None}
    assert (slow.status, slow.points, slow.notes) == (quick.status, quick.points, quick.notes)
    assert slow.limits == {}


def test_time_in_which_the_machine_was_busy_is_not_that_of_the_diagnosis(judged, monkeypatch):
    monkeypatch.setattr(attempt, "_DIAGNOSIS_SECONDS", 0.05)
    # As if the student's process had had to wait for its turn all the time.
    monkeypatch.setattr(WarmProcess, "load", lambda _: Load(used=0.0, waited=60.0))
    assert said(judged(seconds=0.03, asserted=True)) == {TRANSPOSED}


def test_a_call_that_was_not_made_is_not_said_to_end_with_an_exception(judged, monkeypatch):
    monkeypatch.setattr(attempt, "_DIAGNOSIS_SECONDS", 0.5)
    waited = [0.0]
    monkeypatch.setattr(WarmProcess, "load", lambda _: Load(used=0.0, waited=waited[-1]))

    def observed(answer, cases):
        watched, calls = answer.watched, []

        def slow(*args):
            # The time runs out before the last call, and the machine gives it back only later.
            calls.append(args)
            time.sleep(0.6 if len(calls) == len(cases) else 0)
            return watched(*args)

        answer.watched = slow
        seen = observe(answer, cases)
        waited.append(60.0)
        return seen

    monkeypatch.setattr(attempt, "observe", observed)
    assert said(judged(seconds=0, asserted=True)) == {None}
