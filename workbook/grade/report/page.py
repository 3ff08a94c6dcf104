"""The class report: one HTML page, made from Jinja2 templates with autoescape on."""

import base64
import hashlib
import os
from datetime import datetime
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from markupsafe import Markup

from workbook.course.exercises import NOTEBOOKS, Exercise, find
from workbook.grade.pages.environment import environment
from workbook.grade.report.class_table import class_table
from workbook.grade.report.sections import page_values
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
    beside = f"{path.parent}/feedback"
    files_of = {one.name: one.notebook_path.removesuffix(".ipynb") + ".html" for one in NOTEBOOKS}
    pages = {name: _address(file, name) for name, file in files_of.items()}

    @cache
    def folder(student: str) -> Markup:
        """Return the address of the folder with a student's pages."""
        return _address(f"feedback/{student}/")

    def page_of(student: str, exercise: Exercise) -> Markup:
        """Return the address of a student's page from the report, or "" if there is none."""
        # For every cell: a text is put together faster than a path.
        if anonymous or not os.path.isfile(f"{beside}/{student}/{files_of[exercise.name]}"):
            return Markup("")
        return folder(student) + pages[exercise.name]

    def feedback(result: Result) -> Markup:
        exercise = find(result.exercise)
        return page_of(result.student, exercise) if exercise else Markup("")

    names = {one.student: one.name for one in graded.marks.values()}
    script = files("workbook.grade.report").joinpath("templates", "report.js").read_text("utf-8")
    template = environment("workbook.grade.report").get_template("report.html")
    page = template.render(
        page_values(tally, graded, anonymous),
        **{"class": class_table(graded.marks, tally, page_of)},
        anonymous=anonymous,
        feedback=feedback,
        folder=folder,
        pages=pages,
        name_of=lambda student: names.get(student, ""),
        script=Markup(script),
        script_hash=base64.b64encode(hashlib.sha256(script.encode()).digest()).decode(),
        most=_MOST,
        now=datetime.now().astimezone(),
    )
    write_text(path, page)


def _address(path: str, part: str = "") -> Markup:
    """Return the address of a part of a page, in which nothing has to be escaped."""
    # A name on the disk may hold bytes that are no text.
    quoted = quote(path.encode("utf-8", "surrogateescape"))
    return Markup(f"{quoted}#{quote(part)}" if part else quoted)
