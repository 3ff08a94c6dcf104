"""Sections on the grading itself: what went wrong, whose mark moved, what needs a look."""

from collections import defaultdict
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from workbook.course.exercises import find, position
from workbook.grade.report.html import (
    alert,
    code,
    counted,
    long_table,
    name,
    number,
    paragraph,
    plain,
    section,
    table,
)
from workbook.grade.report.tally import Odd, Tally
from workbook.grade.submissions.results import Result

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Moved

# Entries of a list that are there at all, and rows of a table that are seen at once.
_MOST = 500
_SEEN = 8
_MOST_NOTES = 5
# What a status says of a submission that needs a look.
_STATUSES = {
    "invalid": "no notebook, or one with neither the answer's cell nor its function",
    "crashed": "the student's process ended; what was earned before counts",
    "timeout": "a limit of time was reached; what was earned counts",
    "out_of_memory": "the limit of memory was reached; what was earned counts",
    "graded": "to the end, with a note",
}


def problems(found: list[str]) -> str:
    """Return the section on what could not be graded."""
    if not found:
        return ""
    shown = [plain(problem) for problem in found[:_MOST]]
    if len(found) > _MOST:
        shown.append(f"and {len(found) - _MOST:,} more")
    return section("problems", "What could not be graded", alert("", shown))


def uneven(tally: Tally) -> str:
    """Return a warning of marks that cannot be compared: their tests have changed since."""
    shown = []
    for exercise, one in tally.exercises.items():
        numbers = " and ".join(f"{n:,}" for _, n in one.hashes.most_common())
        if len(one.hashes) > 1:
            shown.append(
                f"{code(exercise)}: {numbers} marks are by different versions of its tests"
            )
    if not shown:
        return ""
    text = (
        "Tests have changed, and not everybody has been graded since. Grade the whole class "
        "again: of what students handed in, only these exercises will be judged."
    )
    return section("uneven", "Marks that cannot be compared", alert(text, shown))


def moved(found: "list[Moved]") -> str:
    """Return the section on marks that are others than at the last grading."""
    if not found:
        return ""
    by_exercise: defaultdict[str, list[float]] = defaultdict(list)
    order = sorted(found, key=lambda one: (position(one.exercise), one.student))
    for one in order:
        by_exercise[one.exercise].append(one.after - one.before)
    columns = [("exercise", ""), ("marks", "n"), ("up", "n"), ("down", "n"), ("mean change", "n")]
    summary = [
        [
            code(exercise),
            f"{len(changes):,}",
            f"{sum(change > 0 for change in changes):,}",
            f"{sum(change < 0 for change in changes):,}",
            _signed(sum(changes) / len(changes)),
        ]
        for exercise, changes in by_exercise.items()
    ]
    rows = [
        [
            name(one.student),
            code(one.exercise),
            f"{number(one.before)} → {number(one.after)}",
            _signed(one.after - one.before),
        ]
        for one in order[:_MOST]
    ]
    one_by_one = [("student", "name"), ("exercise", ""), ("points", "n"), ("change", "n")]
    left = len(order) - len(rows)
    return section(
        "moved",
        "Whose mark moved",
        paragraph("Marks that are others than at the last grading of the same exercise."),
        table("Marks that moved, by exercise", columns, summary),
        long_table("Marks that moved, one by one", one_by_one, rows, _SEEN),
        paragraph(f"And {left:,} more.") if left else "",
    )


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return sign + number(abs(value))


def look(odd: dict[str, Odd], folder: Path) -> str:
    """Return the section on submissions that an instructor should see.

    Parameters
    ----------
    odd : dict of str to Odd
        The submissions, by status.
    folder : pathlib.Path
        Where ``feedback/`` may be.
    """
    known = [status for status in _STATUSES if status in odd]
    columns = [("student", "name"), ("what there is to see", "text"), ("points", "n")]
    parts = []
    for status in [*known, *sorted(set(odd) - set(known))]:
        here = odd[status]
        title = _STATUSES.get(status, "another end")
        rows = [_odd_row(result, folder) for result in here.results]
        title = f"{plain(status.replace('_', ' ').capitalize())}, {here.count:,}: {title}"
        parts.append(long_table(title, columns, rows, _SEEN))
        if here.count > len(rows):
            parts.append(
                paragraph(f"And {here.count - len(rows):,} more: see grades and results/.")
            )
    if not parts:
        parts = [paragraph("None: every notebook was graded to the end, without a note.")]
    return section("look", "Submissions to look at", *parts)


def _odd_row(result: Result, folder: Path) -> list[str]:
    notes = list(dict.fromkeys(result.notes))
    shown = [plain(note) for note in notes[:_MOST_NOTES]]
    if len(notes) > _MOST_NOTES:
        shown.append(f"and {counted(len(notes) - _MOST_NOTES, 'more note')}")
    text = "".join(f"<p>{note}</p>" for note in shown)
    points = f"{number(result.points)} of&nbsp;{number(result.max_points)}"
    where = f'<p class="quiet">{_linked(result, folder)}</p>'
    return [name(result.student), f"{where}{text}", points]


def _linked(result: Result, folder: Path) -> str:
    """Return an exercise's name, with a link to the student's feedback if there is some."""
    exercise = find(result.exercise)
    shown = code(result.exercise)
    if exercise is None:
        return shown
    page = Path("feedback", result.student, exercise.notebook_path).with_suffix(".html")
    if not (folder / page).is_file():
        return shown
    return f'<a href="{quote(page.as_posix())}">{shown}</a>'
