"""The learner's commands on their notebooks: check, progress, flow, and what keeps their work."""

import glob
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import click

from workbook.cli.course_option import FOLDER
from workbook.course.failure import Failure, as_failure

# How long the checks of one notebook may compute: somebody is waiting for this one notebook.
_CHECK_SECONDS = 30.0
# Where notebooks are looked for. A misspelt folder must not pass for one without notebooks, nor may
# a file: its answer would be said to be not started.
_THERE = click.Path(path_type=Path, exists=True, file_okay=False)


@click.command()
@click.argument("notebook")
def start_again(notebook: str) -> None:
    """Put a fresh copy of NOTEBOOK in its place; yours is kept.

    NOTEBOOK is its path, its number, or the name of its function. Your own copy is in the folder
    older_notebooks then.
    """
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.start_again import renewed
    from workbook.learn.workspace.where import home_folder

    with as_failure(LabError):
        here = Path() if Path(notebook).suffix == ".ipynb" else home_folder(Path())
        if here is None:
            raise LabError(
                "there are no notebooks of yours here: go to the folder that `workbook lab` made, "
                "or name the notebook's file"
            )
        click.echo(renewed(notebook, here))


@click.command()
@click.argument("file", type=click.Path(path_type=Path), required=False)
@click.option("--folder", type=FOLDER, help="Your notebooks. Default: those that are here.")
def save(file: Path | None, folder: Path | None) -> None:
    """Save your notebooks and the files beside them in one ZIP file, FILE.

    A file that exists is not replaced. Without FILE, a new one is made here.
    """
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.saved_work import saved

    with as_failure(LabError):
        done = saved(folder or Path(), file, Path())
    click.echo(done)
    click.echo(f"On another computer, `workbook bring {done.path.name}` brings it back.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", type=FOLDER, required=False)
def bring(file: Path, folder: Path | None) -> None:
    """Bring your work from the ZIP file FILE into FOLDER.

    FOLDER is, if you do not name one, the folder of notebooks that is here, or else a new one,
    notebooks. What is replaced there is kept in its folder older_notebooks.
    """
    from workbook.learn.workspace.brought_work import brought
    from workbook.learn.workspace.own_files import LabError

    with as_failure(LabError):
        click.echo(brought(file, folder))
    click.echo("`workbook lab` opens the next notebook to do.")


@click.command()
@click.argument("notebooks", nargs=-1, type=click.Path(path_type=Path))
@click.option("--watch", "watching", is_flag=True, help="Check a notebook each time it is saved.")
def check(notebooks: tuple[Path, ...], watching: bool) -> None:
    """Run the visible checks on NOTEBOOKS. Exit status 1 if a check fails.

    With --watch, NOTEBOOKS may be folders as well (default: the current one); Ctrl+C ends it.
    """
    notebooks = tuple(_found(notebooks))
    if watching:
        _watch(notebooks or (Path(),))
        return
    if not notebooks:
        raise click.UsageError("name a notebook, or --watch a folder")
    for path in notebooks:
        if path.is_dir():
            raise click.UsageError(
                f"{path} is a folder: name a notebook in it. `workbook check --watch {path}` "
                f"checks what you save in it, and `workbook progress {path}` looks at all notebooks"
            )
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


def _found(paths: Iterable[Path]) -> Iterator[Path]:
    """Yield paths, with what each pattern stands for: not every shell reads patterns."""
    for path in paths:
        if path.exists() or not glob.has_magic(str(path)):
            yield path
            continue
        found = sorted(glob.glob(str(path), recursive=True))
        if not found:
            raise Failure(f"no file is called {path}")
        yield from map(Path, found)


def _watch(paths: tuple[Path, ...]) -> None:
    from workbook.learn.workspace.watch import notebooks_in, watch

    for path in paths:
        if not path.exists():
            raise Failure(f"there is no notebook or folder {path}")
    if not list(notebooks_in(paths)):
        raise Failure(
            f"there are no notebooks in {paths[0].resolve()}; name your folder, such as "
            "`workbook check --watch notebooks`"
        )
    try:
        watch(paths, click.echo)
    except KeyboardInterrupt:
        click.echo("\nNo longer watching.")


