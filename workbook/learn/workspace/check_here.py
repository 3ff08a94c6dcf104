"""`check` in a notebook: the card, and what is next once a function passes."""

import ast
import contextlib
import hashlib
import inspect
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any, Literal
from urllib.parse import quote

from workbook.course.data_folder import data_folder
from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, Exercise, find_function
from workbook.course.statements import parsed
from workbook.diagnosis.undefined import names_in
from workbook.figures.html import element
from workbook.figures.ipython import shell
from workbook.learn.check.check import conclude, tried
from workbook.learn.check.display import AskedWronglyError, View
from workbook.learn.check.names import name_meant
from workbook.learn.check.time_limit import time_limit
from workbook.learn.reference import stand_ins
from workbook.learn.reference.answers import parsed_source

_Known = Literal["passing", "stand-in", "to do", "unknown"]


def check(function: Callable[..., Any]) -> None:
    """Check one of your functions on public cases and show what passes and what does not.

    Parameters
    ----------
    function : callable
        Your function, such as ``linear_backward``, without parentheses; or your class.

    Raises
    ------
    CheckFailed
        If a check fails; the card above the message says why.
    AskedWronglyError
        If Python could not read the cell with your function when you ran it.
    """
    name = name_meant(function, sys._getframe(1))
    if name:
        _refuse_an_older(function, name)
    with time_limit():
        card = tried(function, name, Path.cwd())
    if not card.failed:
        # Where the folder cannot be read, or what is in it, there is nothing to say.
        with contextlib.suppress(OSError, RecursionError):
            card = replace(card, after=what_is_next(card.function.name, function))
    conclude(card)


def _refuse_an_older(function: Callable[..., Any], name: str) -> None:
    """Refuse to check a function where Python could not read the cell with its newer text.

    The function is then as it was before. What the checks say of that one, good or bad, would be
    taken for the text that stands in the cell. Nothing is said of a function that may be newer.
    """
    written = re.compile(rf"^\s*(?:(?:async\s+)?def|class)\s+{re.escape(name)}\b", re.MULTILINE)
    since = _cells_since(function)
    broken = [at for at, cell in enumerate(since) if written.search(cell) and parsed(cell) is None]
    if broken and name not in names_in(since[broken[-1] :]):
        raise AskedWronglyError(
            f"Python could not read the cell with {name} when you last ran it, so your {name} is "
            "still what it was before. Mend what the message below that cell names, run the cell, "
            "then check again"
        )


def _cells_since(function: Callable[..., Any]) -> Sequence[str]:
    """Return the cells that were run after the one that defines a function; none if not known."""
    running, plain = shell(), inspect.unwrap(function)
    parts = vars(plain).values() if isinstance(plain, type) else [plain]
    codes = [getattr(inspect.unwrap(one), "__code__", None) for one in parts]
    # IPython's own list: `In`, a learner may give another value, such as the identity matrix.
    cells = getattr(getattr(running, "history_manager", None), "input_hist_parsed", ())
    numbers = getattr(getattr(running, "compile", None), "_filename_map", {})
    own = [numbers.get(one.co_filename) for one in codes if isinstance(one, CodeType)]
    return cells[1 + max((one for one in own if one is not None), default=len(cells)) :]


def what_is_next(name: str, function: Callable[..., Any]) -> View | None:
    """Return how many exercises pass and which notebook is next, without checking any.

    How many pass is not said where a function was changed and not checked since.

    Parameters
    ----------
    name : str
        Name of the function, which passes just now.
    function : callable
        The function.
    """
    # Only a pass needs what is imported in these functions.
    from workbook.learn.finding import learners_folder

    here = Path.cwd()
    if learners_folder(here) is None:
        return None
    known = _Passing(name, here)
    if _stands_alone(function):
        known.note(_text_of(function))
    count, standings = "", list(known.of(EXERCISES))
    states = [state for _, state in standings]
    if "unknown" not in states:
        count = f"{states.count('passing')} of {len(states)} pass"
        if "to do" not in states:
            standings += known.of(LABS)
    left = known.left(FUNCTIONS[name])
    if left:
        start = f"{count}; next: " if count else "Next: "
        said = f"{start}{left[0]}, in this notebook"
        return View(said, element("p", said), "text/html")
    return _said(count, _next(standings, FUNCTIONS[name]), here)


