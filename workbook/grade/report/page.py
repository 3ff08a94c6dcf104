"""The class report: one HTML page, made from Jinja2 templates with autoescape on."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from workbook.course.exercises import find
from workbook.course.text import printable
from workbook.course.words import counted
from workbook.grade.report.sections import facts
from workbook.grade.report.tally import Tally
from workbook.grade.submissions.results import Result, write_text

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded

_LONGEST = 400
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
    template = _environment().get_template("report.html")
    page = template.render(facts(tally, graded), feedback=feedback, most=_MOST, now=now)
    write_text(path, page)


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("workbook.grade.report"),
        autoescape=True,
        finalize=_shown,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= {"counted": counted, "percent": _percent}
    environment.filters |= {"line": _line, "marked": _marked, "signed": _signed}
    return environment


def _shown(value: Any) -> Any:
    """Return a value as text, to be escaped; leave HTML as it is."""
    if isinstance(value, int | float):
        return _number(value)
    return value if isinstance(value, Markup) else _line(str(value))


def _number(value: float) -> str:
    """Return a number, with one decimal place where it needs one."""
    return f"{value:,.1f}".removesuffix(".0")


def _signed(value: float) -> str:
    sign = "+" if value > 0 else "\N{MINUS SIGN}" if value < 0 else ""
    return sign + _number(abs(value))


def _line(text: str) -> str:
    """Return an untrusted text as one line of limited length and printable characters."""
    line = " ".join(text.split())
    if len(line) > _LONGEST:
        line = f"{line[:_LONGEST]} …"
    # An unprintable character could reorder the text around it, or be no valid text.
    return printable(line)


def _marked(text: str) -> str:
    """Return a sentence with the words between backticks as code."""
    line = _line(text)
    pieces = line.split("`")
    if len(pieces) % 2 == 0:
        return line
    code = Markup("<code>{}</code>")
    return Markup("").join(code.format(one) if i % 2 else one for i, one in enumerate(pieces))


def _percent(part: float, whole: float) -> str:
    """Return a share in percent: 0 and 100 only for none and all."""
    share = 100 * part / whole if whole else 0.0
    if 0 < part < whole:
        share = min(99.0, max(1.0, share))
    return f"{share:.0f}"
