"""Answers that stand in a cell of text: one key turns a cell of code into one in Jupyter."""

import re
from collections.abc import Collection, Mapping
from typing import Any

from workbook.course.checksums import is_as_released
from workbook.grade.submissions.identify import is_manual
from workbook.grade.submissions.locked import LONGEST, parsed

# To see whether a text is code can take a quarter of a second.
_MOST_TRIED = 20


def answers_in_text(
    cells: list[dict[str, Any]],
    texts: list[str],
    lesson: Collection[str],
    known: Mapping[str, Any],
) -> dict[int, str]:
    """Return which cells of text are code that defines a function which no cell of code defines.

    Parameters
    ----------
    cells : list of dict
        The cells, as they were submitted.
    texts : list of str
        The text of each.
    lesson : collection of str
        The course's own texts.
    known : mapping of str to NotebookNode
        The course's own cells with a role in grading, by their names.

    Returns
    -------
    dict of int to str
        The name of the function, by the place of the cell.
    """
    places = [
        place
        for place, (cell, text) in enumerate(zip(cells, texts, strict=True))
        if cell.get("cell_type") != "code" and text not in lesson and not _settings(cell)
    ]
    if not places:
        return {}
    answers = [
        name
        for name, cell in known.items()
        if cell.metadata.nbgrader.solution and not is_manual(cell)
    ]
    either = "|".join(map(re.escape, answers))
    begins = r"(?:async[ \t]+)?def[ \t]+|class[ \t]+|(?=\w+[ \t]*=(?!=))"
    definition = re.compile(rf"^(?:{begins})({either})\b", re.M)
    found = {place: one[1] for place in places if (one := definition.search(texts[place]))}
    if not found:
        return {}
    written = {
        name
        for place, text in enumerate(texts)
        if place not in places and not is_as_released(cells[place], text)
        for name in definition.findall(text)
    }
    tried = [place for place, name in found.items() if name not in written][-_MOST_TRIED:]
    return {place: found[place] for place in tried if _is_code(texts[place])}


def _settings(cell: Any) -> Any:
    """Return a cell's metadata in grading; what they are, nobody knows of a submitted cell."""
    metadata = cell.get("metadata")
    return metadata.get("nbgrader") or {} if isinstance(metadata, dict) else {}


def _is_code(text: str) -> bool:
    try:
        return len(text) <= LONGEST and bool(parsed(text))
    except SyntaxError:
        return False
