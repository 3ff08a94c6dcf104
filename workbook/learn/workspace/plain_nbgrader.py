"""Mark hidden tests inside the student's kernel, for a plain nbgrader.

The course's own configuration judges in a process apart (see ``workbook.grade``). Where that is
missing, nbgrader runs the hidden tests of the source notebook in the student's kernel, and reads
the points from what the last line of the cell shows.
"""

import contextlib
import inspect
import secrets
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from workbook.course.hidden_tests import hidden_test, run
from workbook.course.scripted import learner_code
from workbook.course.verdicts import earned, verdict_text
from workbook.learn.quiet import quiet


def mark(
    student: Callable[..., Any],
    tests: Iterable[tuple[Callable[..., None], float]],
    earlier: Mapping[str, Callable[..., Any]],
) -> float:
    """Run hidden tests on the student's function, print what failed, and return the points.

    Parameters
    ----------
    student : callable
        The student's function or class.
    tests : iterable of (callable, float)
        Test functions with their points.
    earlier : mapping of str to callable
        Right versions of the earlier exercises that the function may call.

    Returns
    -------
    float
        The points. A plain float: nbgrader gives full marks for any other number that it shows.
    """
    hidden = [hidden_test(function, points) for function, points in tests]
    # nbgrader gives no points to a cell that writes to stderr, and a warning is no mistake.
    with _replaced(student, earlier), quiet():
        verdicts = run(hidden, student, secrets.randbits(32))
    for verdict in verdicts:
        print(verdict_text(verdict))
    return earned(verdicts)


@contextlib.contextmanager
def _replaced(
    student: Callable[..., Any], earlier: Mapping[str, Callable[..., Any]]
) -> Iterator[None]:
    """Give the student's function right versions of what it imported from earlier notebooks."""
    names = _namespace(student) or {}
    # What the notebook defines itself is the student's own answer, and stays.
    before = {name: names.get(name) for name in earlier if not _is_own(names.get(name), names)}
    names.update({name: earlier[name] for name in before})
    try:
        yield
    finally:
        names.update({name: value for name, value in before.items() if value is not None})


def _is_own(function: Any, names: dict[str, Any]) -> bool:
    """Return whether the notebook with these names defines the function, and does not import it."""
    # One from an earlier notebook has ``__main__`` as its module, too, but names of its own.
    if getattr(function, "__module__", None) != names.get("__name__"):
        return False
    own = _namespace(function)
    return own is None or own is names


def _namespace(function: Any) -> dict[str, Any] | None:
    """Return the global names of a function, or of a class's methods; None if it has none."""
    return getattr(inspect.unwrap(learner_code(function)), "__globals__", None)
