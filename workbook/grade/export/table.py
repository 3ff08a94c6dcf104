"""What is exported, whatever the platform: a column for each mark, a row for each student."""

from dataclasses import dataclass, field
from typing import Literal

from workbook.grade.roster.roster import Student, display_name

#: What there is in a cell: a number only where the work is graded.
Status = Literal["graded", "not handed in", "excused", "not graded"]

#: The end of a column's name for what is above the maximum.
BONUS = " bonus"


class ExportError(Exception):
    """Nothing can be exported; the text says why, and what to do."""


@dataclass(frozen=True)
class Column:
    """A column of marks.

    Attributes
    ----------
    name : str
        The assignment or exercise, with `BONUS` after it if it holds what is above the maximum.
    most : float
        Points that are possible; 0 if all points in it are a bonus.
    title : str
        What the platform calls it.
    """

    name: str
    most: float
    title: str


@dataclass(frozen=True)
class Mark:
    """A mark of one student in one column.

    Attributes
    ----------
    status : str
        What there is.
    points : float
        The final mark: the late penalty is deducted. It counts only if the status is "graded".
    penalty : float
        What was deducted.
    seconds_late : float
        How late it was handed in.
    is_by_hand : bool
        Whether a person has given a part of it.
    feedback : str
        What was wrong, in a few lines.
    """

    status: Status
    points: float = 0.0
    penalty: float = 0.0
    seconds_late: float = 0.0
    is_by_hand: bool = False
    feedback: str = ""


@dataclass(frozen=True)
class MarksRow:
    """The marks of one student.

    Attributes
    ----------
    student : Student
        Who it is, with everything by which a platform may know the student.
    marks : dict of str to Mark
        By the column's name.
    total : float
        The final mark in all, as in ``marks.csv``.
    """

    student: Student
    marks: dict[str, Mark]
    total: float

    @property
    def shown(self) -> str:
        """The student in a message."""
        return display_name(self.student.id, self.student.name)


@dataclass
class Table:
    """What is exported.

    Attributes
    ----------
    columns : list of Column
        The columns of marks.
    rows : list of MarksRow
        The students, in the order of their identifiers.
    problems : list of str
        What should be on the platform and could not be written, and why.
    notes : list of str
        What the instructor should know.
    written : int
        How many students have been written.
    """

    columns: list[Column]
    rows: list[MarksRow]
    problems: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    written: int = 0


@dataclass(frozen=True)
class Options:
    """What the instructor asks for.

    Attributes
    ----------
    assignment : str
        Export this assignment only; empty for all of which something is graded.
    by_exercise : bool
        Whether each exercise has a column of its own.
    titles : dict of str to str
        What the platform calls an assignment or exercise.
    bonus : str
        What becomes of points above a maximum: "apart", "cap" or "keep".
    zeros : bool
        Whether 0 is written for what was not handed in.
    comma : bool
        Whether the platform writes numbers with a decimal comma.
    identify : str
        The column of the roster by which the platform knows the students; empty to choose one.
    with_feedback : bool
        Whether there is a text of what was wrong.
    """

    assignment: str = ""
    by_exercise: bool = False
    titles: dict[str, str] = field(default_factory=dict)
    bonus: str = "apart"
    zeros: bool = False
    comma: bool = False
    identify: str = ""
    with_feedback: bool = False


def number(value: float, comma: bool = False) -> str:
    """Return a number as platforms read it: no exponent, and no more places than Moodle keeps."""
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return text.replace(".", ",") if comma else text


def cell(mark: Mark, options: Options, excused: str = "") -> str:
    """Return what a platform's table says of a mark; "" if it says nothing.

    Parameters
    ----------
    mark : Mark
        The mark.
    options : Options
        What the instructor asks for.
    excused : str, optional
        The platform's own sign for a student who is excused.
    """
    if mark.status == "graded":
        return number(mark.points, options.comma)
    if mark.status == "excused":
        return excused
    return "0" if mark.status == "not handed in" and options.zeros else ""
