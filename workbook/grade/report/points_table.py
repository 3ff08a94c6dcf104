"""The table of a class's points in the terminal."""

from collections.abc import Callable

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.course.exercises import EXERCISES, Exercise
from workbook.course.text import printable
from workbook.grade.submissions.plan import Graded, StudentMarks, SummaryLine

# A name cannot be read in a narrower column.
_NARROWEST = 8
# What of the total is not in the points of the exercises, or was not given by the hidden tests: the
# heading, whether a student has such points, and how many.
_CHANGES: list[tuple[str, Callable[[StudentMarks], bool], Callable[[StudentMarks], float]]] = [
    ("by hand", lambda marks: marks.is_by_hand, lambda marks: marks.by_hand),
    ("late", lambda marks: marks.penalty > 0, lambda marks: -marks.penalty),
]
_FROM_ROSTER: list[tuple[str, Callable[[StudentMarks], str]]] = [
    ("name", lambda marks: printable(marks.name)),
    ("section", lambda marks: printable(marks.section)),
]


def points_table(
    graded: Graded, students: list[str], shown: list[Exercise], console: Console
) -> Table:
    """Return the table of points: a row a student, a column an exercise.

    Parameters
    ----------
    graded : Graded
        What was graded.
    students : list of str
        The students, in order.
    shown : list of Exercise
        The exercises.
    console : rich.console.Console
        Where it is to be printed: where that is too narrow for all of it, marks.csv has the rest.
    """
    lines = {(line.student, line.exercise): line for line in graded.lines}
    changed = [
        one for one in _CHANGES if any(one[1](graded.marks[student]) for student in students)
    ]
    waits = any(graded.marks[student].waiting for student in students)
    total = sum(exercise.most for exercise in EXERCISES)
    rows = [[
        *(f"{one.number}\n{'+' if one.is_lab else '/'}{one.most:g}" for one in shown),
        *(heading for heading, *_ in changed),
        *(["to mark"] if waits else []),
        f"total\n/{total:g}",
    ]]  # fmt: skip
    for student in students:
        marks = graded.marks[student]
        row = [_cell(lines.get((student, one.name)), marks.points.get(one.name)) for one in shown]
        row += [f"{change(marks):+g}" if is_any(marks) else "" for _, is_any, change in changed]
        if waits:
            row.append(f"{sum(marks.waiting.values()):g}" if marks.waiting else "")
        rows.append([*row, f"{marks.total:g}"])
    known = [
        [heading, *said]
        for heading, value in _FROM_ROSTER
        if any(said := [value(graded.marks[student]) for student in students])
    ]
    table = _table(["student", *students], known, rows)
    no_limit = console.options.update(width=1000)
    while known and console.measure(table, options=no_limit).minimum > console.width:
        known.pop()
        table = _table(["student", *students], known, rows)
    return table


def _table(students: list[str], known: list[list[str]], points: list[list[str]]) -> Table:
    """Return a table of columns of texts and rows of points, each with its heading first."""
    # Without lines it fits a terminal of 80 columns, and a file.
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    texts = [students, *known]
    for text in texts:
        narrowest = _NARROWEST if known else min(_NARROWEST // 2, max(map(cell_len, text)))
        table.add_column(text[0], overflow="fold", min_width=narrowest)
    for heading in points[0]:
        table.add_column(heading, justify="right", no_wrap=True)
    for number, row in enumerate(points[1:], 1):
        table.add_row(*map(Text, [*(text[number] for text in texts), *row]))
    return table


def _cell(line: SummaryLine | None, points: float | None) -> str:
    if points is None:
        return "-"
    return f"{points:g}" + ("*" if line is not None and line.status != "graded" else "")
