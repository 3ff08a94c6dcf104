"""Hidden tests that turned out to be wrong, and how they count instead.

They stand in a text file of the course.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from math import isfinite
from typing import Any

from workbook.course.exercises import FUNCTIONS, Exercise, find
from workbook.course.folder import Course
from workbook.course.text import printable
from workbook.course.words import did_you_mean, in_points
from workbook.grade.submissions.identify import tests_in
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import write_text

#: Name of the file.
FILE = "voided.toml"

_FULL_MARKS, _LEFT_OUT = "full marks", "left out"
_HEAD = """\
# Hidden tests that count differently from how they were written. `workbook void` writes this
# file. You may change it; then run `workbook grade submitted`. `count` is "full marks" (everybody
# who has handed in gets the points), "left out" (the others of its part share the points) or a
# number (what the test is worth beside these). Students read the `reason`.
"""
# Where a part of the file begins.
_SECTION = re.compile(r"^(?=\[)", re.MULTILINE)


class VoidError(Exception):
    """A test cannot count so, or the file is damaged; the text says why, and what to do."""


@dataclass(frozen=True)
class Void:
    """How a hidden test counts instead.

    Attributes
    ----------
    exercise, test : str
        Which test it is.
    weight : float or None
        Its points in relation to those of the other tests of its graded cell, 0 if it does not
        count; None if everybody who has handed in gets its points.
    reason : str
        Why, for students; may be empty.
    since : datetime.date or None
        When that was decided.
    """

    exercise: str
    test: str
    weight: float | None = None
    reason: str = ""
    since: date | None = None

    @property
    def name(self) -> str:
        """The test as commands and pages call it."""
        return f"{self.exercise}/{self.test}"

    @property
    def how(self) -> str:
        """A sentence on how it counts."""
        if self.weight is None:
            said = "everybody who has handed in gets the points of this test"
        elif self.weight == 0:
            said = "this test does not count; the others of its part share its points"
        else:
            points = in_points(self.weight)
            said = f"this test counts like one of {points} among the others of its part"
        return f"{said} ({self.reason})" if self.reason else said


#: By exercise and test.
Voids = Mapping[tuple[str, str], Void]


def read_voids(course: Course) -> Voids:
    """Return the tests of a course that count differently.

    Raises
    ------
    VoidError
        If the file is damaged, names a test that is not there, or leaves a part without points.
    """
    path = course.root / FILE
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", "") or "it is not text"
        raise VoidError(f"{path} cannot be read ({why})") from error
    voids = _parsed(text, str(path))
    check_voided(course, voids)
    return voids


@lru_cache(maxsize=8)
def _parsed(text: str, path: str) -> Voids:
    try:
        held = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise VoidError(f"{path} cannot be read: {error}. Correct that line") from error
    found = {}
    for exercise, tests in held.items():
        for test, entry in tests.items() if isinstance(tests, dict) else [("", None)]:
            if not isinstance(entry, dict):
                raise VoidError(f'{path}: "{exercise}" should begin a line [EXERCISE.test_NAME]')
            found[exercise, test] = _void(exercise, test, entry, path)
    return found


def _void(exercise: str, test: str, entry: dict[str, Any], path: str) -> Void:
    count, since = entry.get("count"), entry.get("since")
    weight = None
    if count == _LEFT_OUT:
        weight = 0.0
    elif isinstance(count, int | float) and not isinstance(count, bool):
        weight = float(count)
    if (weight is None and count != _FULL_MARKS) or (weight is not None and not is_weight(weight)):
        raise VoidError(
            f"{path}, [{exercise}.{test}]: count should be "
            f'"{_FULL_MARKS}", "{_LEFT_OUT}" or a number from 0 to 1000'
        )
    return Void(
        exercise,
        test,
        weight,
        printable(" ".join(str(entry.get("reason", "")).split())),
        since if isinstance(since, date) else None,
    )


def is_weight(weight: float) -> bool:
    """Tell whether a test can be worth so much."""
    return isfinite(weight) and 0 <= weight <= 1000


def write_voids(course: Course, voids: Voids) -> None:
    """Write the tests that count differently into the course's file; remarks in it stay.

    Parameters
    ----------
    course : Course
        The course.
    voids : mapping of (str, str) to Void
        The tests. Without any, the file is removed.
    """
    path = course.root / FILE
    if not voids:
        path.unlink(missing_ok=True)
        return
    text = path.read_text(encoding="utf-8") if path.exists() else _HEAD
    head, *parts = _SECTION.split(text)
    wanted = {f"[{one.exercise}.{one.test}]": one for one in voids.values()}
    there = {part.partition("\n")[0].strip(): part for part in parts}
    sections = []
    for heading, void in wanted.items():
        held = there.get(heading, "")
        is_same = held and _parsed(held, "")[void.exercise, void.test] == void
        sections.append(held.rstrip() if is_same else "\n".join([heading, *_lines(void)]))
    write_text(path, "\n\n".join(filter(None, [head.rstrip(), *sections])) + "\n")


def _lines(void: Void) -> Iterator[str]:
    words = {None: json.dumps(_FULL_MARKS), 0.0: json.dumps(_LEFT_OUT)}
    yield f"count = {words.get(void.weight, f'{void.weight}')}"
    if void.reason:
        yield f"reason = {json.dumps(void.reason, ensure_ascii=False)}"
    if void.since:
        yield f"since = {void.since:%Y-%m-%d}"


def named(course: Course, text: str) -> tuple[Exercise, str]:
    """Return the exercise and the test that a text such as "compute_cost/test_shape" names.

    The test is empty if the text names the exercise alone.

    Raises
    ------
    VoidError
        If there is no such exercise, or no such test.
    """
    name, _, test = text.removesuffix("/").partition("/")
    exercise = find(name) or FUNCTIONS.get(name)
    if exercise is None:
        exercises = f"; the functions with hidden tests are: {', '.join(FUNCTIONS)}"
        raise VoidError(f"unknown exercise {name!r}{did_you_mean(name, FUNCTIONS, exercises)}")
    known = [one for cell in cells(course, exercise) for one in cell]
    if test and test not in known:
        raise VoidError(
            f"{exercise.name} has no hidden test {test!r}: `workbook void {exercise.name}` lists "
            f"its tests{did_you_mean(test, known)}"
        )
    return exercise, test


def cells(course: Course, exercise: Exercise) -> list[tuple[str, ...]]:
    """Return the hidden tests of each graded cell of an exercise."""
    found = (
        tests_in(cell)
        for cell in course_notebook(course, "source", exercise).cells
        if cell.metadata.get("nbgrader", {}).get("grade")
    )
    return [tuple(tests) for tests in found if tests]


def check_voided(course: Course, voids: Voids) -> None:
    """Raise VoidError for a test that is not there, and for a part of which nothing would count."""
    for exercise, test in voids:
        if find(exercise) is None:
            meant = did_you_mean(exercise, FUNCTIONS)
            raise VoidError(f"{FILE}: unknown exercise {exercise!r}{meant}")
        try:
            known, _ = named(course, f"{exercise}/{test}")
        except VoidError as error:
            raise VoidError(f"{FILE}: {error}. Correct or remove its lines") from error
        (cell,) = [one for one in cells(course, known) if test in one]
        if all((void := voids.get((exercise, one))) and void.weight == 0 for one in cell):
            raise VoidError(
                f"{exercise}: without {test}, no test of its part of the exercise would count. "
                "Give everybody its points instead: --full-marks"
            )
