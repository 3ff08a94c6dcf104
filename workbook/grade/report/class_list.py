"""The roster in the terminal."""

from rich.console import Console
from rich.table import Table
from rich.text import Text

from workbook.course.text import printable
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
    table = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False)
    shown = [number for number, _ in enumerate(headings) if any(row[number] for row in rows)]
    for number in shown:
        table.add_column(headings[number], overflow="fold")
    for row in rows:
        table.add_row(*(Text(printable(row[number])) for number in shown))
    console.print(table)
