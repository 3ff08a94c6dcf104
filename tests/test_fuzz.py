"""Each fuzzer finds what was planted for it, and in a few examples nothing; and what they found."""

import tarfile
import zipfile

import pytest
from hypothesis import given

from tests.fuzz import examples
from tests.fuzz.disturbed import Run
from tests.fuzz.fuzzers import fuzz
from tests.fuzz.grading import check_history, histories
from tests.fuzz.reading import check_handed_in, handed_in
from tests.reference import by_commit
from workbook.grade import class_run
from workbook.grade.sandbox import wire
from workbook.grade.submissions import archives, choose, find, submission
from workbook.grade.submissions import handed_in as entries
from workbook.grade.submissions.results import Judged


@pytest.mark.slow
@given(handed_in())
@examples(40)
def test_what_is_handed_in_is_read_or_named(files):
    check_handed_in(files)


@pytest.mark.slow
@given(histories)
@examples(5)
def test_each_mark_is_right_or_not_given(steps):
    check_history(steps)


@pytest.mark.slow
def test_what_is_missing_has_no_points_also_where_judging_fails():
    check_history([Run(judges=((6, 0, "other", 2),), force=True)])


@pytest.mark.slow
def test_no_traceback_of_nbgraders_is_shown_where_the_gradebooks_disk_fails():
    # At one of these moments, a student's cells are entered.
    for moment in range(64, 69):
        check_history([Run((), "broken", moment)])


def unpacked(data):
    """Read a file, and write it where nothing may be written."""
    with open("/dev/null", "wb") as file:
        file.write(data)
    return data, []


def hungry(data):
    """Read a file, and take more memory than that may."""
    return data, [] if b"x" * (600 * 2**20) else [""]


def zero(run, one, error):
    """Count a fault of the grader as the student's."""
    job = one.job()
    nothing = class_run.Result(
        one.student, one.exercise.assignment, one.exercise.name, "crashed", 0.0, 8.0, (),
        submission_sha256=job.sha256,
    )  # fmt: skip
    run._write_result(one, Judged(nothing, "{}"), None)


PLANTED = {
    "an exception of zipfile": ("submissions", archives, "_DAMAGED", (tarfile.TarError,)),
    "an exception of tarfile": ("submissions", archives, "_DAMAGED", (zipfile.BadZipFile,)),
    "half a character": ("submissions", submission, "without_surrogates", str),
    "a name that steers a terminal": ("submissions", choose, "printable", str),
    "a file that is written": ("submissions", entries, "shorten_file", unpacked),
    "memory": ("submissions", entries, "shorten_file", hungry),
    "a file that is not named": ("submissions", find, "name_the_rest", lambda *told: None),
    "a key that has no hash": ("wire", wire, "_KEYS", wire._KEYS | {list}),
    "a text that no file holds": ("wire", wire, "without_surrogates", str),
    "a bool that is neither": ("wire", wire, "_BOOL", None),
    "a fault that costs the mark": ("grading", class_run._ClassRun, "_note_failure", zero),
    "a mark that stays": ("grading", class_run.results, "remove", lambda *paths: None),
}


@pytest.mark.slow
@pytest.mark.parametrize("fault", by_commit(PLANTED, 6))
def test_a_planted_fault_is_found(fault, monkeypatch):
    what, place, name, planted = PLANTED[fault]
    monkeypatch.setattr(place, name, planted)
    # Slow machines need more than a minute for some of them.
    _, found = fuzz(what, 180, seed=1, shrink=False)
    assert "Error" in found
