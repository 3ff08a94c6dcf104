"""Honest notebooks keep their marks, whichever way they are graded, and the check agrees."""

import pytest

from tests import honest
from tests.honest import FULL, PART, ROWS
from tests.reference import before_a_release, by_commit, by_turns, sample
from workbook.course.exercises import find
from workbook.course.folder import Course

pytestmark = pytest.mark.slow

TRIED = by_turns(sample(ROWS, 3), 4)
# A kernel takes seconds: by default, few notebooks run in one.
CHECKED = by_turns(by_commit([row for row in ROWS if row.check is not None], 25), 3)


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("honest") / "submitted"
    honest.hand_in(folder, TRIED)
    return folder


@pytest.fixture(scope="module")
def marks(submitted):
    return honest.graded(submitted, submitted.parent / "out")


def full_marks(course: Course, row: honest.Honest) -> float:
    return sum(test.points for test in course.all_hidden_tests(find(row.exercise)))


@pytest.mark.parametrize("row", TRIED, ids=lambda row: row.name)
def test_it_earns_what_it_deserves(row, marks, course):
    most = full_marks(course, row)
    earned = marks[row.student, row.exercise]
    if row.earns == PART:
        assert 0 < earned < most
    else:
        assert earned == (most if row.earns == FULL else row.earns)


@before_a_release
def test_nbgrader_gives_the_same(marks, tmp_path):
    honest.hand_in(tmp_path / "submitted", ROWS)
    got = honest.autograded(tmp_path / "submitted", tmp_path / "course")
    # With the other exercises of each one's assignment, which are missing.
    assert got.keys() >= {(row.student, row.exercise) for row in ROWS}
    assert got == {key: marks[key] for key in got}


@pytest.mark.parametrize("row", CHECKED, ids=lambda row: row.name)
def test_the_check_agrees_in_a_kernel_and_from_the_command_line(row, tmp_path):
    path = honest.workspace(tmp_path, row)
    assert honest.passes_in_kernel(path) == row.check
    assert honest.passes_command(path) == row.check
