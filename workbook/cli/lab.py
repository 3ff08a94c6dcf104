"""The learner's way in: the command lab, and `workbook` alone."""

import contextlib
import sys
from collections.abc import Sequence
from pathlib import Path

import click

from workbook.cli.course_option import FOLDER
from workbook.course.failure import as_failure
from workbook.course.words import counted, listed

# Of the notebooks that were copied, so many are named.
_MOST_NAMED = 4


class _ForJupyter(click.Command):
    """A command that passes on the arguments after ``--``."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Keep the arguments after ``--``: click would take them for its own."""
        end = args.index("--") if "--" in args else len(args)
        ctx.obj = args[end + 1 :]
        return super().parse_args(ctx, args[:end])


@click.command(cls=_ForJupyter, options_metavar="[OPTIONS]", epilog="What follows -- goes to "
               "JupyterLab: `jupyter lab --help` lists its options.")  # fmt: skip
@click.argument("folder", type=FOLDER, required=False)
@click.option("--port", type=click.IntRange(0, 65535), help="JupyterLab's port.")
@click.option("--no-browser", is_flag=True, help="Start JupyterLab without a browser.")
@click.option("--copy-only", is_flag=True, help="Copy the notebooks; do not start JupyterLab.")
@click.pass_context
def lab(
    ctx: click.Context, folder: Path | None, port: int | None, no_browser: bool, copy_only: bool
) -> None:
    """Open the next notebook to do in JupyterLab.

    FOLDER holds your notebooks. If you do not name one, it is the one that is here, or else a new
    one, notebooks. What it lacks is copied to it.

    A notebook that is already there is your work. If this version of the course has a newer lesson,
    your notebook gets it around your answers and your own cells, and is kept as it was as well.
    """
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.where import USUAL_FOLDER, home_folder

    options = [f"--port={port}"] if port is not None else []
    options += ["--no-browser"] if no_browser else []
    with as_failure(LabError):
        folder = folder or home_folder(Path()) or Path(USUAL_FOLDER)
        _fill(folder)
        notebook = _prepare(folder)
        if not copy_only:
            sys.exit(_open(folder, notebook, [*options, *ctx.obj]))
    if notebook:
        click.echo(f"Next is {notebook}; `workbook lab` without --copy-only opens it.")


def _fill(folder: Path) -> None:
    """Copy what the folder lacks, bring the rest to this release, and say so."""
    from workbook.learn.workspace.lab import copy_notebooks, under_other_names, update_notebooks

    copied, replaced = copy_notebooks(folder), update_notebooks(folder)
    if copied:
        names = [path.relative_to(folder).as_posix() for path in copied]
        which = f": {listed(names)}" if len(names) <= _MOST_NAMED else ""
        click.echo(f"{counted(len(copied), 'notebook')} copied to {folder}{which}.")
    else:
        click.echo(f"Your notebooks are in {folder}; none was missing.")
    for path, other in under_other_names(copied):
        click.echo(
            f"{other.relative_to(folder)} is like {path.name}, but has another name, by which "
            f"nothing finds it: to go on with it, let it take the place of the new {path.name}."
        )
    if replaced:
        click.echo(f"{counted(len(replaced), 'notebook')} of yours had an older lesson:")
    for one in replaced:
        click.echo(f"  {one}.")


def _prepare(folder: Path) -> str:
    """Bring the page "Your course" up to date; return the notebook that is next, or nothing."""
    from workbook.learn.workspace.course_page import write_page
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.standings import standings
    from workbook.learn.workspace.where import next_notebook, notebook_in

    found = standings(folder)
    # Whoever may not write there can still learn there.
    with contextlib.suppress(LabError):
        write_page(folder.resolve(), found)
    notebook = next_notebook(folder, found)
    path = notebook_in(folder, notebook) if notebook else None
    return path.relative_to(folder).as_posix() if path else ""


def _open(folder: Path, notebook: str, options: Sequence[str]) -> int:
    from workbook.course.leftovers import COURSE_PAGE
    from workbook.learn.workspace.opening import open_lab

    if notebook and not any(one.startswith("--LabApp.default_url") for one in options):
        shown = f"; {COURSE_PAGE} shows where you are" if (folder / COURSE_PAGE).is_file() else ""
        click.echo(f"JupyterLab starts with {notebook}{shown}.")
    return open_lab(folder, notebook, options)


def where(ctx: click.Context) -> None:
    """Say where the learner is and what is next; show the help if there are no notebooks here."""
    from workbook.course.folder import CourseError, find_course
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.where import home_folder, where_you_are

    with as_failure(LabError):
        folder = home_folder(Path())
    if folder is None:
        with contextlib.suppress(CourseError):
            find_course()
            raise click.exceptions.NoArgsIsHelpError(ctx)
        click.echo("There are no notebooks here yet: `workbook lab` makes them and opens one.")
        click.echo("`workbook --help` lists the commands.")
        return
    click.echo(where_you_are(folder))
    click.echo("`workbook --help` lists the commands.")
