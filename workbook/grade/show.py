"""Show what grading found in the terminal, with rich."""

from collections.abc import Iterable

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.exercises import EXERCISES
from workbook.grade.grade import Graded
from workbook.grade.results import Result


def show_class(graded: Graded, console: Console) -> None:
    """Print the table of points: a row a student, a column an exercise."""
    results = {(result.student, result.exercise): result for result in graded.results}
    table = Table(title="Points", title_justify="left")
    table.add_column("student", no_wrap=True)
    for exercise in EXERCISES:
        table.add_column(f"{exercise.number}\n/{exercise.points}", justify="right")
    total = sum(exercise.points for exercise in EXERCISES)
    table.add_column(f"total\n/{total}", justify="right", no_wrap=True)
    for student in sorted({student for student, _ in results}):
        row = [results.get((student, exercise.name)) for exercise in EXERCISES]
        points = sum(result.points for result in row if result is not None)
        table.add_row(*map(Text, [student, *map(_cell, row), f"{points:g}"]))
    console.print(table)
    console.print("  ".join(f"{e.number} {e.name}" for e in EXERCISES), style="dim", markup=False)


def _cell(result: Result | None) -> str:
    if result is None:
        return "-"
    # The notes below the table say what happened to a submission with a star.
    return f"{result.points:g}" + ("*" if result.status != "graded" else "")


def show_student(results: Iterable[Result], console: Console) -> None:
    """Print each hidden test of one student, with what failed and why."""
    for result in results:
        head = f"\n{result.exercise}: {result.points:g} of {result.max_points:g} points"
        console.print(Text(head if result.status == "graded" else f"{head} ({result.status})"))
        for verdict in result.tests:
            word = "passed" if verdict.passed else "FAILED"
            line = f"  {word}  {verdict.title} ({verdict.points:g} of {verdict.max_points:g})"
            console.print(Text(line))
            if verdict.message and result.status != "missing":
                console.print(Text(f"          {verdict.message}"))


def show_notes(graded: Graded, console: Console) -> None:
    """Print what was odd about submissions, and what could not be graded."""
    notes = [
        f"{result.student}, {result.exercise} ({result.status}): {note}"
        for result in graded.results
        for note in result.notes
    ]
    for title, lines in (("Notes", notes), ("Not graded", list(graded.problems))):
        if lines:
            console.print(f"\n{title}", style="bold")
            for line in lines:
                console.print(Text(f"- {line}"))
