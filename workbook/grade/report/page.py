"""The class report: one HTML page, made from Jinja2 templates with autoescape on."""

import base64
import hashlib
from datetime import datetime
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from workbook.course.exercises import NOTEBOOKS, Exercise, find
from workbook.grade.pages.environment import environment
from workbook.grade.report.class_table import class_table
from workbook.grade.report.sections import facts
from workbook.grade.report.tally import Tally
from workbook.grade.submissions.results import Result, write_text

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded

# Entries of a list that the page shows; it counts the others.
_MOST = 500


def write_report(path: Path, tally: Tally, graded: "Graded", anonymous: bool = False) -> None:
    """Write the report of a class, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        Where to write; links lead to the ``feedback/`` that is beside it.
    tally : Tally
        What the class did, in this grading and in earlier ones.
    graded : Graded
        What this grading did, and the final marks.
    anonymous : bool, optional
        Whether these call students by numbers. The page then has no links to students' pages.
    """

    def page_of(student: str, exercise: Exercise) -> Markup:
        """Return the address of a student's page from the report, or "" if there is none."""
        page = Path("feedback", student, exercise.notebook_path).with_suffix(".html")
        if anonymous or not (path.parent / page).is_file():
            return Markup("")
        return _address(f"{page.as_posix()}", exercise.name)

    def feedback(result: Result) -> Markup:
        exercise = find(result.exercise)
        return page_of(result.student, exercise) if exercise else Markup("")

    names = {one.student: one.name for one in graded.marks.values()}
    script = files("workbook.grade.report").joinpath("templates", "report.js").read_text("utf-8")
    template = environment("workbook.grade.report").get_template("report.html")
    page = template.render(
        facts(tally, graded, anonymous),
        **{"class": class_table(graded.marks, tally, page_of)},
        anonymous=anonymous,
        feedback=feedback,
        folder=lambda student: _address(f"feedback/{student}/"),
        pages={one.name: _address(_page_in_folder(one), one.name) for one in NOTEBOOKS},
        name_of=lambda student: names.get(student, ""),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        most=_MOST,
        now=datetime.now().astimezone(),
    )
    write_text(path, page)


def _page_in_folder(exercise: Exercise) -> str:
    """Return the path of a page in a student's folder."""
    return Path(exercise.notebook_path).with_suffix(".html").as_posix()


def _address(path: str, part: str = "") -> Markup:
    """Return the address of a part of a page, in which nothing has to be escaped."""
    # A name on the disk may hold bytes that are no text.
    quoted = quote(path.encode("utf-8", "surrogateescape"))
    return Markup(f"{quoted}#{quote(part)}" if part else quoted)
