"""An export in the terminal: what was written, what was left out, what to do next."""

from rich.console import Console

from workbook.grade.export.export import Exported, advice_for_platform
from workbook.grade.report.terminal import show_list


def print_exported(done: Exported, name: str, has_template: bool) -> None:
    """Print what was exported.

    Parameters
    ----------
    done : Exported
        What was exported.
    name : str
        For what.
    has_template : bool
        Whether a platform's own table was filled in.
    """
    console = Console()
    for path, what in done.written:
        print(f"Written: {path} ({what})")
    if said := advice_for_platform(name, has_template):
        print(said)
    # Whoever is left out has no mark on the platform: nobody may be hidden behind "and 20 more".
    show_list("Left out", done.table.problems, console, most=None)
    show_list("Notes", done.table.notes, console, most=None)