class _Passing:
    """What is known of the learner's functions, without checking them.

    Known are the outcomes of earlier checks of saved notebooks, and functions that have passed in a
    notebook, by their text and that of the functions that they use.

    Parameters
    ----------
    now : str
        The function that passes just now.
    here : Path
        The folder of its notebook.
    """

    def __init__(self, now: str, here: Path) -> None:
        from workbook.learn.workspace.known_results import Contents, KnownResults

        self._contents = Contents()
        self._results = KnownResults(contents=self._contents)
        self._now, self._here = now, here
        self._lent = stand_ins.standing_in(here)

    def note(self, text: str) -> None:
        """Note that the function with this text passes."""
        from workbook.learn.workspace.check_process import Checked

        key = self._key(self._now, text)
        if text and self._results.get(key) is None:
            self._results.put(key, Checked(True, "", ""))
            self._results.save()

    def of(self, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise, _Known]]:
        """Yield each exercise, with whether all of its functions are known to pass."""
        for exercise in exercises:
            states = [self._state(name) for name in exercise.functions]
            order: tuple[_Known, ...] = ("to do", "unknown", "stand-in", "passing")
            yield exercise, next(one for one in order if one in states)

    def left(self, exercise: Exercise) -> list[str]:
        """Return the functions of a notebook that are left to do, those after this one first."""
        here = exercise.functions.index(self._now)
        names = (*exercise.functions[here:], *exercise.functions[:here])
        return [name for name in names if self._state(name) in ("to do", "unknown")]

    def _state(self, name: str) -> _Known:
        path, text = self._saved(name)
        if name == self._now:
            return "passing"
        if name in self._lent:
            return "stand-in"
        if path is None or not text:
            return "to do"
        known = self._results.get(self._contents.key(path, name))
        if known is None:
            return "passing" if self._results.get(self._key(name, text)) else "unknown"
        return "passing" if known.passed else "to do"

    def _saved(self, name: str) -> tuple[Path | None, str]:
        """Return the saved notebook of a function, and its text; nothing for a stub."""
        from workbook.learn.finding import find_notebook
        from workbook.learn.workspace.notebooks import NotebookError, definition_of, is_stub

        path = find_notebook(FUNCTIONS[name], self._here)
        with contextlib.suppress(NotebookError):
            if path is not None and not is_stub(path, name):
                return path, definition_of(path, name)
        return path, ""

    def _key(self, name: str, text: str) -> str:
        """Return the key of a function with this text that has passed in a notebook."""
        cases = (data_folder() / f"{name}.json").read_text(encoding="utf-8")
        used = [self._saved(one)[1] for one in _used(name)]
        parts = ["passed in a notebook", name, text, cases, *used]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _used(name: str) -> list[str]:
    """Return the learner's functions that a function calls, directly or not."""
    function = find_function(name)
    direct = function.uses if function else ()
    return list(dict.fromkeys(other for one in direct for other in (one, *_used(one))))


def _stands_alone(function: Callable[..., Any]) -> bool:
    """Tell whether a function uses nothing of its notebook but imports and the course's functions.

    What else it uses may change while its own text stays.
    """
    plain = inspect.unwrap(function)
    code, space = getattr(plain, "__code__", None), getattr(plain, "__globals__", {})
    if not isinstance(code, CodeType):
        return False
    own = (space[name] for name in _names(code) if name in space and name not in FUNCTIONS)
    here = (None, space.get("__name__"))
    return all(
        isinstance(one, ModuleType) or getattr(one, "__module__", None) not in here for one in own
    )


def _names(code: CodeType) -> Iterator[str]:
    """Yield the names that a function's code looks up, also in functions inside of it."""
    yield from code.co_names
    for one in code.co_consts:
        if isinstance(one, CodeType):
            yield from _names(one)


def _text_of(function: Callable[..., Any]) -> str:
    """Return the text of a function, without comments and layout; nothing if it is not known."""
    return "\n".join(map(ast.unparse, parsed_source(inspect.unwrap(function))))


def _next(standings: Sequence[tuple[Exercise, _Known]], own: Exercise) -> Exercise | None:
    """Return what is next: the first exercise to do, or, after this one, the first not known."""
    behind = False
    for exercise, state in standings:
        if state == "to do" or (state == "unknown" and (behind or exercise == own)):
            return exercise
        behind = behind or exercise == own
    return None


def _said(count: str, exercise: Exercise | None, here: Path) -> View | None:
    """Return the line of the card, with a link to the next notebook."""
    from workbook.course.titles import in_words
    from workbook.learn.finding import find_notebook

    start = f"{count}; next: " if count else "Next: "
    if exercise is None:
        return View(f"{count}.", element("p", f"{count}."), "text/html") if count else None
    name, path = in_words(exercise), find_notebook(exercise, here)
    link = name
    if path is not None:
        link = element("a", name, href=quote(Path(os.path.relpath(path, here)).as_posix()))
    return View(f"{start}{name}", element("p", start, link), "text/html")
