"""Finds the exercise of a notebook: by its cells, else by its functions, else by its name."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

from workbook.course.exercises import FUNCTIONS, NOTEBOOKS, PAGES, Exercise, find
from workbook.course.statements import parsed
from workbook.grade.submissions.files import plain_name

# A cell or two of another exercise may have been copied into a notebook.
_MOST_COPIED = 2
#: Of a cell's text, so many signs count.
MOST_CODE = 1_000_000
# To find out whether a stub is left, so much is parsed of a notebook, and of all that one student
# has handed in.
_MOST_PARSED, _MOST_PARSED_IN_ALL = 200_000, 2_000_000

#: Far more cells than real work holds: to look at more, or to show them, would take longer than to
#: judge them.
MOST_CELLS = 5000

# The settings of a cell that has none.
_NO_ROLE: dict[str, Any] = {}


@dataclass(frozen=True)
class Match:
    """An exercise that a notebook belongs to.

    Attributes
    ----------
    exercise : Exercise
        The exercise.
    answered : int
        2 if one of its functions is written; 1 if there is too much in it to find that out, which
        is somebody's work; else minus the number of places left to fill in.
    alone : bool
        Whether the notebook is of no other exercise.
    released : bool
        Whether it has cells of the released notebook, or its name.
    """

    exercise: Exercise
    answered: int
    alone: bool = True
    released: bool = True


@dataclass
class Parsing:
    """How many characters may still be parsed of what one student has handed in."""

    left: int = _MOST_PARSED_IN_ALL

    def takes(self, count: int) -> bool:
        """Take this many characters from what is left; return whether there were enough."""
        self.left -= count
        return self.left >= 0


def exercise_named(name: str) -> Exercise | None:
    """Return the exercise whose notebook's name is in the name of a file, or None."""
    words = _words(name)
    # The longest: the name of one exercise may begin like that of another.
    for one in sorted(NOTEBOOKS, key=lambda one: -len(one.name)):
        if re.search(rf"(?<![a-z]){re.escape(_words(one.name))}(?![a-z])", words):
            return one
    return None


def _words(name: str) -> str:
    """Return the words of a name, whatever stands between them."""
    return re.sub(r"[\W_]+", " ", plain_name(name))


def is_page_named(name: str) -> bool:
    """Tell whether a file has the name of one of the course's pages, or a copy's."""
    return any(_words(page.name) in _words(name) for page in PAGES)


def exercises_of(raw: dict[str, Any], name: str, parsing: Parsing | None = None) -> list[Match]:
    """Return the exercises that a notebook belongs to, if any.

    Parameters
    ----------
    raw : dict
        The notebook's JSON.
    name : str
        The file's name.
    parsing : Parsing, optional
        What may be parsed of it; that of this notebook alone if not given.
    """
    parsing = parsing or Parsing()
    cells = list(islice(_cells(raw), MOST_CELLS))
    named = exercise_named(name)
    ids = Counter(one for cell in cells if (one := _exercise_of_cell(cell)))
    if ids:
        best = ids.most_common(1)[0][0]
        found = [one for one, count in ids.items() if one == best or count > _MOST_COPIED]
    else:
        written = [function for cell in cells for function in _written(_source(cell))]
        found = list(dict.fromkeys(FUNCTIONS[name] for name in written))
        if named and not found:
            found = [named]
    # A notebook is its name's, whatever else was copied into it.
    return [
        Match(
            one,
            _answered(one, cells, parsing),
            alone=one == named or len(found) == 1,
            released=one == named or bool(ids),
        )
        for one in found
    ]


def _cells(raw: dict[str, Any]) -> Iterator[dict[str, Any]]:
    sheets = raw.get("worksheets")
    places = [raw, *sheets] if isinstance(sheets, list) else [raw]
    for place in places:
        cells = place.get("cells") if isinstance(place, dict) else None
        if isinstance(cells, list):
            yield from (one for one in cells if isinstance(one, dict))


def _exercise_of_cell(cell: dict[str, Any]) -> Exercise | None:
    """Return the exercise to which a cell belongs by its name in grading, or by its identifier."""
    for name in (grade_id(cell), cell.get("id")):
        if isinstance(name, str):
            base = name.partition("-")[0]
            exercise = FUNCTIONS.get(base) or find(base)
            if exercise is not None:
                return exercise
    return None


