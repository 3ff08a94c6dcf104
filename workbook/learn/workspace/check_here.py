"""`check` in a notebook: the card, and what is next once a function passes."""

import ast
import contextlib
import hashlib
import inspect
import json
import os
import sys
import textwrap
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import quote

from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, Exercise
from workbook.figures.html import element
from workbook.learn.check.check import conclude, tried
from workbook.learn.check.display import View
from workbook.learn.check.names import name_meant

if TYPE_CHECKING:
    from workbook.learn.workspace.known_results import Contents, KnownResults

_Known = Literal["passing", "to do", "unknown"]


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
    """
    card = tried(function, name_meant(function, sys._getframe(1)), Path.cwd())
    if not card.failed:
        # Where the folder cannot be read, or what is in it, there is nothing to say.
        with contextlib.suppress(OSError, RecursionError):
            card = replace(card, after=what_is_next(card.function.name, function))
    conclude(card)


def what_is_next(name: str, function: Callable[..., Any]) -> View | None:
    """Return how many exercises pass and which notebook is next, without checking any.

    What is not known is not said: how many pass, where a function was written and not checked
    since; the next notebook, while others of a lab's functions are not known to pass.

    Parameters
    ----------
    name : str
        Name of the function, which passes just now.
    function : callable
        The function.
    """
    # They bring much along, and only a pass needs them.
    from workbook.learn.finding import find_notebook, learners_folder
    from workbook.learn.workspace.known_results import Contents, KnownResults

    here = Path.cwd()
    home, own = learners_folder(here), find_notebook(FUNCTIONS[name], here)
    if home is None or own is None:
        return None
    known = _Passing(KnownResults(), Contents(), name, here)
    known.note(own, _text_of(function))
    count, standings = "", list(known.of(EXERCISES))
    if all(state != "unknown" for _, state in standings):
        passing = sum(state == "passing" for _, state in standings)
        count = f"{passing} of {len(standings)} pass"
        if passing == len(standings):
            standings += known.of(LABS)
    return _said(count, _next(standings, FUNCTIONS[name]), here)


class _Passing:
    """What is known of the learner's functions, without checking them.

    Parameters
    ----------
    results : KnownResults
        Outcomes of earlier checks.
    contents : Contents
        Keys of the outcomes for saved notebooks.
    now : str
        The function that passes just now.
    here : Path
        The folder of the notebook.
    """

    def __init__(self, results: "KnownResults", contents: "Contents", now: str, here: Path) -> None:
        self._results = results
        self._contents = contents
        self._now = now
        self._here = here

    def note(self, path: Path, text: str) -> None:
        """Note that a function of a notebook with this text passes."""
        from workbook.learn.workspace.check_process import Checked

        key = _key(path, self._now, text)
        if text and self._results.get(key) is None:
            self._results.put(key, Checked(True, "", ""))
            self._results.save()

    def of(self, exercises: Sequence[Exercise]) -> Iterator[tuple[Exercise, _Known]]:
        """Yield each exercise, with whether all of its functions are known to pass."""
        from workbook.learn.finding import find_notebook

        for exercise in exercises:
            path = find_notebook(exercise, self._here)
            states = [self._state(path, name) for name in exercise.functions]
            order: tuple[_Known, ...] = ("to do", "unknown", "passing")
            yield exercise, next(one for one in order if one in states)

    def _state(self, path: Path | None, name: str) -> _Known:
        from workbook.learn.workspace.notebooks import NotebookError, definition_of, is_stub

        if name == self._now:
            return "passing"
        try:
            if path is None or is_stub(path, name):
                return "to do"
            text = definition_of(path, name)
        except NotebookError:
            return "to do"
        if self._results.get(_key(path, name, text)):
            return "passing"
        known = self._results.get(self._contents.key(path, name))
        return "unknown" if known is None else "passing" if known.passed else "to do"


def _key(path: Path, name: str, text: str) -> str:
    """Return the key of a function with this text that has passed in a notebook."""
    parts = ["passed in a notebook", str(path.resolve()), name, text]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _text_of(function: Callable[..., Any]) -> str:
    """Return the text of a function, without comments and layout; nothing if it is not known."""
    try:
        tree = ast.parse(textwrap.dedent(inspect.getsource(inspect.unwrap(function))))
    except (OSError, TypeError, ValueError, SyntaxError):
        return ""
    return ast.unparse(tree)


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
    from workbook.learn.finding import find_notebook
    from workbook.learn.workspace.where import in_words

    start = f"{count}; next: " if count else "Next: "
    if exercise is None:
        return View(f"{count}.", element("p", f"{count}."), "text/html") if count else None
    name, path = in_words(exercise), find_notebook(exercise, here)
    link = name
    if path is not None:
        link = element("a", name, href=quote(Path(os.path.relpath(path, here)).as_posix()))
    return View(f"{start}{name}", element("p", start, link), "text/html")
