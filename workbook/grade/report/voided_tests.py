"""Hidden tests in the terminal: all of an exercise, and those that count otherwise."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.course.exercises import Exercise
from workbook.grade.report.terminal import show_list
from workbook.grade.submissions.results import read_result
from workbook.grade.submissions.voided import FILE, Void, Voids


def show_voids(voids: Iterable[Void]) -> None:
    """Print the tests that count otherwise than they were written."""
    said = [
        f"{one.name}: {one.how}" + (f", since {one.since:%Y-%m-%d}" if one.since else "")
        for one in voids
    ]
    show_list(f"Hidden tests that count otherwise ({FILE})", said, Console())
    if not said:
        print("Every hidden test counts as it was written.")


def show_tests(out: Path, exercise: Exercise, voids: Voids) -> None:
    """Print the hidden tests of an exercise, with how many answers failed each.

    Parameters
    ----------
    out : pathlib.Path
        The folder of a grading.
    exercise : Exercise
        The exercise.
    voids : mapping of (str, str) to Void
        The tests that count otherwise.
    """
    folders = (out / "results").glob(f"*/{exercise.name}.json")
    read = (read_result(out / "results", one.parent.name, exercise.name) for one in folders)
    results = [one for one in read if one and one.status != "missing"]
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    table.add_column("test", no_wrap=True)
    table.add_column("points", justify="right")
    table.add_column("failed by", justify="right")
    table.add_column("what it tests", overflow="fold")
    tests = {test.name: test for one in results for test in one.tests}
    for name, test in tests.items():
        failed = sum(not one.passed for result in results for one in result.tests
                     if one.name == name)  # fmt: skip
        void = voids.get((exercise.name, name))
        said = f"{test.title} [voided: {void.how}]" if void else test.title
        row = (f"{exercise.name}/{name}", f"{test.max_points:g}", f"{failed}", said)
        table.add_row(*map(Text, row))
    Console().print(table)
    print(f"\n{len(results)} handed in. `workbook void {exercise.name}/NAME --preview` says whose "
          "marks would move.")  # fmt: skip
