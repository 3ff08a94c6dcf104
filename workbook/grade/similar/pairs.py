"""Pairs of students whose answers share what is rare in the class, over all functions."""

import warnings
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from time import perf_counter

import pycode_similar

from workbook.course.folder import Course
from workbook.grade.judging.time_limit import OutOfTimeError, own_time, until
from workbook.grade.similar.answers import Answer, given_texts
from workbook.grade.similar.shared import Pieces, Shared, pieces_of, shared_lines, shared_pieces

#: Independent right answers share less: the styles that the tests accept at most 55.
_LEAST = 60.0
# A function of three lines looks alike for many reasons, a lab leaves more to the student.
_WEIGHT_OF_A_LAB = 2.0
# For two answers, and for all of a class.
_SECONDS, _MOST_SECONDS = 1.0, 20.0


@dataclass(frozen=True)
class Likeness:
    """What the answers of two students to one function share.

    Attributes
    ----------
    first, second : Answer
        The answers.
    pieces : (Pieces, Pieces)
        Their pieces.
    given : sequence of Pieces
        Those of the stub and of the course's own solution.
    shared : Shared
        How much of them both have that is rare in the class.
    having : int
        How many answers to this function there are.
    """

    first: Answer
    second: Answer
    pieces: tuple[Pieces, Pieces]
    given: Sequence[Pieces]
    shared: Shared
    having: int

    @property
    def sides(self) -> tuple[tuple[Answer, set[int]], ...]:
        """Both answers, each with the lines, from 0, that are marked as shared."""
        one, two = self.pieces
        return (
            (self.first, shared_lines(one, two, self.given)),
            (self.second, shared_lines(two, one, self.given)),
        )

    @property
    def weighed(self) -> float:
        """What is shared, with more weight in a lab."""
        return self.shared.amount * (_WEIGHT_OF_A_LAB if self.first.exercise.is_lab else 1.0)


class SyntaxTrees:
    """Compares syntax trees by `pycode_similar`, as long as the time for it lasts.

    It looks at each function of one answer beside each of the other, and an answer may hold
    thousands.
    """

    def __init__(self) -> None:
        self._left = _MOST_SECONDS

    def share(self, one: Likeness) -> float | None:
        """Return the share of the syntax tree that two answers have; None if it cannot be said."""
        began = perf_counter()
        try:
            with until(own_time(min(_SECONDS, self._left))):
                return _share(one.first.text, one.second.text)
        except OutOfTimeError:
            return None
        finally:
            self._left -= perf_counter() - began


def _share(*texts: str) -> float | None:
    # Whatever a student wrote, and whatever a later Python no longer has.
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            [(_, functions)] = pycode_similar.detect(texts, keep_prints=True)
    except Exception:
        return None
    total = sum(one.total_count for one in functions)
    return sum(one.plagiarism_count for one in functions) / total if total else None


@dataclass(frozen=True)
class Pair:
    """Two students, and the functions in which their answers share much.

    Attributes
    ----------
    first, second : str
        The students.
    likenesses : tuple of Likeness
        One for each of these functions, most first.
    """

    first: str
    second: str
    likenesses: tuple[Likeness, ...]

    @property
    def shared(self) -> float:
        """About how many characters of what is rare they share in all."""
        return sum(one.shared.amount for one in self.likenesses)

    @property
    def weighed(self) -> float:
        """The sum of what is shared, by which pairs are put in order."""
        return sum(one.weighed for one in self.likenesses)


def pairs_of(course: Course, answers: Iterable[Answer]) -> list[Pair]:
    """Return the pairs of students whose answers share much of what is rare, most first.

    Parameters
    ----------
    course : Course
        The course, built.
    answers : iterable of Answer
        The answers of the class.
    """
    by_function: dict[str, list[Answer]] = defaultdict(list)
    for answer in answers:
        by_function[answer.function].append(answer)
    found: dict[tuple[str, str], list[Likeness]] = defaultdict(list)
    for same in by_function.values():
        for one in _likenesses(course, same):
            found[one.first.student, one.second.student].append(one)
    pairs = [
        Pair(first, second, tuple(sorted(several, key=lambda one: -one.weighed)))
        for (first, second), several in found.items()
    ]
    return sorted(pairs, key=lambda pair: (-pair.weighed, pair.first, pair.second))


def _likenesses(course: Course, answers: list[Answer]) -> Iterable[Likeness]:
    """Yield the pairs of answers to one function."""
    answers = sorted(answers, key=lambda answer: answer.student)
    exercise = answers[0].exercise
    given = [
        pieces_of(text)
        for folder in ("release", "source")
        for text in given_texts(course, exercise, folder)
    ]
    pieces = [pieces_of(answer.text) for answer in answers]
    for shared in shared_pieces(pieces, given, _LEAST):
        one, two = shared.first, shared.second
        both = pieces[one], pieces[two]
        yield Likeness(answers[one], answers[two], both, given, shared, len(answers))
