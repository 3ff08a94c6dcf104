"""The commands of a course's author: build, wheel, new, figures."""

import contextlib
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import click

from workbook.cli.commands import Commands
from workbook.cli.course_option import FOLDER, chosen, course_option
from workbook.course.exercises import describe
from workbook.course.failure import Failure, as_failure, check_installed, missing_extra
from workbook.course.folder import Course, CourseError

_check_option = click.option(
    "--check", "only_check", is_flag=True, help="Write nothing; fail if stale."
)


@click.command()
@click.argument("names", metavar="[NAME]...", nargs=-1)
@_check_option
@course_option
def build(names: tuple[str, ...], only_check: bool, course_folder: Path | None) -> None:
    """Build source/, release/ and the data of the visible checks from the plain text.

    NAME is an exercise, a lab or a page, to build only that. What has not changed since the last
    build is not built again.
    """
    course = chosen(course_folder)
    with _author_errors():
        from workbook.build.build import build as build_course
        from workbook.build.build import stale_files

        changed = (stale_files if only_check else build_course)(course, names)
    _finish("build", changed, only_check, course.root)


def _finish(command: str, changed: list[Path], only_check: bool, root: Path) -> None:
    """Print the changed or stale files of a folder; exit with status 1 if some are stale."""
    for path in changed:
        done = "written" if (root / path).exists() else "removed"
        click.echo(f"{'stale' if only_check else done}: {path}")
    if only_check and changed:
        click.echo(f"Run `workbook {command}` and commit what it writes.", err=True)
        sys.exit(1)
    if not changed:
        click.echo("Everything is up to date.")


@click.command()
@click.argument("folder", metavar="[DIR]", type=FOLDER, default=Path("dist"))
@click.option("--self-study", is_flag=True,
              help="With the solutions, for people who learn alone; not for a class.")  # fmt: skip
@course_option
def wheel(folder: Path, self_study: bool, course_folder: Path | None) -> None:
    """Build a wheel from the course into DIR. Default: dist/.

    A class gets it without options: it holds no solution. `pip wheel --no-deps .` builds the same.
    """
    path = make_class_wheel(chosen(course_folder), folder, self_study)
    click.echo(f"written: {path} ({path.stat().st_size / 1e6:.1f} MB)")
    click.echo(
        "It is the self-study wheel: the solutions are in it, compressed, and anybody can unpack "
        "them. A class gets the other one, without --self-study."
        if self_study
        else "It is the wheel for classes: neither solutions nor hidden tests are in it."
    )


def make_class_wheel(course: Course, folder: Path, self_study: bool = False) -> Path:
    """Build the wheel of a course, and return its path; see `build_wheel`."""
    check_installed(["hatchling"])
    try:
        with _author_errors():
            from workbook.build.wheel import build_wheel

            return build_wheel(course, folder, self_study)
    except OSError as error:
        raise Failure(f"the wheel cannot be built: {error}") from error


@click.group(cls=Commands)
def new() -> None:
    """Write the files of a new exercise, or of a new function of a lab, to be filled in."""


@new.command()
@click.argument("name")
@click.option("--after", required=True, metavar="OTHER", help="The exercise before it.")
@click.option("--assignment", help="nbgrader assignment. Default: that of OTHER.")
@course_option
def exercise(name: str, after: str, assignment: str | None, course_folder: Path | None) -> None:
    """Write the four files of an exercise: lesson, solution, hidden tests, misconceptions."""
    course = chosen(course_folder)
    with _author_errors():
        from workbook.build.new import new_exercise

        files = new_exercise(course, name, after, assignment)
    _print_written(course, files)


@new.command()
@click.argument("name")
@click.option("--lab", required=True, help="The lab in which it is written.")
@course_option
def function(name: str, lab: str, course_folder: Path | None) -> None:
    """Write three files of a function of a lab, and say what its lesson needs."""
    course = chosen(course_folder)
    with _author_errors():
        from workbook.build.new import new_function

        files, left = new_function(course, name, lab)
    _print_written(course, files)
    click.echo(left)


def _print_written(course: Course, files: list[Path]) -> None:
    for path in files:
        click.echo(f"written: {path.relative_to(course.root)}")
    click.echo("Next: replace each FILL IN, then run `workbook build` and the tests.")


@contextlib.contextmanager
def _author_errors() -> Iterator[None]:
    """Report an error in an author's files as an error of the command."""
    try:
        from workbook.build.text import BuildError

        with as_failure(BuildError, CourseError):
            yield
    except ImportError as error:
        raise missing_extra(error) from error


@click.command()
@click.argument("folder", type=FOLDER, required=False)
@_check_option
@course_option
def figures(folder: Path | None, only_check: bool, course_folder: Path | None) -> None:
    """Draw the course's pictures into FOLDER. Default: its own visual_representation/."""
    from workbook.figures.diagrams.write import not_drawn_here, stale, write_diagrams

    if folder is None:
        course = chosen(course_folder)
        folder = course.root / "visual_representation"
        # A new exercise is not built yet: its pictures need the facts of its header.
        if find_spec("yaml") is not None:
            with _author_errors():
                from workbook.build.headers import gathered

                describe(gathered(course))
    try:
        changed = stale(folder) if only_check else write_diagrams(folder)
    except OSError as error:
        raise Failure(f"the pictures cannot be written: {error}") from error
    for sentence in not_drawn_here(folder):
        click.echo(f"Note: {sentence}", err=True)
    _finish("figures", changed, only_check, Path())


COMMANDS = (build, wheel, new, figures)
