"""What was collected, file by file: in a table, and in the terminal."""

import csv
from datetime import datetime
from pathlib import Path

from rich.console import Console

from workbook.course.text import printable
from workbook.course.words import counted, listed
from workbook.grade.collect.collect import Collected, left_by_reason, summary_sentence
from workbook.grade.report.spreadsheet import as_text
from workbook.grade.report.terminal import show_list
from workbook.grade.submissions.results import whole_file

#: The table.
FILE = "files.csv"
#: What stands between the places of a file of several students; no path has it.
SEPARATOR = "; "
_MOST_NAMED = 3


def write_list(out: Collected) -> Path:
    """Write what became of every file, and return the table's path."""
    path = out.folder / FILE
    with whole_file(path) as file:
        writer = csv.writer(file)
        writer.writerow(["file", "what was done", "in submitted/", "why"])
        for one in out.outcomes:
            row = (one.path, one.done, SEPARATOR.join(one.targets), one.why)
            writer.writerow(as_text(printable(cell)) for cell in row)
    return path


def rows_in(table: Path) -> list[list[str]]:
    """Return the rows of this table, or of another one that somebody may have saved anew.

    Raises
    ------
    OSError, UnicodeDecodeError, csv.Error
        If it cannot be read.
    """
    # The places of a file that a large group has handed in are a longer cell than Python expects.
    csv.field_size_limit(max(csv.field_size_limit(), table.stat().st_size))
    with table.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.reader(file))


def print_collected(out: Collected, root: Path, timezone: str) -> None:
    """Print what was collected, and what is to be looked at.

    Parameters
    ----------
    out : Collected
        What was collected.
    root : pathlib.Path
        The course's folder.
    timezone : str
        The zone of the times in names; empty for this machine's.
    """
    console = Console()
    print(summary_sentence(out))
    show_list("Look at", out.problems, console)
    left = left_by_reason(out.outcomes)
    named = (
        f"{printable(listed(paths, _MOST_NAMED))}: {why}"
        for why, paths in sorted(left.items(), key=lambda one: len(one[1]))
    )
    show_list("Left", named, console)
    kept = out.folder.relative_to(root)
    aside = (f"{printable(one)} is now {kept}/{printable(one)}" for one in out.set_aside)
    show_list("Replaced, and kept", aside, console)
    late = [
        printable("/".join(target.split("/")[:2]))
        for one in out.outcomes
        if one.why and one.done != "left"
        for target in one.targets
    ]
    if late:
        print(f"\n{out.platform.title} calls late: {listed([*dict.fromkeys(late)], 20)}.")
    if out.untimed:
        print(
            f"\nNothing says when {counted(out.untimed, 'submission')} came in: without a "
            "timestamp.txt, no work counts as late."
        )
    if out.has_named_times:
        zone = timezone or f"this machine's zone ({datetime.now().astimezone():%Z})"
        print(f"\nTimes in file names were read as times in {zone}.")
    print(f"\nEvery file is listed in {kept}/{FILE}. Next: workbook grade submitted")
