"""The code cells of a notebook in the book: what each is for, its code, its picture."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from workbook.figures.html import element, with_code
from workbook.site.book.pictures import picture_of

# What stands above a cell, by what the cell is for.
_SAID = {
    "setup": ("Setup", "Run this first in the notebook."),
    "solution": ("You write this", "In the notebook, you fill in what is open here."),
    "check": (
        "Check",
        "In the notebook, this says at once what your function gets right, and which mistake a "
        "wrong answer looks like.",
    ),
    "experiment": ("Try it", "Run this in the notebook, and change it."),
    "code": ("Run it", "In the notebook, you see here what comes out."),
}
_TITLE = re.compile(r"# - (?P<title>.*)")


def code_as_markdown(page: Path, cell: Any, hints: dict[str, list[str]]) -> Iterator[str]:
    """Yield a code cell as Markdown: what it is for, its code, and its picture if it draws one.

    Parameters
    ----------
    page : pathlib.Path
        The page, beside which pictures are written.
    cell : NotebookNode
        The cell of the released notebook.
    hints : dict of str to list of str
        The hints for each function, which stand below the cell in which it is written.
    """
    role = _role(cell)
    if role == "tests":
        yield _hidden_tests(str(cell.source))
        return
    title, sentence = _SAID[role]
    picture = picture_of(page, cell)
    if picture is not None:
        sentence = f"This is what the notebook shows{picture.more}:"
    yield _block(role, title, sentence, str(cell.source))
    if picture is not None:
        yield picture.markdown
    if role == "solution":
        yield from _hints(hints.get(cell.metadata.nbgrader.grade_id, []))


def _role(cell: Any) -> str:
    graded = cell.metadata.get("nbgrader", {})
    if graded.get("solution"):
        return "solution"
    if graded.get("grade"):
        return "tests" if "tests" in cell.metadata.get("workbook", {}) else "check"
    if graded.get("locked"):
        return "setup"
    return "experiment" if "experiment" in cell.metadata.get("tags", []) else "code"


def _block(role: str, title: str, sentence: str, source: str) -> str:
    said = element("p", element("strong", title), f" {sentence}", **{"class": "wb-said"})
    # Longer than any fence in the code.
    fence = "`" * max(3, 1 + max(map(len, re.findall("`+", source)), default=0))
    top = f'<div class="wb-cell wb-{role}">{said}'
    return f"{top}\n\n{fence}ipython3\n{source}\n{fence}\n\n</div>"


def _hidden_tests(source: str) -> str:
    """Return what a released cell says of its hidden tests, folded away."""
    first, *others = source.splitlines()
    titles = [match["title"] for match in map(_TITLE.fullmatch, others) if match]
    summary = element("summary", f"{first.removeprefix('# ').rstrip(':')}.")
    items = element("ul", *(element("li", with_code(one)) for one in titles))
    return element("details", summary, items, **{"class": "wb-cell wb-tests"})


def _hints(hints: list[str]) -> Iterator[str]:
    for number, hint in enumerate(hints, 1):
        summary = element("summary", f"Hint {number} of {len(hints)}")
        yield f'<details class="wb-hint">{summary}\n\n{hint}\n\n</details>'