@click.command()
@click.argument("folder", type=_THERE, required=False)
def progress(folder: Path | None) -> None:
    """Show the exercises, the labs and where you stand, from the notebooks in FOLDER.

    FOLDER is the folder of notebooks that is here, if you do not name one.
    """
    from workbook.learn.workspace.answers import counts
    from workbook.learn.workspace.course_page import refresh_page
    from workbook.learn.workspace.own_files import LabError
    from workbook.learn.workspace.progress import print_progress
    from workbook.learn.workspace.standings import standings
    from workbook.learn.workspace.where import home_folder

    with as_failure(LabError):
        folder = folder or home_folder(Path()) or Path()
    found = standings(folder)
    refresh_page(folder, found)
    print_progress(found, asked=counts(folder))


@click.command("catch-up")
@click.argument("which", metavar="N")
@click.argument("folder", type=_THERE, required=False)
@click.option("--undo", is_flag=True, help="End the stand-in.")
def catch_up(which: str, folder: Path | None, undo: bool) -> None:
    """Go on without notebook N, or function N: the reference stands in for it.

    FOLDER has your notebooks, by default those that are here; none of them is changed. The
    stand-in ends when your own function passes its check. It needs the self-study wheel or the
    whole course.
    """
    from workbook.course.text import wrap
    from workbook.learn.check.display import TEXT_WIDTH, AskedWronglyError
    from workbook.learn.workspace.catch_up import caught_up
    from workbook.learn.workspace.where import home_folder

    with as_failure(AskedWronglyError):
        said = caught_up(which, folder or home_folder(Path()) or Path(), undo)
    paragraphs = said.replace("`", "").split("\n\n")
    click.echo("\n\n".join("\n".join(wrap(one, TEXT_WIDTH)) for one in paragraphs))


class _ManyLayers(click.Command):
    """A command whose option --layers takes any number of words."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Join the numbers into one word: click's options take a fixed number of words."""
        from workbook.learn.flow.layers import join_layers

        return super().parse_args(ctx, join_layers(args))


@click.command(cls=_ManyLayers)
@click.argument("folder", type=_THERE, required=False)
@click.option("--layers", metavar="N0 N1 ... 1",
              help="Units of every layer, the inputs first. Default: 2 4 3 1.")  # fmt: skip
@click.option("--steps", default=1, show_default=True, help="How many training steps.")
@click.option("--seed", default=1, show_default=True, help="For the data and the first weights.")
@click.option("--learning-rate", default=1.0, show_default=True, help="Length of a step.")
@click.option("--reference", is_flag=True, help="The reference's functions, not your own.")
@click.option("--recorded", is_flag=True, help="A recorded step, which needs no functions.")
@click.option("--gif", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE",
              help="Draw it into FILE, an animation for slides.")  # fmt: skip
def flow(folder: Path | None, layers: str | None, gif: Path | None, **asked: Any) -> None:
    """Show a training step with real numbers, from your own functions in FOLDER.

    FOLDER has your notebooks, by default those that are here.

    Every call with its inputs, outputs and cache; the cost; each gradient beside its finite
    differences; the parameters before and after. Where there are neither notebooks nor a reference,
    a recorded step is shown. Exit status 1 if a function fails or a gradient is not right.
    """
    from workbook.learn.flow.flow import flow_in, not_ready
    from workbook.learn.flow.moments.show import print_seen
    from workbook.learn.workspace.where import home_folder

    with as_failure(ValueError):
        seen = flow_in(folder or home_folder(Path()) or Path(), layers, **asked)
        if gif is not None and seen.walk is not None:
            from workbook.learn.flow.moments.gif import write_gif

            click.echo(f"{gif}: {write_gif(seen.walk, gif)} pictures.")
    if gif is None or seen.walk is None:
        if seen.own is not None and seen.own.unready:
            meanwhile = "`workbook flow --recorded` shows a recorded step meanwhile."
            raise Failure(f"{not_ready(seen.own)}\n{meanwhile}")
        print_seen(seen)
    sys.exit(1 if seen.flow and (seen.flow.advice or seen.flow.problem) else 0)


COMMANDS = (check, progress, catch_up, flow, start_again, save, bring)
