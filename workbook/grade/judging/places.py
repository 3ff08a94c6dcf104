"""Decides where in a notebook each function is judged, and which cells are run for it."""

import ast
import re
import symtable
import warnings
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from workbook import LATER
from workbook.course.exercises import Exercise
from workbook.course.hidden_tests import HiddenTest
from workbook.course.statements import effect_of
from workbook.course.stubs import is_stub_cell
from workbook.diagnosis.undefined import names_in
from workbook.grade.submissions.identify import grade_id, is_answer, tests_in

# Most answers are not taken apart to see that they are one.
_MAY_BE_STUB = re.compile(r"NotImplementedError|\bpass\b|\.\.\.|[\"']{3}")

_WORD = re.compile(r"\w+")

# More than a person writes, which would take long to be taken apart.
_MOST_LOOKED_AT = 100_000


@dataclass(frozen=True)
class CodeCell:
    """One cell of code to run.

    Attributes
    ----------
    number : int
        Its place among all cells of the notebook that is judged, from 1.
    source : str
        Its text.
    answers : str
        Name of the function whose answer's cell it is, or "".
    is_stub : bool
        Whether it is an answer's cell in which nothing has been written.
    submitted_as : int
        Its number in the notebook that was handed in; 0 if that is the same, or it was not there.
    """

    number: int
    source: str
    answers: str = ""
    is_stub: bool = False
    submitted_as: int = 0

    @property
    def shown(self) -> int:
        """Its number for the student."""
        return self.submitted_as or self.number


def cells_to_run(
    notebook: Any, source: Any, stubs: Collection[str] = (), numbers: Sequence[int] = ()
) -> list[CodeCell]:
    """Return the code that can define an answer: no graded cell.

    The lesson's own experiments are run only if they stand above the last graded cell, and another
    cell uses a name that they alone define.

    Parameters
    ----------
    notebook : NotebookNode
        The submission.
    source : NotebookNode
        The course's own notebook.
    stubs : collection of str, optional
        Texts of the answers' cells as they were released.
    numbers : sequence of int, optional
        The number of each cell in the notebook that was handed in, see `Submission`.
    """
    experiments = {cell["source"] for cell in source.cells if cell["metadata"].get("tags")}
    cells: list[CodeCell] = []
    of_lesson: list[CodeCell] = []
    last = 0
    submitted = dict(enumerate(numbers, 1))
    for number, cell in enumerate(notebook.cells, 1):
        text, metadata = cell["source"], cell["metadata"]
        settings = metadata.get("nbgrader", {})
        if settings.get("grade"):
            last = number
        elif cell["cell_type"] != "code" or not text.strip():
            continue
        elif settings.get("solution"):
            name = settings["grade_id"]
            is_stub = bool(_MAY_BE_STUB.search(text)) and (
                _without_comments(text) in map(_without_comments, stubs) or is_stub_cell(text, name)
            )
            cells.append(CodeCell(number, text, name, is_stub, submitted.get(number, 0)))
        else:
            is_experiment = text in experiments or metadata.get("tags")
            found = CodeCell(number, text, submitted_as=submitted.get(number, 0))
            (of_lesson if is_experiment else cells).append(found)
    # What stands below all tests has not run when they do.
    of_lesson = [cell for cell in of_lesson if cell.number < last]
    texts, of_experiments = ([one.source for one in some] for some in (cells, of_lesson))
    if _uses_any(texts, of_experiments):
        cells = sorted([*cells, *of_lesson], key=lambda cell: cell.number)
    return cells


def _uses_any(cells: Sequence[str], experiments: Sequence[str]) -> bool:
    """Tell whether definitions or values in cells use a name that only experiments define.

    What only shows something does not count, nor do cells that are no plain Python.
    """
    if sum(map(len, (*cells, *experiments))) > _MOST_LOOKED_AT:
        return False
    names = _defined(tuple(experiments))
    # Only what has such a word is taken apart.
    cells = [cell for cell in cells if not names.isdisjoint(_WORD.findall(cell))]
    with warnings.catch_warnings(action="ignore"):
        found = {cell: _global_names(cell) for cell in cells}
        # Few do: most names of the lesson's are arguments in an answer.
        if not any(map(names.intersection, found.values())):
            return False
        statements = [one for cell in cells if found[cell] for one in ast.parse(cell).body]
    effects = list(map(effect_of, statements))
    used = {name for effect in effects for name in effect.uses if effect.binds}
    bound = {name for effect in effects for name in effect.binds}
    return not names.isdisjoint(used - bound)


