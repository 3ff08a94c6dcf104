"""Hidden tests in the terminal: all of an exercise, and those that count differently."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console

from workbook.course.exercises import Exercise
from workbook.course.words import in_points
from workbook.grade.report.terminal import show_list
from workbook.grade.submissions.results import read_result
from workbook.grade.submissions.voided import FILE, Void, Voids


def show_voids(voids: Iterable[Void]) -> None:
    """Print the tests that count differently from how they were written."""
    said = [
        f"{one.name}: {one.how}" + (f", since {one.since:%Y-%m-%d}" if one.since else "")
        for one in voids
    ]
    show_list(f"Hidden tests that count differently ({FILE})", said, Console())
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
        The tests that count differently.
    """
    folders = (out / "results").glob(f"*/{exercise.name}.json")
    read = (read_result(out / "results", one.parent.name, exercise.name) for one in folders)
    results = [one for one in read if one and one.status != "missing"]
    tests = {test.name: test for one in results for test in one.tests}
    lines = []
    for name, test in tests.items():
        failed = sum(not one.passed for result in results for one in result.tests
                     if one.name == name)  # fmt: skip
        void = voids.get((exercise.name, name))
        said = f"{test.title} [voided: {void.how}]" if void else test.title
        worth = in_points(test.max_points)
        lines.append(f"{exercise.name}/{name} ({worth}, failed by {failed}): {said}")
    show_list(f"The hidden tests of {exercise.name}", lines, Console())
    print(f"\n{len(results)} handed in. `workbook void {exercise.name}/NAME --preview` says whose "
          "marks would change.")  # fmt: skip
