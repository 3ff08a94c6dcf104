"""The command `workbook`.

A module for each kind of user: learners, graders, authors. Imports `course`, and what a command
runs when it runs, so that every command starts at once.
"""

import contextlib

import click

from workbook.cli import author, desk, grade, learn
from workbook.cli.course_option import use
from workbook.course.failure import Failure
from workbook.course.folder import CourseError, find_course


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="backprop-workbook")
def main() -> None:
    """Build a deep neural network from scratch: lessons, checks and grading."""
    # In the folder of a course all commands are about this course; elsewhere about the package's.
    with contextlib.suppress(CourseError, Failure):
        use(find_course())


for command in (*learn.COMMANDS, *grade.COMMANDS, *desk.COMMANDS, *author.COMMANDS):
    main.add_command(command)
