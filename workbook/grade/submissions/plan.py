"""Plain facts of a grading: its plan, its outcome, and the error that forbids it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from workbook.course.folder import Course
from workbook.grade.submissions.limits import Layers, Limits
from workbook.grade.submissions.submitted import Found


class NotBuiltError(Exception):
    """The course's notebooks are not built from its tests; the text names them and the cure."""


@dataclass(frozen=True)
class SummaryLine:
    """A result in the summary of a grading.

    Attributes
    ----------
    student, exercise, status : str
        As in the result.
    points : float
        Points that were earned.
    notes : tuple of str
        Remarks on the submission, for the instructor.
    """

    student: str
    exercise: str
    status: str
    points: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A mark that differs from that of the last grading."""

    student: str
    exercise: str
    before: float
    after: float


@dataclass(frozen=True)
class KeptByHand:
    """A mark that was given by hand and stays, although the hidden tests now give other points.

    Attributes
    ----------
    student, exercise, cell : str
        Whose mark it is, and of which graded cell.
    before, after : float
        Points that the hidden tests gave before, and give now.
    by_hand : float
        The mark.
    """

    student: str
    exercise: str
    cell: str
    before: float
    after: float
    by_hand: float


@dataclass(frozen=True)
class Rewritten:
    """A written answer that has changed since a person marked it; the mark stays.

    Attributes
    ----------
    student, exercise, cell : str
        Whose answer it is, and in which cell.
    by_hand : float
        The mark.
    """

    student: str
    exercise: str
    cell: str
    by_hand: float


@dataclass(frozen=True)
class StudentMarks:
    """The final marks of a student, as the gradebook has them.

    Attributes
    ----------
    student : str
        Whose they are.
    name : str
        The student's name; empty if the gradebook has none.
    points : mapping of str to float
        Points of each exercise that was handed in or counts as missing, with what was given by
        hand and before anything is deducted.
    automatic : float
        What the hidden tests alone gave, in all.
    is_by_hand : bool
        Whether a person has given a mark or extra credit.
    seconds_late : float
        How late the assignment that was handed in latest came, in relation to its due date.
    penalty : float
        Points that are deducted for that, in all.
    total : float
        The final mark: no assignment counts for less than 0.
    section, group : str
        The student's section, and the group that hands in together; empty if the roster has none.
    waiting : mapping of str to float
        Points that are still to be given by a person, by exercise. The total is without them.
    assignments : mapping of str to float
        The final mark of each assignment that has one, of which the total is the sum.
    penalties : mapping of str to float
        Points that are deducted from exercises, for those from which any are.
    """

    student: str
    name: str
    points: Mapping[str, float]
    automatic: float
    is_by_hand: bool
    seconds_late: float
    penalty: float
    total: float
    section: str = ""
    group: str = ""
    waiting: Mapping[str, float] = field(default_factory=dict)
    assignments: Mapping[str, float] = field(default_factory=dict)
    penalties: Mapping[str, float] = field(default_factory=dict)

    @property
    def by_hand(self) -> float:
        """What marks by hand and extra credit add to the automatic points, or take from them."""
        return sum(self.points.values()) - self.automatic


@dataclass
class Graded:
    """The outcome of a grading.

    Attributes
    ----------
    lines : list of SummaryLine
        One for each submission that has a result.
    judged : int
        How many of them were judged now; the others had not changed.
    moved : list of Moved
        Points that differ from those of the last grading.
    penalties : list of Moved
        Late penalties that differ from those of the last grading.
    kept : list of KeptByHand
        Marks by hand that the hidden tests now contradict in another way than before.
    rewritten : list of Rewritten
        Written answers that have changed since a person marked them.
    marks : dict of str to StudentMarks
        The final marks in the gradebook, by student.
    tables : list of str
        The files with the marks of the class that were written.
    problems : list of str
        What could not be graded, and why.
    seconds : dict of str to float
        Time spent in this process: "reading", "waiting" for the workers, "gradebook", "report",
        and "total"; and the time of all workers together: "judging", "pages" of feedback.
    """

    lines: list[SummaryLine] = field(default_factory=list)
    judged: int = 0
    moved: list[Moved] = field(default_factory=list)
    penalties: list[Moved] = field(default_factory=list)
    kept: list[KeptByHand] = field(default_factory=list)
    rewritten: list[Rewritten] = field(default_factory=list)
    marks: dict[str, StudentMarks] = field(default_factory=dict)
    tables: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True)
class Plan:
    """A grading to be done.

    Attributes
    ----------
    course : Course
        The course.
    found : Found
        The submissions.
    out : pathlib.Path
        Folder that receives ``results/``, ``autograded/``, ``feedback/``, ``marks.csv`` and
        ``report.html``.
    db_url : str
        SQLAlchemy address of the gradebook.
    limits : Limits
        Limits of one submission.
    layers : Layers or None
        Confinement of the students' processes; None if each worker chooses its own.
    force : bool
        Whether to grade again what has not changed since the last time.
    feedback : bool
        Whether to write ``feedback/``.
    """

    course: Course
    found: Found
    out: Path
    db_url: str
    limits: Limits
    layers: Layers | None
    force: bool = False
    feedback: bool = True
