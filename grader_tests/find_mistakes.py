"""Hidden tests of find_mistakes."""

import numpy as np
import pytest

from grader_tests.candidates import ALL_RIGHT, KINDS, PLAINLY_WRONG, candidate_of
from grader_tests.support import Case
from workbook.course.compare import split
from workbook.course.findings import Findings
from workbook.course.given.candidates import CANDIDATES
from workbook.course.kinds import kind
from workbook.course.words import counted

RETURNS = ("findings",)

#: Tries of wrong candidates, and of right ones, at least.
TRIES = 7

#: What the public candidates are, in words; a right one comes first and last.
PUBLIC = {
    "by_slopes": "a right candidate",
    "flat_db": "db is flat",
    "repeated_db": "db has a column for each example",
    "long_dW": "dW is m times too large",
    "short_dA_prev": "dA_prev is divided by m",
    "lost_at_one_example": "dA_prev is flat with 1 example",
    "ends_at_one_example": "it ends with an exception with 1 example",
    "lost_at_one_unit": "db is a number with 1 unit",
    "clears_dZ": "dZ is all zeros afterwards",
    "adds_up": "dW grows from call to call",
    "cuts_off": "dW is cut off at 10,000",
    "drops_small": "entries of dZ below 0.0001 are lost",
    "in_a_list": "a right candidate that returns a list",
}


def public_cases():
    """Candidates of the visible checks."""
    for name, title in PUBLIC.items():
        yield Case(title, (CANDIDATES[name],), Findings(not title.startswith("a right")))


def finds_any(student, candidate):
    """Return whether anything is found, or raise AssertionError if the answer is no list."""
    (findings,) = split(student(candidate), RETURNS)
    assert isinstance(findings, list | tuple), (
        f"the function returned {kind(findings)}; it should return a list, which is empty for a "
        "right candidate"
    )
    return len(findings) > 0


def assert_judges(student, rng, wrong, right):
    """Raise AssertionError unless wrong candidates are found, and right ones are not refused.

    Each side has at least seven tries, some of one candidate again, in an order that is drawn: a
    fixed list of verdicts meets the order in at most one of 3,432 cases.
    """
    counts = (max(TRIES, len(group) + 2) for group in (wrong, right))
    tries = [
        group[at]
        for group, count in zip((wrong, right), counts, strict=True)
        for at in np.resize(rng.permutation(len(group)), count)
    ]
    said, spent = {}, 0
    for at in rng.permutation(len(tries)):
        candidate = candidate_of(tries[at])
        said.setdefault(tries[at], []).append(finds_any(student, candidate))
        spent += candidate.is_spent
    over = (
        f"; in {spent} of {len(tries)} tries the candidate was called more often, or with more "
        "numbers, than it may be, and ended with an exception"
    )
    over = over if spent else ""
    both = [function for function, verdicts in said.items() if len(set(verdicts)) > 1]
    assert not both, (
        f"{counted(len(both), 'candidate', 'candidates')} of {len(said)} got different verdicts at "
        f"different times{over}"
    )
    missed = [function for function in wrong if not said[function][0]]
    refused = [function for function in right if said[function][0]]
    assert not [*missed, *refused], (
        f"of {len(wrong)} wrong candidates, {len(missed)} passed; "
        f"of {len(right)} right ones, {len(refused)} {'was' if len(refused) == 1 else 'were'} "
        f"refused{over}"
    )


@pytest.mark.points(2)
def test_finds_wrong_shapes(student, rng):
    """Wrong shapes are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["shapes"])


@pytest.mark.points(2)
def test_finds_wrong_dW_and_db(student, rng):
    """Wrong numbers in dW and db are found, and right candidates pass that round otherwise"""
    assert_judges(student, rng, *KINDS["dW and db"])


@pytest.mark.points(2)
def test_finds_wrong_dA_prev(student, rng):
    """Wrong numbers in dA_prev are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["dA_prev"])


@pytest.mark.points(2)
def test_finds_mistakes_with_one_example(student, rng):
    """Mistakes that show with one example alone are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["one example"])


@pytest.mark.points(1)
def test_finds_mistakes_with_one_unit(student, rng):
    """Mistakes that show with one unit or one input alone are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["one unit"])


@pytest.mark.points(2)
def test_finds_changed_inputs(student, rng):
    """Inputs that have changed are found, and right candidates pass that work on copies"""
    assert_judges(student, rng, *KINDS["inputs"])


@pytest.mark.points(2)
def test_finds_what_earlier_calls_leave(student, rng):
    """Answers that depend on earlier calls are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["calls"])


@pytest.mark.points(1)
def test_finds_lost_large_and_small_numbers(student, rng):
    """Mistakes with large or small numbers alone are found, and right candidates pass"""
    assert_judges(student, rng, *KINDS["sizes"])


@pytest.mark.points(2)
def test_lets_right_candidates_pass(student, rng):
    """Right candidates of every style pass, and plain mistakes beside them do not"""
    assert_judges(student, rng, PLAINLY_WRONG, ALL_RIGHT)
