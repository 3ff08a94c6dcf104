"""The pages: a list of the pairs, and one page a pair with both texts side by side."""

import os
import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup, escape

from workbook.course.text import printable
from workbook.grade.pages.environment import environment
from workbook.grade.similar.pairs import Pair, SyntaxTrees
from workbook.grade.submissions.results import write_text

#: The page with the list.
INDEX = "index.html"
_PAIR = "pair_{:03d}.html"
_LONGEST_LINE = 300
_ONE_OF_OURS = re.compile(r"index\.html|pair_\d{3,}\.html")


def write_comparison_pages(folder: Path, pairs: Sequence[Pair], students: int, most: int) -> Path:
    """Write the pages in place of those of an earlier run.

    Parameters
    ----------
    folder : pathlib.Path
        Where to write; made if necessary, and then closed to other users of the machine.
    pairs : sequence of Pair
        The pairs, most first.
    students : int
        How many students were compared.
    most : int
        How many pairs get a page.

    Returns
    -------
    pathlib.Path
        The page with the list.
    """
    if not folder.exists():
        folder.mkdir(parents=True)
        os.chmod(folder, 0o700)
    shown = [(_PAIR.format(number), pair) for number, pair in enumerate(pairs[:most], 1)]
    pages = environment("workbook.grade.similar")
    pages.filters |= {"code_line": _code_line, "syntax_share": SyntaxTrees().share}
    outdated = [one for one in folder.iterdir() if _ONE_OF_OURS.fullmatch(one.name)]
    for name, pair in shown:
        write_text(folder / name, pages.get_template("pair.html").render(pair=pair, index=INDEX))
    list_page = pages.get_template("index.html").render(
        shown=shown, others=len(pairs) - len(shown), students=students
    )
    write_text(folder / INDEX, list_page)
    for page in outdated:
        if page.name not in {INDEX, *(name for name, _ in shown)}:
            page.unlink()
    return folder / INDEX


def _code_line(line: str) -> Markup:
    """Return a line of untrusted code with its spaces, or a space where it is empty."""
    shown = printable(line[:_LONGEST_LINE].expandtabs(4))
    return escape(shown + (" …" if len(line) > _LONGEST_LINE else "") or " ")
