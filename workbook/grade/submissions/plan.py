"""Plain facts of a grading: its plan, its outcome, and the error that forbids it."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from workbook.course.folder import Course
from workbook.grade.submissions.limits import Layers, Limits
from workbook.grade.submissions.submitted import Found


class NotBuiltError(Exception):
    """The course's notebooks are not built from its tests; the text names them and the cure."""


@dataclass(frozen=True)
class Line:
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


@dataclass
class Graded:
    """The outcome of a grading.

    Attributes
    ----------
    lines : list of Line
        One for each submission that has a result.
    judged : int
        How many of them were judged now; the others had not changed.
    moved : list of Moved
        Marks that differ from those of the last grading.
    problems : list of str
        What could not be graded, and why.
    seconds : dict of str to float
        Time spent in this process: "reading", "waiting" for the workers, "gradebook", "report",
        and "total"; and the time of all workers together: "judging", "pages" of feedback.
    """

    lines: list[Line] = field(default_factory=list)
    judged: int = 0
    moved: list[Moved] = field(default_factory=list)
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
        Folder that receives ``results/``, ``autograded/``, ``feedback/``, ``grades.csv`` and
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