def grade_id(cell: Any) -> str:
    """Return a cell's name in grading, or "" if it has none."""
    try:
        name = cell["metadata"]["nbgrader"]["grade_id"]
    except (KeyError, TypeError):
        return ""
    return name if isinstance(name, str) else ""


def is_manual(cell: Any) -> bool:
    """Tell whether a cell of the course, or of a submission that was read, a person marks."""
    settings = cell["metadata"].get("nbgrader", _NO_ROLE)
    return bool(settings.get("grade") and settings.get("solution"))


def is_answer(cell: Any) -> bool:
    """Tell whether a cell of the course, or of a submission that was read, is for a function."""
    settings = cell["metadata"].get("nbgrader", _NO_ROLE)
    return bool(settings.get("solution") and not settings.get("grade"))


def tests_in(cell: Any) -> list[str]:
    """Return the hidden tests of a cell of the course, or of a submission that was read."""
    names: list[str] = cell["metadata"].get("workbook", _NO_ROLE).get("tests", [])
    return names


def sources_of(raw: dict[str, Any]) -> list[str]:
    """Return the text of each code cell of a notebook's JSON."""
    return [_source(cell) for cell in islice(_cells(raw), MOST_CELLS)]


def _source(cell: dict[str, Any]) -> str:
    if cell.get("cell_type") != "code":
        return ""
    source = cell.get("source", cell.get("input"))
    if isinstance(source, list):
        source = "".join(line for line in source if isinstance(line, str))
    return source[:MOST_CODE] if isinstance(source, str) else ""


def _written(source: str) -> list[str]:
    """Return the functions of the course that a cell defines in its lines that are not indented."""
    names = re.findall(r"^(?:async )?(?:def|class) +(\w+)|^(\w+) *=(?!=)", source, re.MULTILINE)
    return [name for pair in names for name in pair if name in FUNCTIONS]


def _answered(exercise: Exercise, cells: list[dict[str, Any]], parsing: Parsing) -> int:
    """Return how far an exercise is answered, as `Match` tells it."""
    empty = read = 0
    for cell in cells:
        source = _source(cell)
        if not any(name in exercise.functions for name in _written(source)):
            if grade_id(cell) in exercise.functions and source.strip():
                return 2
            continue
        read += len(source)
        left = _left_to_fill_in(source, parsing) if read <= _MOST_PARSED else None
        if not left:
            return 1 if left is None else 2
        empty += left
    return -empty


def _left_to_fill_in(source: str, parsing: Parsing) -> int | None:
    """Return how many functions in a cell do nothing but raise NotImplementedError.

    None is returned where too much would have to be parsed.
    """
    if "NotImplementedError" not in source:
        return 0
    if not parsing.takes(len(source)):
        return None
    tree = parsed(source)
    if tree is None:
        # The stub can be parsed: this is somebody's work.
        return 0
    return sum(
        isinstance(node, ast.FunctionDef) and _only_raises(node.body) for node in ast.walk(tree)
    )


def _only_raises(body: list[ast.stmt]) -> bool:
    rest = [one for one in body if not isinstance(one, ast.Expr)]
    return (
        len(rest) == 1
        and isinstance(rest[0], ast.Raise)
        and any(
            isinstance(node, ast.Name) and node.id == "NotImplementedError"
            for node in ast.walk(rest[0])
        )
    )


def parts_by_function(release: Any) -> Iterator[dict[str, Any]]:
    """Yield for each function of a notebook what stands around its stub.

    That is the headings above, up to the stub before, and the cells with its tests below, as pairs
    of the cell's name and the tests.
    """
    headings: list[str] = []
    function: dict[str, Any] = {}
    for cell in release.cells:
        if cell.cell_type == "markdown" and cell.source.startswith("## "):
            headings.append(cell.source[3:].partition("\n")[0].strip())
        elif is_answer(cell):
            function = {"name": grade_id(cell), "sections": headings, "cells": []}
            yield function
            headings = []
        elif function and (tests := tests_in(cell)):
            function["cells"].append([grade_id(cell), list(tests)])
