"""Recounts a result of which some tests count differently from how they were written.

A result keeps what each of its tests gave when it was judged, and can so be counted in another way,
or as it was, without judging it again.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.course.verdicts import Verdict
from workbook.grade.submissions.results import Result
from workbook.grade.submissions.voided import Void, Voids, cells


def recounted(course: Course, voids: Voids, result: Result) -> Result:
    """Return a result whose tests count as the course says now.

    Parameters
    ----------
    course : Course
        The course.
    voids : mapping of (str, str) to Void
        The tests that count differently from how they were written.
    result : Result
        The result, however it was counted before.
    """
    exercise = find(result.exercise)
    judged = as_judged(result)
    own = {void.test: void for void in voids.values() if void.exercise == result.exercise}
    if exercise is None or not own:
        return judged
    tests = {test.name: test for test in judged.tests}
    for names in cells(course, exercise):
        if not own.keys().isdisjoint(names):
            there = [tests[name] for name in names if name in tests]
            tests |= {test.name: test for test in _counted(there, own, result.status)}
    voided = {
        before.name: {
            "how": own[before.name].how if before.name in own else "",
            "points": before.points,
            "max_points": before.max_points,
        }
        for before in judged.tests
        if before.name in own or before != tests[before.name]
    }
    points = round(sum(test.points for test in tests.values()), 6)
    return replace(judged, tests=tuple(tests.values()), points=points, voided=voided)


def as_judged(result: Result) -> Result:
    """Return a result with the points that its tests gave when it was judged."""
    if not result.voided:
        return result
    tests = tuple(
        replace(test, points=kept["points"], max_points=kept["max_points"]) if kept else test
        for test in result.tests
        for kept in (result.voided.get(test.name),)
    )
    points = float(sum(test.points for test in tests))
    return replace(result, tests=tests, points=points, voided={})


def _counted(tests: list[Verdict], voids: Mapping[str, Void], status: str) -> Iterator[Verdict]:
    """Yield the tests of a graded cell with the points that they give now."""
    most = _shares({test.name: _weight(test, voids.get(test.name)) for test in tests},
                   sum(test.max_points for test in tests))  # fmt: skip
    for test in tests:
        void = voids.get(test.name)
        is_given = test.passed or (void and void.weight is None and status != "missing")
        points = most[test.name]
        yield replace(test, points=points if is_given else 0.0, max_points=points)


def _weight(test: Verdict, void: Void | None) -> float:
    return test.max_points if void is None or void.weight is None else void.weight


def _shares(weights: Mapping[str, float], points: float) -> dict[str, float]:
    """Share points out by weight, in hundredths of a point that add up to all of them."""
    whole = sum(weights.values())
    exact = {name: 100 * points * weight / whole for name, weight in weights.items()}
    shares = {name: int(value + 1e-6) for name, value in exact.items()}
    left = round(100 * points) - sum(shares.values())
    for name in sorted(exact, key=lambda one: shares[one] - exact[one])[:left]:
        shares[name] += 1
    return {name: share / 100 for name, share in shares.items()}
