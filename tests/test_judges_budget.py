"""The judge has a budget, too: memory and time for what a student's process sends."""

import time
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import nbformat
import numpy as np
import pytest

from tests.submissions import COURSE, answer_text
from workbook.course.compare import alike, differences
from workbook.course.exercises import find
from workbook.course.kinds import TOO_LARGE, OfKind
from workbook.grade.gradebook.marks import Marks
from workbook.grade.judging import attempt
from workbook.grade.judging.autograded import autograded
from workbook.grade.judging.time_limit import OutOfTimeError, until
from workbook.grade.pages import handed_in, student
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Result
from workbook.grade.workers import tasks
from workbook.grade.workers.executor import LocalExecutor

EXERCISE = find("linear_forward")
HUGE = "np.broadcast_to(np.uint8(1), (16000, 16000))"
ANSWERS = {
    "one large array": f"return {HUGE}, (A, W, b)",
    "beside the right ones": f"return W @ A + b, (A, W, b), {HUGE}",
    "just small enough": "return np.ones((5700, 5700), np.uint8), (A, W, b)",
}


def job(text: str) -> Job:
    notebook = filled_notebook(COURSE, EXERCISE, text)
    return Job("ada", EXERCISE, nbformat.writes(notebook).encode())


@pytest.mark.slow
def test_large_answers_cost_little_memory():
    preload = partial(tasks.preload, COURSE, (EXERCISE,))
    setting = tasks.Setting(COURSE.root, Limits(), UNCONFINED)
    texts = [f"def linear_forward(A, W, b):\n    {body}\n" for body in ANSWERS.values()]
    with LocalExecutor(1, preload, 3 * 2**27) as executor:
        calls = [executor.submit(tasks.judge, setting, job(text)) for text in texts]
        results = [call.result().result for call in calls]
    assert [one.status for one in results] == ["graded"] * 3
    messages = [one.tests[0].message for one in results]
    wanted = "; it should have shape (3, 5)"
    assert messages == [
        f"Z is an array of shape (16000, 16000) that is too large to be handed over{wanted}",
        "the function returned 3 values; it should return 2: Z, cache",
        f"Z has shape (5700, 5700){wanted}",
    ]


def test_sizes_are_compared_before_numbers_are_converted():
    # Without memory of its own; as a copy, it would have 8 TB.
    huge = np.broadcast_to(np.uint8(1), (10**6, 10**6))
    right = np.ones((2, 3))
    assert not alike(huge, right)
    assert not alike({"Z": [huge]}, {"Z": [right]})
    (found,) = differences("Z", huge, right)
    assert found.message == "Z has shape (1000000, 1000000); it should have shape (2, 3)"
    (found,) = differences("Z", OfKind(f"a list{TOO_LARGE}"), right)
    assert found.message.endswith("; it should have shape (2, 3)")


@pytest.mark.slow
def test_a_diagnosis_without_an_end_is_ended(judge, monkeypatch):
    def endless(*args, **options):
        while True:
            pass

    monkeypatch.setattr(attempt, "diagnose", endless)
    monkeypatch.setattr(attempt, "_DIAGNOSIS_SECONDS", 0.3)
    monkeypatch.setattr(attempt, "_GRACE_SECONDS", 0.1)
    result = judge.judge(job(answer_text(EXERCISE, "b_left_out")))
    assert result.status == "graded"
    assert 0 < result.points < 8
    assert {one.diagnosis for one in result.tests} == {None}


def test_tests_that_take_too_long_leave_what_was_earned(judge, monkeypatch):
    def slow(*args, **options):
        time.sleep(60)

    monkeypatch.setattr("workbook.grade.judging.judge._GRACE_SECONDS", -59.0)
    monkeypatch.setattr("workbook.course.hidden_tests._fault", slow)
    result = judge.judge(job(answer_text(EXERCISE)))
    assert (result.status, result.points) == ("timeout", 8)
    assert result.notes == ("what your functions returned takes too long to be looked at",)


def test_contexts_with_an_end_lie_in_each_other():
    began = time.monotonic()
    with pytest.raises(OutOfTimeError), until(lambda: began + 0.1), until(lambda: began + 60):
        time.sleep(60)
    with until(lambda: began + 60):
        with pytest.raises(OutOfTimeError), until(lambda: time.monotonic() - 1):
            pass
        with pytest.raises(OutOfTimeError), until(lambda: began + 0.2):
            time.sleep(60)
    assert time.monotonic() - began < 50
    # Another thread is not interrupted, nor does it interrupt.
    with ThreadPoolExecutor(1) as threads:
        assert threads.submit(_in_time).result() == "done"


def _in_time() -> str:
    with until(lambda: time.monotonic() + 0.01):
        time.sleep(0.05)
    return "done"


@pytest.fixture(scope="module")
def page():
    """A function that returns the page of a notebook with these texts in it."""

    def of(*texts: str) -> str:
        notebook = filled_notebook(COURSE, EXERCISE, None)
        notebook.cells = list(map(nbformat.v4.new_markdown_cell, texts))
        result = Result("ada", EXERCISE.assignment, EXERCISE.name, "graded", 0.0, 8.0, ())
        shown = autograded(notebook, course_notebook(COURSE, "release", EXERCISE), result)
        return student.page(nbformat.writes(shown), Marks())

    return of


@pytest.mark.slow
def test_brackets_cost_a_page_no_time(page):
    page("warm")
    began = time.process_time()
    made = page(*(f"{'[' * 10_000}{number}" for number in range(40)))
    # It took more than a minute.
    assert time.process_time() - began < 20
    assert made.count("[" * 10_000) == 40


def test_after_its_time_the_rest_of_a_page_is_plain(page, monkeypatch):
    assert "<em>new</em>" in page("*new*")
    monkeypatch.setattr(handed_in, "_PAGE_SECONDS", 0.0)
    assert "<pre>*late* &lt;b&gt;</pre>" in page("*late* <b>")
    monkeypatch.undo()
    # That it was late once is not kept.
    assert "<em>late</em>" in page("*late* <b>")
