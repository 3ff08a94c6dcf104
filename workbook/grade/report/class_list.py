"""The roster in the terminal."""

from itertools import accumulate

from rich.cells import cell_len
from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.roster.roster import Roster


def show_roster(roster: Roster) -> None:
    """Print the students of a class, one a line, with what is known of each."""
    console = Console()
    if not roster.students:
        console.print("There is no roster yet: `workbook roster FILE` enters one.")
        return
    kinds = sorted({kind for one in roster.students for kind in one.ids})
    rows = [
        [one.id, one.name, one.email, one.section, one.group]
        + [one.ids.get(kind, "") for kind in kinds]
        for one in roster.students
    ]
    headings = ["id", "name", "e-mail", "section", "group", *kinds]
    columns = [one for one in zip(headings, *rows, strict=True) if any(one[1:])]
    # Identifiers that are cut into pieces cannot be read.
    widths = accumulate(2 + max(cell_len(printable(text)) for text in one) for one in columns)
    room = max(2, sum(width - 2 <= console.width for width in widths))
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    for heading, *_ in columns[:room]:
        table.add_column(heading, overflow="fold")
    for row in [*zip(*columns[:room], strict=True)][1:]:
        table.add_row(*(Text(printable(text)) for text in row))
    console.print(table)
    if left := [heading for heading, *_ in columns[room:]]:
        console.print(f"\nNo room here for {listed(left)}: roster.json has all columns.")
