"""Answers in cells that run nothing: cells of text, or cells under a magic that keeps nothing."""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from workbook.course.cell_magics import KEEP_NOTHING, magic_of, without_magic
from workbook.course.checksums import is_as_released

# To see whether a text is code can take a quarter of a second.
_MOST_TRIED = 20


def unrun_answers(
    cells: Sequence[Any],
    texts: Sequence[str],
    names: Collection[str],
    is_code: Callable[[str], bool],
    lesson: Collection[str] = (),
) -> dict[int, str]:
    """Return the cells that run nothing, and define a function that no code cell defines.

    One key turns a cell of code into one of text in Jupyter, and ``%%timeit`` above an answer
    times it, and forgets it.

    Parameters
    ----------
    cells : sequence of dict
        The cells, as they stand in a notebook's file.
    texts : sequence of str
        The text of each.
    names : collection of str
        The functions.
    is_code : callable
        Tells whether a text is code.
    lesson : collection of str, optional
        The course's own texts.

    Returns
    -------
    dict of int to str
        The name of the function, by the place of the cell.
    """
    places = {
        place: without_magic(text)
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True))
        if _runs_nothing(cell, text) and text not in lesson
    }
    if not places:
        return {}
    either = "|".join(map(re.escape, names))
    begins = r"(?:async[ \t]+)?def[ \t]+|class[ \t]+|(?=\w+[ \t]*=(?!=))"
    definition = re.compile(rf"^(?:{begins})({either})\b", re.M)
    found = {place: one[1] for place, text in places.items() if (one := definition.search(text))}
    if not found:
        return {}
    written = {
        name
        for place, text in enumerate(texts)
        if place not in places and not is_as_released(cells[place], text)
        for name in definition.findall(text)
    }
    tried = [place for place, name in found.items() if name not in written][-_MOST_TRIED:]
    return {place: found[place] for place in tried if is_code(places[place])}


def _runs_nothing(cell: Any, text: str) -> bool:
    if cell.get("cell_type") == "code":
        return magic_of(text) in KEEP_NOTHING
    metadata = cell.get("metadata")
    return not (isinstance(metadata, dict) and metadata.get("nbgrader"))