@lru_cache(maxsize=256)
def _global_names(source: str) -> frozenset[str]:
    """Return the names in a cell that are not local to a function; none if it is no Python."""
    # No code is made of it: a few nested `finally` can make gigabytes.
    try:
        waiting = [symtable.symtable(source, "", "exec")]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return frozenset()
    found = set[str]()
    while waiting:
        table = waiting.pop()
        found.update(one.get_name() for one in table.get_symbols() if one.is_global())
        waiting += table.get_children()
    return frozenset(found)


@lru_cache(maxsize=256)
def _without_comments(source: str) -> str:
    return re.sub(r"#.*|\s+", "", source)


def last_cells(
    notebook: Any, source: Any, exercise: Exercise, tests: Iterable[HiddenTest]
) -> dict[str, int]:
    """Return for each function the number of the cell that is not run any more before its tests.

    That is the first cell that holds its tests. Where a student has moved these cells, or lost
    them, it is the one below the answer's.

    Parameters
    ----------
    notebook : NotebookNode
        The submission.
    source : NotebookNode
        The course's own notebook.
    exercise : Exercise
        What it is about.
    tests : iterable of HiddenTest
        The tests of all its functions.
    """
    of = {test.name: test.of for test in tests}
    ours, theirs = _first_tests(source, of), _first_tests(notebook, of)
    answers = {_answered(cell): number for number, cell in enumerate(notebook.cells, 1)}
    found = {}
    for name in exercise.functions:
        place = theirs.get(name, len(notebook.cells) + 1)
        answer = answers.get(name)
        if answer is not None:
            below = {_key(cell) for cell in source.cells[ours.get(name, 0) :]} - {""}
            between = notebook.cells[answer : max(answer, place - 1)]
            if place < answer or any(_answered(c) or _key(c) in below for c in between):
                place = answer + 1
        found[name] = place
    return found


def _first_tests(notebook: Any, of: dict[str, str]) -> dict[str, int]:
    """Return the number of the first cell with tests, by the function that they test."""
    found: dict[str, int] = {}
    for number, cell in enumerate(notebook.cells, 1):
        for test in tests_in(cell):
            if test in of:
                found.setdefault(of[test], number)
    return found


def _answered(cell: Any) -> str:
    """Return the name of the function whose answer's cell this is, or ""."""
    return grade_id(cell) if is_answer(cell) else ""


def _key(cell: Any) -> str:
    """Return what a cell of the lesson is known by."""
    return grade_id(cell) or str(cell["source"].strip())


# The names of matplotlib, and of what draws with it. A cell that reaches it by other names gets it,
# too, but has to wait for its import: `workbook.course.deferred_imports`.
_FIGURES = [name for name, home in LATER.items() if home.startswith("workbook.figures")]
_DRAWING = re.compile(rf"\b(matplotlib|pyplot|plt|pylab|mpl|seaborn|pandas|{'|'.join(_FIGURES)})\b")


def names_of_experiments(source: Any) -> frozenset[str]:
    """Return the names that the experiments of the course's own notebook define."""
    return _defined(tuple(one["source"] for one in source.cells if one["metadata"].get("tags")))


@lru_cache(maxsize=64)
def _defined(experiments: tuple[str, ...]) -> frozenset[str]:
    return frozenset(names_in(experiments))


def draws(cells: Iterable[CodeCell], source: Any) -> bool:
    """Tell whether any of these cells draws, other than those of the lesson itself."""
    own = {cell["source"] for cell in source.cells}
    return any(_DRAWING.search(cell.source) for cell in cells if cell.source not in own)
