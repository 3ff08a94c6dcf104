"""Put the page together: what there is at a glance, the sections, and how it came about."""

from datetime import datetime
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from workbook.grade.report.grading import look, moved, problems, uneven
from workbook.grade.report.html import counted, number, plural
from workbook.grade.report.learning import absent, exercises, hidden_tests, mistakes, totals
from workbook.grade.report.tally import Tally, quantile
from workbook.grade.submissions.results import write_text

if TYPE_CHECKING:
    from workbook.grade.submissions.plan import Graded

_CSS = Path(__file__).with_name("page.css")
# The page runs nothing and fetches nothing, even if it held what it should not.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


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
    sections = [
        _glance(tally, graded),
        problems(graded.problems),
        uneven(tally),
        moved(graded.moved),
        totals(tally),
        exercises(tally),
        mistakes(tally),
        hidden_tests(tally),
        look(tally.odd, path.parent),
        absent(tally),
    ]
    write_text(
        path,
        '<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Class report</title>\n<style>\n{_CSS.read_text(encoding='utf-8')}</style>\n"
        f"</head>\n<body>\n<main>\n{''.join(sections)}</main>\n{_footer(tally)}"
        "</body>\n</html>\n",
    )


def _glance(tally: Tally, graded: "Graded") -> str:
    now = datetime.now().astimezone()
    unchanged = len(graded.lines) - graded.judged
    exercises = tally.exercises.values()
    handed_in = counted(sum(one.handed_in for one in exercises), "notebook")
    failed = sum(one.failed for one in exercises)
    odd = sum(one.count for one in tally.odd.values())
    marks, wrong = len(graded.moved), len(graded.problems)
    median = number(quantile(tally.totals, 0.5))
    tiles = [
        (f"{tally.students:,}", f"{plural(tally.students, 'student')}, {handed_in}", "exercises"),
        (median, f"of {tally.possible} points: the median", "totals"),
        (f"{failed:,}", f"{plural(failed, 'answer')} failed a hidden test", "mistakes"),
        (f"{marks:,}", f"{plural(marks, 'mark')} moved by this grading", "moved"),
        (f"{odd:,}", f"{plural(odd, 'submission')} to look at", "look"),
        (f"{wrong:,}", f"{plural(wrong, 'problem')} in this grading", "problems"),
    ]
    return (
        f'<h1>Class report</h1>\n<p class="quiet">Written <time datetime="'
        f'{now.isoformat(timespec="seconds")}">{now:%Y-%m-%d %H:%M}</time>. This grading '
        f"judged {counted(graded.judged, 'submission')}; {unchanged:,} had not changed since an "
        f'earlier one.</p>\n<ul class="glance">\n{"".join(map(_tile, tiles))}</ul>\n'
    )


def _tile(tile: tuple[str, str, str]) -> str:
    value, label, target = tile
    if not target or value == "0":
        return f"<li><b>{value}</b> {label}</li>\n"
    alert = ' class="alert"' if target == "problems" else ""
    return f'<li{alert}><b>{value}</b> <a href="#{target}">{label}</a></li>\n'


def _footer(tally: Tally) -> str:
    versions = ", ".join(escape(version) for version in sorted(tally.versions))
    return (
        "<footer>\n<p>Beside this page: <code>grades.csv</code> has every student's points, "
        "<code>results/</code> every test's outcome with the seed that reproduces it, "
        "<code>feedback/</code> what students get back. This page names students: keep it as you "
        f"keep their marks.</p>\n<p>Marks were given with {versions or 'nothing yet'}.</p>\n"
        "</footer>\n"
    )
