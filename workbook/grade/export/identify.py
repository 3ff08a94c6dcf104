"""The identifier by which a platform knows a student: written exactly, or not at all."""

from collections import Counter
from collections.abc import Callable, Iterable

from workbook.grade.export.platforms import PlatformTable
from workbook.grade.export.table import ExportError, MarksRow
from workbook.grade.report.spreadsheet import as_text
from workbook.grade.roster.roster import Student


def identifier(student: Student, kind: str, platform: str = "") -> str:
    """Return what a column of the roster says of a student; "" if it says nothing.

    Parameters
    ----------
    student : Student
        The student.
    kind : str
        The column: ``id``, ``email``, or an identifier of a platform.
    platform : str, optional
        The platform whose own identifier nbgrader's column ``lms_user_id`` may hold.
    """
    if kind in ("id", "email"):
        return student.id if kind == "id" else student.email
    more = student.ids.get("lms_user_id", "") if kind == platform else ""
    return student.ids.get(kind, more)


def why_not_written(text: str) -> str:
    """Return why an identifier cannot be written as it is; "" if it can."""
    if text != text.strip() or not text.isprintable():
        return "it has spaces or characters that an import would change"
    is_number = text.lstrip("+-").replace(".", "", 1).isdigit()
    if as_text(text) != text and not is_number:
        return "a spreadsheet would take it for a formula"
    return ""


def chosen_kind(rows: Iterable[MarksRow], platform: PlatformTable, asked: str) -> str:
    """Return the column of the roster by which the most students are known to a platform.

    Raises
    ------
    ExportError
        If there is none.
    """
    everybody = list(rows)
    kinds = [asked] if asked else list(platform.kinds)
    counts = {
        kind: sum(bool(identifier(row.student, kind, platform.name)) for row in everybody)
        for kind in kinds
    }
    best = max(kinds, key=lambda kind: counts[kind])
    if counts[best]:
        return best
    if asked:
        raise ExportError(f"--identify: the roster has no column {asked!r}, or nothing in it")
    raise ExportError(no_identifier(platform))


def no_identifier(platform: PlatformTable) -> str:
    """Say that the roster does not say how a platform calls the students, and what to do."""
    return (
        f"the roster does not say how {platform.title} calls the students: it needs one of the "
        f"columns {', '.join(platform.kinds)}; or, if {platform.title} has the same user names as "
        "this course, pass --identify id"
    )


class Identifiers:
    """The identifiers of a class, each of one student only.

    Parameters
    ----------
    rows : iterable of MarksRow
        The class.
    of : callable
        Returns a student's identifier.
    """

    def __init__(self, rows: Iterable[MarksRow], of: Callable[[Student], str]) -> None:
        self._of = of
        self._counts = Counter(of(row.student).casefold() for row in rows)

    def checked(self, student: Student) -> tuple[str, str]:
        """Return a student's identifier, and why it cannot be written; "" if it can."""
        text = self._of(student)
        if not text:
            return "", ""
        if why := why_not_written(text):
            return text, f"{text!r} cannot be written as it is: {why}"
        if self._counts[text.casefold()] > 1:
            return text, f"{text!r} is another student's, too"
        return text, ""
