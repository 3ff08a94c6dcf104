"""The outcome of a submission's tests, before it is a result."""

import platform
from dataclasses import dataclass, field
from functools import cache
from importlib.metadata import version

import numpy as np

from workbook.course.hidden_tests import HiddenTest
from workbook.course.verdicts import Verdict


@dataclass(frozen=True)
class Outcome:
    """Status, verdicts, notes and limits, as a `Result` has them."""

    status: str
    tests: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    limits: dict[str, str] = field(default_factory=dict)


def nothing(status: str, reason: str, tests: tuple[HiddenTest, ...]) -> Outcome:
    """Return the outcome of a submission that holds no answer."""
    verdicts = tuple(Verdict(t.name, t.title, False, 0.0, t.points, reason) for t in tests)
    return Outcome(status, verdicts, (reason,))


def outcome_cut_off(
    status: str, reason: str, tests: tuple[HiddenTest, ...], before: tuple[Verdict, ...]
) -> Outcome:
    """Return the outcome of a submission whose tests did not come to their end.

    Parameters
    ----------
    status : str
        As in a result.
    reason : str
        Why, for the student.
    tests : tuple of HiddenTest
        All tests.
    before : tuple of Verdict
        The verdicts of those that had been run.
    """
    known = {verdict.name: verdict for verdict in before}
    rest = {verdict.name: verdict for verdict in nothing(status, reason, tests).tests}
    return Outcome(status, tuple((rest | known).values()), (reason,))


@cache
def versions_that_decide() -> dict[str, str]:
    """Return the versions of all that decides a mark."""
    return {
        "python": platform.python_version(),
        "numpy": np.__version__,
        "workbook": version("backprop-workbook"),
    }
