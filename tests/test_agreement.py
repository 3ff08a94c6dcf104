"""What fails a visible check never earns full marks, and every check says the same."""

import pytest

from tests.agreement import (
    checked_from_outside,
    checked_in_kernel,
    full_marks,
    lab_of_right_answers,
    of_catalogue,
    of_class,
    of_honest_notebooks,
    of_other_styles,
)
from tests.reference import by_commit
from workbook.learn.workspace.check_process import Checker

pytestmark = pytest.mark.slow

# Before a release half of what is alike, for that takes minutes.
ANSWERS = [
    *by_commit([*of_catalogue(), *of_other_styles(), *of_class()][::2], 90),
    *by_commit(of_honest_notebooks(), 6),
]


@pytest.fixture(scope="module")
def lab(tmp_path_factory):
    return lab_of_right_answers(tmp_path_factory.mktemp("lab"))


@pytest.fixture(scope="module")
def checker():
    """The process that checks for `workbook check` and `progress`."""
    with Checker(60.0) as checker:
        yield checker


@pytest.mark.in_turns(5)
@pytest.mark.parametrize("answer", ANSWERS, ids=lambda answer: answer.label)
def test_every_check_and_grading_agree(answer, lab, judge, checker):
    path = lab / answer.exercise.notebook_path
    before = path.read_bytes()
    try:
        outside = checked_from_outside(answer, path)
        (checked,) = checker.check(path, answer.name)
        inside = checked_in_kernel(answer, path)
    finally:
        path.write_bytes(before)
    passes = outside is not None and all(passed for _, passed in outside)
    assert checked.passed is passes
    assert inside is None or inside == outside
    if not passes:
        assert not full_marks(answer, judge)
