"""The command `workbook site`: the course as a website."""

from pathlib import Path

import click

from workbook.cli.course_option import FOLDER, chosen, course_option
from workbook.course.failure import Failure, as_failure, check_installed, missing_extra
from workbook.course.folder import CourseError

#: What only the extra `site` installs, by the names under which it is imported.
_NEEDED = (
    "hatchling", "jupyterlite_core", "jupyterlite_pyodide_kernel",
    "sphinx", "myst_parser", "furo", "latex2mathml",
)  # fmt: skip


@click.command()
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option(
    "--offline",
    metavar="FOLDER",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="Take Python for the browser (Pyodide) from this folder into the site, which then asks "
    "no other server for anything.",
)
@click.option("--self-study", is_flag=True,
              help="With the solutions, for people who learn alone; not for a class.")  # fmt: skip
@course_option
def site(folder: Path, offline: Path | None, self_study: bool, course_folder: Path | None) -> None:
    """Build a website into DIR on which the course is read and done, with nothing to install.

    DIR goes to any static host, under any path. To look at it here, run
    `python -m http.server --directory DIR` and open http://localhost:8000/.
    """
    course = chosen(course_folder)
    check_installed(_NEEDED, "site")
    try:
        with as_failure(CourseError):
            from workbook.site.site import build_site, settle

            build_site(settle(course, folder, offline, self_study))
    except ImportError as error:
        raise missing_extra(error, "site") from error
    except OSError as error:
        raise Failure(f"the site cannot be built: {error}") from error
    size = sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())
    click.echo(f"written: {folder} ({size / 1e6:.1f} MB)")
    click.echo(
        "Python comes from this folder: the site asks no other server for anything."
        if offline
        else "Python comes from cdn.jsdelivr.net; with --offline FOLDER it is part of the site."
    )
    if self_study:
        click.echo("It holds the solutions: it is for people who learn alone, not for a class.")


COMMANDS = (site,)
