"""The class report: one HTML page, made from Jinja2 templates with autoescape on."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.course.exercises import find
from workbook.grade.pages.environment import environment
from workbook.grade.report.sections import facts
from workbook.grade.report.tally import Tally
from workbook.grade.submissions.results import Result, write_text

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded

# Entries of a list that the page shows; it counts the others.
_MOST = 500


def write_report(path: Path, tally: Tally, graded: "Graded") -> None:
    """Write the report of a class, whole or not at all.

    Parameters
    ----------
    path : pathlib.Path
        Where to write; links lead to the ``feedback/`` that is beside it.
    tally : Tally
        What the class did, in this grading and in earlier ones.
    graded : Graded
        What this grading did.
    """

    def feedback(result: Result) -> str:
        """Return the path of the student's feedback from the page, or "" if there is none."""
        exercise = find(result.exercise)
        if exercise is None:
            return ""
        page = Path("feedback", result.student, exercise.notebook_path).with_suffix(".html")
        return page.as_posix() if (path.parent / page).is_file() else ""

    now = datetime.now().astimezone()
    template = environment("workbook.grade.report").get_template("report.html")
    page = template.render(facts(tally, graded), feedback=feedback, most=_MOST, now=now)
    write_text(path, page)
