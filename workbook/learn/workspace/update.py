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
from workbook.course.definitions import bound_names
from workbook.course.statements import parsed

# What the build calls cells of text.
_TEXT = re.compile(r"text-\d+")
_DEFINITION = re.compile(r"^(?:async +)?(?:def|class) +(\w+)", re.MULTILINE)
# A line of IPython's.
_MAGIC = re.compile(r"^[ \t]*[%!].*$", re.MULTILINE)
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
    texts = {text_of(cell) for cell in cells}
    answers = {_key(cell): cell for cell in cells if _is_answer(cell)}
    keys = _keys(mine["cells"], cells)
    last = {key: number for number, key in enumerate(keys)}
    anchors = _anchors(mine["cells"], keys, cells)
    behind: dict[int, list[NotebookCell]] = defaultdict(list)
    answered, is_complete = False, True
    for number, (cell, key) in enumerate(zip(mine["cells"], keys, strict=True)):
        if not _is_changed(cell) or (_is_given(cell) and text_of(cell) in texts):
            continue
        if key in answers and last[key] == number:
            written = {name: cell[name] for name in _WRITTEN if name in cell}
            answers[key] |= copy.deepcopy(written)
            answered = True
        elif _TEXT.fullmatch(key) and "workbook" not in cell["metadata"]:
            # It says not whether it was changed: the text in its new release takes its place.
            is_complete = False
        else:
            behind[anchors[number]].append(_own(cell))
    ordered = behind[-1] + [one for n, cell in enumerate(cells) for one in (cell, *behind[n])]
    metadata = {**mine["metadata"], **new["metadata"]}
    taken = {name for cell in cells for name in (_key(cell), cell["id"])}
    notebook = {**new, "metadata": metadata, "cells": _numbered(ordered, taken)}
    return Update(notebook, answered or any(behind.values()), is_complete)


def _anchors(mine: list[NotebookCell], keys: list[str], cells: list[NotebookCell]) -> list[int]:
    """Return behind which cell of the new release each of the learner's cells has its place.

    The learner's cells stay in their order, each above or below the answers as it was. What they
    define above the imports goes below them where these now bring something of the same name.
    """
    named = {_key(cell): n for n, cell in enumerate(cells) if "nbgrader" in cell["metadata"]}
    texts = {text_of(cell): n for n, cell in enumerate(cells)}
    last = {key: number for number, key in enumerate(keys)}
    imports, brought = _brought(mine, keys, cells)
    anchors, anchor = list[int](), -1
    for cell, key in zip(mine, keys, strict=True):
        same = texts.get(text_of(cell), -1) if _is_given(cell) else -1
        # A number in the name of a text is another one in each release.
        anchor = max(anchor, named.get(key, same))
        if brought and brought & _bound(cell):
            anchor = max(anchor, imports)
        anchors.append(anchor)
    highest = len(cells)
    for number in reversed(range(len(mine))):
        anchors[number] = min(anchors[number], highest)
        place = named.get(keys[number], -1)
        is_answer = place >= 0 and _is_answer(cells[place]) and last[keys[number]] == number
        if is_answer and _is_changed(mine[number]):
            highest = min(highest, place - 1)
    return anchors


def _brought(
    mine: list[NotebookCell], keys: list[str], cells: list[NotebookCell]
) -> tuple[int, set[str]]:
    """Return the place of the cell of imports, and the names that it did not bring before."""
    for place, cell in enumerate(cells):
        if _key(cell).endswith("-setup") and _key(cell) in keys:
            before = text_of(mine[keys.index(_key(cell))])
            return place, _bound(cell) - set(re.findall(r"\w+", before))
    return -1, set()


def _bound(cell: NotebookCell) -> set[str]:
    """Return the names that a cell of code defines; none if it cannot be parsed."""
    if cell["cell_type"] != "code":
        return set()
    tree = parsed(_MAGIC.sub("", text_of(cell)))
    return set() if tree is None else bound_names(tree.body)


def _is_changed(cell: NotebookCell) -> bool:
    """Tell whether a cell holds something that was not released so."""
    text = text_of(cell)
    return bool(text.strip()) and not is_as_released(cell, text)


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
