"""What to grade, what forbids it, and what grading it came to: plain facts."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

from workbook.course.folder import Course
from workbook.grade.submissions.find import Found
from workbook.grade.submissions.limits import Layers, Limits


class NotBuiltError(Exception):
    """The course's notebooks and its tests do not fit; the text says which, and what to do."""


@dataclass(frozen=True)
class Line:
    """What the summary keeps of a result.

    Attributes
    ----------
    student, exercise, status : str
        As in the result.
    points : float
        What was earned.
    notes : tuple of str
        What was odd about the submission.
    """

    student: str
    exercise: str
    status: str
    points: float
    notes: tuple[str, ...]


@dataclass(frozen=True)
class Moved:
    """A mark that is another one than at the last grading."""

    student: str
    exercise: str
    before: float
    after: float


@dataclass
class Graded:
    """What grading produced.

    Attributes
    ----------
    lines : list of Line
        One for each submission that has a result.
    judged : int
        How many of them were judged now; the others had not changed.
    moved : list of Moved
        Marks that are others than before.
    problems : list of str
        What could not be graded, and why.
    seconds : dict of str to float
        Where the time went: "reading", "waiting" for the workers, "gradebook", "report", and
        "total". Meanwhile the workers needed so much for "judging" and for "pages" of feedback, all
        of them together.
    """

    lines: list[Line] = field(default_factory=list)
    judged: int = 0
    moved: list[Moved] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    seconds: dict[str, float] = field(default_factory=lambda: defaultdict(float))


@dataclass(frozen=True)
class Plan:
    """What to grade, and how.

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
        What one submission may use.
    layers : Layers or None
        What confines the students' processes; None if the worker is to find out.
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
