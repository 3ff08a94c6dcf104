"""Replaces students' names by numbers that reveal nothing and stay the same."""

import hmac
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from workbook.grade.gradebook.recorded_marks import Recorded
from workbook.grade.submissions.results import Result

_FIGURES = 6
# Shorter names are also words, such as "a", that stand in any sentence.
_SHORTEST = 3


def student_numbers(secret: bytes, students: Iterable[str]) -> dict[str, str]:
    """Return a number for each student, which nobody can compute without the course's secret.

    A student's number does not depend on who else is in the class, but for the rare case that two
    would have the same one.

    Parameters
    ----------
    secret : bytes
        The secret of the course.
    students : iterable of str
        The students.
    """
    digests = {one: _digest(secret, one) for one in {*students}}
    taken: dict[int, str] = {}
    for student, digest in sorted(digests.items(), key=lambda one: one[1]):
        number = digest % 10**_FIGURES
        while number in taken:
            number = (number + 1) % 10**_FIGURES
        taken[number] = student
    return {student: f"{number:0{_FIGURES}d}" for number, student in taken.items()}


def _digest(secret: bytes, student: str) -> int:
    text = b"number of a student in reports\0" + student.encode("utf-8", "surrogatepass")
    return int.from_bytes(hmac.digest(secret, text, "sha256"), "big")


def without_names(
    results: Iterable[Result], called: Mapping[str, str], names: Iterable[str]
) -> Iterator[Result]:
    """Yield results under students' numbers, without any sentence that could name somebody.

    Parameters
    ----------
    results : iterable of Result
        The results.
    called : mapping of str to str
        The students' numbers.
    names : iterable of str
        The names of the students.
    """
    words = {word for name in (*called, *names) for word in (name, *re.split(r"[\W_]+", name))}
    known = sorted({re.escape(word) for word in words if len(word) >= _SHORTEST})
    pattern = re.compile(rf"(?<!\w)({'|'.join(known) or '(?!)'})(?!\w)", re.IGNORECASE)
    for result in results:
        tests = tuple(
            replace(test, diagnosis=None)
            if test.diagnosis and pattern.search(test.diagnosis)
            else test
            for test in result.tests
        )
        # Notes quote what students wrote, and what they called their files.
        yield replace(result, student=called[result.student], tests=tests, notes=())


def renamed(recorded: Recorded, called: Mapping[str, str]) -> Recorded:
    """Return what a gradebook holds under students' numbers, without names."""
    marks = {(called[student], name): mark for (student, name), mark in recorded.marks.items()}
    return Recorded(marks, {called[student]: "" for student in recorded.students})
