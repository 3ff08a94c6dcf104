"""The command for courses on Gradescope."""

from pathlib import Path
from tempfile import TemporaryDirectory

import click

from workbook.cli.author import make_class_wheel
from workbook.cli.course_option import chosen, course_option, use
from workbook.cli.grade import check_can_grade
from workbook.course.exercises import ASSIGNMENTS
from workbook.course.failure import Failure, as_failure
from workbook.grade.gradescope.settings import VISIBILITIES, Settings


@click.command()
@click.option("-o", "--out", type=click.Path(path_type=Path, dir_okay=False),
              default=Path("autograder.zip"), show_default=True, help="The zip.")  # fmt: skip
@click.option("--assignment", metavar="NAME", default="",
              help="Grade the notebooks of this assignment only. Default: all.")  # fmt: skip
@click.option("--visibility", type=click.Choice(VISIBILITIES), default=VISIBILITIES[0],
              show_default=True, help="When students see the hidden tests' outcomes.")  # fmt: skip
@course_option
def gradescope(out: Path, assignment: str, visibility: str, course_folder: Path | None) -> None:
    """Write the autograder of this course for Gradescope.

    It holds the hidden tests, the solutions and the secret of the course: for Gradescope's
    "Configure Autograder" page, and for nobody else.
    """
    course = use(chosen(course_folder))
    check_can_grade()
    if assignment and assignment not in ASSIGNMENTS:
        raise Failure(
            f"unknown assignment {assignment!r}; the assignments are: {', '.join(ASSIGNMENTS)}"
        )
    from workbook.grade.gradescope.autograder_zip import write_zip
    from workbook.grade.submissions.plan import NotBuiltError
    from workbook.grade.submissions.seeds import SecretError

    settings = Settings(assignment, visibility)
    with TemporaryDirectory(prefix="workbook-gradescope-") as made:
        wheel = make_class_wheel(course, Path(made))
        try:
            with as_failure(NotBuiltError, SecretError):
                write_zip(course, wheel, settings, out)
        except OSError as error:
            raise Failure(f"{out} cannot be written: {error.strerror}") from error
    click.echo(f"written: {out} ({out.stat().st_size / 1e6:.1f} MB)")
    click.echo("Hidden tests and solutions are in it: give it to nobody but Gradescope.")
    click.echo(f'"Autograder points" in the assignment\'s settings there: {settings.points:g}.')


COMMANDS = (gradescope,)
