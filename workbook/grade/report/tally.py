"""The numbers of a class report, counted while the results are read one by one.

However large the class, what is kept are counters and the first entries of each list.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import accumulate

from workbook.course.exercises import EXERCISES, NOTEBOOKS
from workbook.grade.submissions.results import Result

#: Entries of each list that are kept; the others are counted.
KEPT = 100
# Sentences are as many as there are known mistakes, but a few hold a name that a student chose.
_MOST_MISTAKES = 2_000


@dataclass
class Students:
    """The number of students, and the names of the first ones."""

    count: int = 0
    names: list[str] = field(default_factory=list)

    def add(self, student: str) -> None:
        """Count a student."""
        self.count += 1
        if len(self.names) < KEPT:
            self.names.append(student)


@dataclass
class HiddenTestTally:
    """The number of times that a hidden test failed, and its title as in the results."""

    title: str
    failed: int = 0


@dataclass
class ExerciseTally:
    """The results of the class in one exercise.

    Attributes
    ----------
    results : int
        How many results there are, of notebooks that were not handed in as well.
    handed_in, full, zero, untouched : int
        How many notebooks there are, with full marks, with no points, and as they were released.
    points : float
        Sum of the points.
    answers, failed, named : int
        How many answers were tested, failed a hidden test, and look like a known mistake.
    tests : dict of str to HiddenTestTally
        The hidden tests of the answers, by name.
    absent : Students
        Who has not handed it in.
    hashes : Counter of str
        How many marks were given by which version of the tests.
    """

    results: int = 0
    handed_in: int = 0
    full: int = 0
    zero: int = 0
    untouched: int = 0
    points: float = 0.0
    answers: int = 0
    failed: int = 0
    named: int = 0
    tests: dict[str, HiddenTestTally] = field(default_factory=dict)
    absent: Students = field(default_factory=Students)
    hashes: Counter[str] = field(default_factory=Counter)


@dataclass
class Odd:
    """Submissions with one unusual status: their number, and the first ones."""

    count: int = 0
    results: list[Result] = field(default_factory=list)


class Tally:
    """The numbers of a class report.

    Attributes
    ----------
    students : int
        How many students have a result.
    exercises : dict of str to ExerciseTally
        The exercises, in order.
    totals : Counter of float
        How many students have which total.
    mistakes : dict of (str, str) to Students
        Who made which known mistake: an exercise, and what the answer looks like.
    odd : dict of str to Odd
        Submissions that need a look, by status.
    versions : Counter of str
        How many marks were given with which version of the program.
    """

    def __init__(self) -> None:
        self.students = 0
        self.exercises = {exercise.name: ExerciseTally() for exercise in NOTEBOOKS}
        self.totals: Counter[float] = Counter()
        self.mistakes: dict[tuple[str, str], Students] = {}
        self.odd: dict[str, Odd] = {}
        self.versions: Counter[str] = Counter()
        self._students_at: dict[float, list[str]] = {}

    def counting(self, results: Iterator[Result]) -> Iterator[Result]:
        """Yield the results unchanged, which come student by student, and count them."""
        theirs: list[Result] = []
        for result in results:
            if theirs and theirs[0].student != result.student:
                self._add_student(theirs)
                theirs = []
            theirs.append(result)
            yield result
        if theirs:
            self._add_student(theirs)

    @property
    def given(self) -> dict[str, ExerciseTally]:
        """The exercises with at least one result."""
        return {name: one for name, one in self.exercises.items() if one.results}

    @property
    def possible(self) -> int:
        """Points of the exercises with a result, without labs, which are a bonus."""
        return sum(exercise.points for exercise in EXERCISES if exercise.name in self.given)

    def _add_student(self, results: list[Result]) -> None:
        student = results[0].student
        self.students += 1
        handed_in = {result.exercise for result in results if result.status != "missing"}
        for name, exercise in self.exercises.items():
            if name not in handed_in:
                exercise.absent.add(student)
        total = sum(result.points for result in results)
        self.totals[total] += 1
        here = self._students_at.setdefault(total, [])
        if len(here) < KEPT:
            here.append(student)
        for result in results:
            if result.exercise in self.exercises:
                self._add(result, self.exercises[result.exercise])

    def _add(self, result: Result, exercise: ExerciseTally) -> None:
        exercise.results += 1
        exercise.hashes[result.tests_sha256] += 1
        self.versions.update(f"{name} {version}" for name, version in result.versions.items())
        if result.status == "missing":
            return
        exercise.handed_in += 1
        exercise.points += result.points
        exercise.full += result.points == result.max_points
        exercise.zero += not result.points
        exercise.untouched += result.answered is False
        if result.status != "graded" or result.notes or result.limits:
            odd = self.odd.setdefault(result.status, Odd())
            odd.count += 1
            if len(odd.results) < KEPT:
                odd.results.append(result)
        # A stub and a broken file fail every test, which says nothing of the test.
        if result.answered is not False and result.status != "invalid":
            self._add_answer(result, exercise)

    def _add_answer(self, result: Result, exercise: ExerciseTally) -> None:
        exercise.answers += 1
        for verdict in result.tests:
            test = exercise.tests.setdefault(verdict.name, HiddenTestTally(verdict.title))
            test.failed += not verdict.passed
        exercise.failed += any(not verdict.passed for verdict in result.tests)
        sentences = {verdict.diagnosis for verdict in result.tests if verdict.diagnosis}
        exercise.named += bool(sentences)
        for sentence in sentences:
            key = (result.exercise, sentence)
            if key in self.mistakes or len(self.mistakes) < _MOST_MISTAKES:
                self.mistakes.setdefault(key, Students()).add(result.student)

    def shares(self) -> dict[int, Students]:
        """Return the students by their share of the points, in tenths; 10 is all points."""
        found = {tenth: Students() for tenth in range(11)}
        for total in sorted(self.totals):
            tenth = min(10, int(10 * total / self.possible)) if self.possible else 0
            for student in self._students_at[total]:
                if len(found[tenth].names) < KEPT:
                    found[tenth].names.append(student)
            found[tenth].count += self.totals[total]
        return found


def quantile(totals: Counter[float], share: float) -> float:
    """Return the quantile of the totals at this share; between two totals, their mean."""
    if not totals:
        return 0.0
    place = share * totals.total()
    ordered = sorted(totals)
    reached = list(zip(ordered, accumulate(totals[total] for total in ordered), strict=True))
    low = next(total for total, students in reached if students >= place)
    high = next((total for total, students in reached if students > place), low)
    return (low + high) / 2
