"""A learner's notebook in its new release: new text and tests around what the learner has written.

Checksums in the released cells tell which of them the learner has changed. Where a notebook is of a
release without them, its text counts as the course's, and its code as the learner's.
"""

import copy
import re
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from workbook.course.checksums import is_as_released

# What the build calls cells of text.
_TEXT = re.compile(r"text-\d+")
_DEFINITION = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
# What of an answer's cell the learner has made.
_WRITTEN = ("source", "outputs", "execution_count")
# What of a cell's metadata makes it one of the course's.
_OF_THE_COURSE = {"nbgrader", "workbook", "deletable", "editable"}

NotebookCell = dict[str, Any]


@dataclass(frozen=True)
class Update:
    """A notebook in its new release.

    Attributes
    ----------
    notebook : dict
        What a notebook's file holds.
    has_work : bool
        Whether it holds anything of the learner's.
    is_complete : bool
        Whether nothing that the learner may have written was left out.
    """

    notebook: dict[str, Any]
    has_work: bool
    is_complete: bool


def release_of(notebook: dict[str, Any]) -> str:
    """Return the release that a notebook names; "" if it names none."""
    ours = notebook["metadata"].get("workbook")
    found = ours.get("release") if isinstance(ours, dict) else None
    return found if isinstance(found, str) else ""


def updated(mine: dict[str, Any], new: dict[str, Any]) -> Update:
    """Return the new release of a notebook with the work of a learner's copy in it.

    Answers go into their cells. All else that the learner has written, in cells of their own or in
    cells of the course, follows the cell that it stood behind.

    Parameters
    ----------
    mine : dict
        The learner's copy, which stays as it is.
    new : dict
        The notebook as it is released now.
    """
    cells: list[NotebookCell] = copy.deepcopy(new["cells"])
    places = {_key(cell): place for place, cell in enumerate(cells)}
    texts = {text_of(cell): place for place, cell in enumerate(cells)}
    keys = _keys(mine["cells"], cells)
    last = {key: number for number, key in enumerate(keys)}
    behind: dict[int, list[NotebookCell]] = defaultdict(list)
    answered, is_complete, anchor = False, True, -1
    for number, cell in enumerate(mine["cells"]):
        key, text = keys[number], text_of(cell)
        same = texts.get(text) if _is_given(cell) else None
        anchor = places.get(key, anchor if same is None else same)
        if not text.strip() or is_as_released(cell, text) or same is not None:
            continue
        if key in places and _is_answer(cells[anchor]) and last[key] == number:
            written = {name: cell[name] for name in _WRITTEN if name in cell}
            cells[anchor] |= copy.deepcopy(written)
            answered = True
        elif _TEXT.fullmatch(key) and "workbook" not in cell["metadata"]:
            # It says not whether it was changed: the text in its new release takes its place.
            is_complete = False
        else:
            behind[anchor].append(_own(cell))
    ordered = behind[-1] + [one for n, cell in enumerate(cells) for one in (cell, *behind[n])]
    metadata = {**mine["metadata"], **new["metadata"]}
    taken = {*places, *(cell["id"] for cell in new["cells"])}
    notebook = {**new, "metadata": metadata, "cells": _numbered(ordered, taken)}
    return Update(notebook, answered or any(behind.values()), is_complete)


def text_of(cell: NotebookCell) -> str:
    """Return a cell's text, which a file may hold as one string or as a list of them."""
    return "".join(cell["source"])


def _key(cell: NotebookCell) -> str:
    """Return the name by which a cell of the course is known in each release."""
    settings = cell["metadata"].get("nbgrader")
    name = settings.get("grade_id") if isinstance(settings, dict) else cell.get("id")
    return name if isinstance(name, str) else ""


def _keys(mine: list[NotebookCell], cells: list[NotebookCell]) -> list[str]:
    """Return the name of each of the learner's cells, by which it has its place among others.

    Where another program has removed the name of an answer, the cell that defines it is known by
    the function.
    """
    keys = [_key(cell) for cell in mine]
    lost = {_key(cell) for cell in cells if _is_answer(cell)} - set(keys)
    for number, cell in enumerate(mine):
        text = text_of(cell)
        if cell["cell_type"] == "code" and not _OF_THE_COURSE & set(cell["metadata"]):
            defined = [name for name in _DEFINITION.findall(text) if name in lost]
            if defined and "NotImplementedError" not in text:
                keys[number] = defined[-1]
    return keys


def _is_given(cell: NotebookCell) -> bool:
    """Tell whether a cell may be the course's.

    It has a name of the course's, or none at all, or it is one of text: what a text says does not
    depend on where it comes from.
    """
    if "nbgrader" in cell["metadata"] or cell["cell_type"] == "markdown":
        return True
    return re.fullmatch(r"[a-z]+-\d+|quiz-\w+|", _key(cell)) is not None


def _is_answer(cell: NotebookCell) -> bool:
    return cell["metadata"].get("nbgrader", {}).get("solution") is True


def _own(cell: NotebookCell) -> NotebookCell:
    """Return a cell of the learner's as one that is not the course's."""
    kept = {k: v for k, v in cell["metadata"].items() if k not in _OF_THE_COURSE}
    return {**copy.deepcopy(cell), "metadata": copy.deepcopy(kept)}


def _numbered(cells: list[NotebookCell], of_the_course: set[str]) -> list[NotebookCell]:
    """Give an identifier to the learner's cells that have none, or one of the course's."""
    seen: set[str] = set()
    for number, cell in enumerate(cells):
        is_own = not _OF_THE_COURSE & set(cell["metadata"])
        name = cell.get("id")
        if not isinstance(name, str) or (is_own and (name in of_the_course or name in seen)):
            cell["id"] = f"kept-{number:03d}"
        seen.add(cell["id"])
    return cells
