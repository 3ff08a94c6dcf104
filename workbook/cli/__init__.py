"""The command `workbook`.

A module for each kind of user: learners, graders, authors. Imports `course`, and what a command
runs when it runs, so that every command starts at once.
"""

import contextlib
import gc
from pathlib import Path

import click

from workbook.cli import (
    author,
    corrections,
    desk,
    export,
    grade,
    gradescope,
    lab,
    learn,
    similar,
    site,
)
from workbook.cli.commands import Commands
from workbook.cli.course_option import use
from workbook.course.failure import Failure
from workbook.course.folder import CourseError, find_course


def _print_version(context: click.Context, _: click.Parameter, asked: bool) -> None:
    if not asked or context.resilient_parsing:
        return
    from importlib.metadata import PackageNotFoundError, version

    from workbook.learn.reference.at_hand import EDITIONS, edition

    # A checkout need not be installed.
    with contextlib.suppress(PackageNotFoundError):
        click.echo(f"workbook, version {version('backprop-workbook')}")
    click.echo(f"This is {EDITIONS[edition(Path.cwd())]}.")
    context.exit()


@click.group(
    cls=Commands,
    context_settings={"help_option_names": ["-h", "--help"]},
    invoke_without_command=True,
)
@click.option(
    "--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
    help="Show the version, and which wheel this is.",
)  # fmt: skip
@click.pass_context
def main(ctx: click.Context) -> None:
    """Build a deep neural network from scratch: lessons, checks and grading.

    Without a command, it says where you are in your notebooks and what is next.
    """
    # What a command imports is no garbage: to look for some after every 700 objects, as Python does
    # otherwise, takes a tenth of the time.
    gc.set_threshold(10_000)
    # In the folder of a course all commands are about this course; elsewhere about the package's.
    with contextlib.suppress(CourseError, Failure):
        use(find_course())
    if ctx.invoked_subcommand is None:
        lab.where(ctx)


for command in (
    lab.lab,
    *learn.COMMANDS,
    *grade.COMMANDS,
    *desk.COMMANDS,
    *export.COMMANDS,
    similar.similar,
    *corrections.COMMANDS,
    *gradescope.COMMANDS,
    *author.COMMANDS,
    *site.COMMANDS,
):
    main.add_command(command)
