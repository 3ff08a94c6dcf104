"""The numbers of a class report, counted while the results are read one by one.

However large the class, what is kept are counters and the first entries of each list.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import accumulate, groupby
from operator import attrgetter
from typing import TYPE_CHECKING, Generic, TypeVar

from workbook.course.exercises import EXERCISES, NOTEBOOKS, find
from workbook.grade.submissions.plan import StudentMarks
from workbook.grade.submissions.recounting import as_judged
from workbook.grade.submissions.results import Result

if TYPE_CHECKING:
    from workbook.grade.gradebook.recorded_marks import RecordedMark

T = TypeVar("T")

#: Entries of each list that are kept; the others are counted.
KEPT = 100
#: What may be said of a mark, by a letter: its sign and word in a table, and what that means.
REMARKS = {
    "m": ("\N{EN DASH}", "not handed in"),
    "l": ("\N{WHITE CIRCLE WITH UPPER RIGHT QUADRANT} late", "handed in after the due date"),
    "h": ("\N{LOWER RIGHT PENCIL} hand", "changed by a person"),
    "v": ("\N{CIRCLED DIVISION SLASH} void", "other points, since a test was wrong"),
    "e": ("! cut off", "not graded to the end"),
}
# A sentence may hold a name that a student chose, so there may be more than known mistakes.
_MOST_MISTAKES = 2_000


@dataclass
class Counted(Generic[T]):
    """A number of things, and the first of them."""

    count: int = 0
    first: list[T] = field(default_factory=list)

    def add(self, one: T) -> None:
        """Count one more, and keep it if it is among the first."""
        self.count += 1
        if len(self.first) < KEPT:
            self.first.append(one)


#: Students, by their names.
StudentCounts = Counted[str]


@dataclass
class HiddenTestTally:
    """The number of times that a hidden test failed, with its name and title."""

    name: str
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
    absent : StudentCounts
        The students who have not handed it in.
    hashes : Counter of str
        How many marks each version of the tests gave.
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
    absent: StudentCounts = field(default_factory=Counted)
    hashes: Counter[str] = field(default_factory=Counter)


class Tally:
    """The numbers of a class report.

    Attributes
    ----------
    students : int
        How many students have a mark.
    missing : list of (str, str)
        Students, and the exercises that they have not handed in.
    exercises : dict of str to ExerciseTally
        The exercises, in order.
    totals : Counter of float
        How many students have which total.
    mistakes : dict of (str, str) to StudentCounts
        The students who made each known mistake: an exercise, and the mistake's sentence.
    to_see : dict of str to Counted
        The results that an instructor should look at, by status.
    versions : Counter of str
        How many marks each version of the program gave.
    remarks : dict of (str, str) to str
        What is to be said of a student's mark in an exercise: letters of `REMARKS`.
    voided : dict of (str, str) to (str, str)
        The hidden tests that count differently from how they were written, by exercise and test:
        each with its title, and how it counts.
    """

    def __init__(self) -> None:
        self.students = 0
        self.missing: list[tuple[str, str]] = []
        self.exercises = {exercise.name: ExerciseTally() for exercise in NOTEBOOKS}
        self.totals: Counter[float] = Counter()
        self._students_at: defaultdict[float, StudentCounts] = defaultdict(Counted)
        self.mistakes: defaultdict[tuple[str, str], StudentCounts] = defaultdict(Counted)
        self.to_see: defaultdict[str, Counted[Result]] = defaultdict(Counted)
        self.versions: Counter[str] = Counter()
        self.remarks: dict[tuple[str, str], str] = {}
        self.voided: dict[tuple[str, str], tuple[str, str]] = {}
        self._counted: set[str] = set()

    def count(
        self, results: Iterator[Result], recorded: "Mapping[tuple[str, str], RecordedMark]"
    ) -> None:
        """Count results, which come student by student, with the points in the gradebook.

        Parameters
        ----------
        results : iterator of Result
            The results.
        recorded : mapping of (str, str) to RecordedMark
            What the gradebook holds, by student and notebook.
        """
        for student, group in groupby(results, key=attrgetter("student")):
            self._add_student(student, [self._as_recorded(one, recorded) for one in group])

    def _as_recorded(
        self, result: Result, recorded: "Mapping[tuple[str, str], RecordedMark]"
    ) -> Result:
        """Return a result with its final points, which a person may have changed."""
        exercise = find(result.exercise)
        held = recorded.get((result.student, exercise.notebook)) if exercise else None
        if remarks := _remarks(result, held):
            self.remarks[result.student, result.exercise] = remarks
        if not exercise or not held or held.points is None:
            return result
        most = result.max_points + sum(exercise.manual.values())
        return replace(result, points=held.points, max_points=most)

    def add_totals(self, marks: Iterable[StudentMarks]) -> None:
        """Count the final marks of the students who have any."""
        for one in marks:
            if one.points:
                self.students += 1
                self.totals[one.total] += 1
                self._students_at[one.total].add(one.student)

    @property
    def given(self) -> dict[str, ExerciseTally]:
        """The exercises with at least one result."""
        return {name: one for name, one in self.exercises.items() if one.results}

    @property
    def possible(self) -> float:
        """Points of the exercises with a result, without labs, which are a bonus."""
        return sum(exercise.most for exercise in EXERCISES if exercise.name in self.given)

    def add_absent(self, students: Iterable[str]) -> None:
        """Count the students of the class who have not handed in anything."""
        for student in sorted({*students} - self._counted):
            self._add_student(student, [])

    def _add_student(self, student: str, results: list[Result]) -> None:
        self._counted.add(student)
        handed_in = {result.exercise for result in results if result.status != "missing"}
        for name, exercise in self.exercises.items():
            if name not in handed_in:
                exercise.absent.add(student)
        for result in results:
            if result.status == "missing":
                self.missing.append((student, result.exercise))
            if result.exercise in self.exercises:
                self._add(result, self.exercises[result.exercise])

    def _add(self, result: Result, exercise: ExerciseTally) -> None:
        exercise.results += 1
        exercise.hashes[result.tests_sha256] += 1
        self.versions.update(f"{name} {version}" for name, version in result.versions.items())
        for test in result.tests if result.voided else ():
            if how := result.voided.get(test.name, {}).get("how"):
                self.voided[result.exercise, test.name] = test.title, how
        if result.status == "missing":
            return
        exercise.handed_in += 1
        exercise.points += result.points
        exercise.full += result.points >= result.max_points
        exercise.zero += not result.points
        exercise.untouched += result.answered is False
        if result.status != "graded" or result.notes or result.limits:
            self.to_see[result.status].add(result)
        # A stub and a broken file fail every test, which says nothing of the test.
        if result.answered is not False and result.status != "invalid":
            self._add_answer(result, exercise)

    def _add_answer(self, result: Result, exercise: ExerciseTally) -> None:
        exercise.answers += 1
        for verdict in result.tests:
            new = HiddenTestTally(verdict.name, verdict.title)
            test = exercise.tests.setdefault(verdict.name, new)
            test.failed += not verdict.passed
        exercise.failed += any(not verdict.passed for verdict in result.tests)
        sentences = {
            line for one in result.tests if one.diagnosis for line in one.diagnosis.splitlines()
        }
        exercise.named += bool(sentences)
        for sentence in sentences:
            key = (result.exercise, sentence)
            if key in self.mistakes or len(self.mistakes) < _MOST_MISTAKES:
                self.mistakes[key].add(result.student)

    def shares(self) -> dict[int, StudentCounts]:
        """Return the students by their share of the points, in tenths; 10 is all points."""
        found = {tenth: StudentCounts() for tenth in range(11)}
        for total, students in sorted(self._students_at.items()):
            tenth = min(10, int(10 * total / self.possible)) if self.possible else 0
            found[tenth].count += students.count
            found[tenth].first += students.first[: KEPT - len(found[tenth].first)]
        return found


def _remarks(result: Result, held: "RecordedMark | None") -> str:
    """Return the letters of all that is to be said of a mark."""
    said = [
        ("m", result.status == "missing"),
        ("l", held is not None and held.seconds_late > 0 and result.status != "missing"),
        ("h", held is not None and held.is_by_hand),
        ("v", result.voided and result.points != as_judged(result).points),
        ("e", result.status not in ("graded", "missing")),
    ]
    return "".join(letter for letter, is_so in said if is_so)


def quantile(totals: Counter[float], share: float) -> float:
    """Return the quantile of the totals at a share, in points.

    Parameters
    ----------
    totals : Counter of float
        How many students have each total.
    share : float
        From 0 to 1: 0.5 is the median.

    Returns
    -------
    float
        Between two totals, their mean; 0 without students.
    """
    if not totals:
        return 0.0
    place = share * totals.total()
    ordered = sorted(totals)
    reached = list(zip(ordered, accumulate(totals[total] for total in ordered), strict=True))
    low = next(total for total, students in reached if students >= place)
    high = next((total for total, students in reached if students > place), low)
    return (low + high) / 2
