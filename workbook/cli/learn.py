"""The learner's commands: lab, check, progress, flow."""

import sys
from pathlib import Path
from typing import Any

import click

from workbook.cli.course_option import FOLDER
from workbook.course.failure import Failure, as_failure

# How long the checks of one notebook may compute: somebody is waiting for this one notebook.
_CHECK_SECONDS = 30.0


@click.command()
@click.argument("folder", type=FOLDER, default=Path("notebooks"))
@click.option("--no-browser", is_flag=True, help="Copy the notebooks; do not open JupyterLab.")
def lab(folder: Path, no_browser: bool) -> None:
    """Copy the notebooks to FOLDER and open them in JupyterLab.

    A notebook that is already there is your work. If this version of the course has a newer lesson,
    your notebook gets it around your answers and your own cells, and is kept as it was as well.
    """
    from workbook.learn.workspace.lab import (
        LabError,
        copy_notebooks,
        open_lab,
        update_notebooks,
    )

    with as_failure(LabError):
        copied, replaced = copy_notebooks(folder), update_notebooks(folder)
        yours = "yours are as they were." if not replaced else f"{len(replaced)} are new:"
        click.echo(f"{len(copied)} notebooks copied to {folder}; {yours}")
        for one in replaced:
            click.echo(f"  {one}.")
        if not no_browser:
            sys.exit(open_lab(folder))


@click.command()
@click.argument("notebooks", nargs=-1, type=click.Path(path_type=Path))
@click.option("--watch", "watching", is_flag=True, help="Check a notebook each time it is saved.")
def check(notebooks: tuple[Path, ...], watching: bool) -> None:
    """Run the visible checks on NOTEBOOKS. Exit status 1 if a check fails.

    With --watch, NOTEBOOKS may be folders as well (default: the current one); Ctrl+C ends it.
    """
    if watching:
        _watch(notebooks or (Path(),))
        return
    if not notebooks:
        raise click.UsageError("name a notebook, or --watch a folder")
    from workbook.learn.workspace.check_process import Checker

    failed = False
    with Checker(_CHECK_SECONDS) as checker:
        for path in notebooks:
            for checked in checker.check(path):
                if checked.kind == "refused":
                    raise Failure(checked.problem)
                click.echo(checked.text)
                failed = failed or not checked.passed
    sys.exit(1 if failed else 0)


def _watch(paths: tuple[Path, ...]) -> None:
    from workbook.learn.workspace.watch import notebooks, watch

    for path in paths:
        if not path.exists():
            raise Failure(f"there is no notebook or folder {path}")
    if not list(notebooks(paths)):
        raise Failure(
            f"there are no notebooks in {paths[0].resolve()}; name your folder, such as "
            "`workbook check --watch notebooks`"
        )
    try:
        watch(paths, click.echo)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.")


@click.command()
@click.argument("folder", type=click.Path(path_type=Path, exists=True), default=Path())
def progress(folder: Path) -> None:
    """Show the exercises, the labs and where you stand, from the notebooks in FOLDER."""
    from workbook.learn.workspace.answers import counts
    from workbook.learn.workspace.progress import print_progress, standings

    print_progress(standings(folder), asked=counts(folder))


class _ManyLayers(click.Command):
    """A command whose option --layers takes any number of words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join the numbers into one word: click's options take a fixed number of words."""
        from workbook.learn.flow.layers import joined

        return super().parse_args(ctx, joined(args))


@click.command(cls=_ManyLayers)
@click.argument("folder", type=FOLDER, default=Path())
@click.option("--layers", metavar="N0 N1 ... 1",
              help="Units of every layer, the inputs first. Default: 2 4 3 1.")  # fmt: skip
@click.option("--steps", default=1, show_default=True, help="How many training steps.")
@click.option("--seed", default=1, show_default=True, help="For the data and the first weights.")
@click.option("--learning-rate", default=1.0, show_default=True, help="Length of a step.")
@click.option("--reference", is_flag=True, help="The reference's functions, not your own.")
def flow(folder: Path, layers: str | None, **asked: Any) -> None:
    """Show a training step with real numbers, from your own functions in FOLDER.

    Every call with its inputs, outputs and cache; the cost; each gradient beside its finite
    differences; the parameters before and after. Exit status 1 if a function fails or a gradient
    is not right.
    """
    from workbook.learn.flow.flow import flow_in
    from workbook.learn.flow.text import print_flow

    with as_failure(ValueError):
        found = flow_in(folder, layers, **asked)
    print_flow(found)
    sys.exit(1 if found.advice or found.problem else 0)


COMMANDS = (lab, check, progress, flow)
