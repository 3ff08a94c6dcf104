"""Hints: for each function a question, then the idea, then the shape of the answer."""

import contextlib
import json
import textwrap
from collections.abc import Callable
from typing import Any

from workbook.course.data_folder import data_folder
from workbook.course.formulas import HINTS, plain_formulas
from workbook.learn.check.display import AskedWronglyError, View, function_meant, show_view

# How many hints of each function this kernel has shown.
_shown: dict[str, int] = {}


def hint(function: str | Callable[..., Any] | None = None, step: int | None = None) -> None:
    """Show the next hint for one of your functions.

    There are three: a question, the idea, and the shape of the answer. None is the code.

    Parameters
    ----------
    function : str or callable
        The function or its name, such as ``"linear_backward"``.
    step : {1, 2, 3}, optional
        Show this one; the next call without a step goes on where you were.
    """
    name = function_meant(function, "hint")
    if step is not None and step not in range(1, HINTS + 1):
        raise AskedWronglyError(f"there are {HINTS} hints for {name}: step is 1, 2 or 3")
    number, over = (step, False) if step else next_hint(name)
    show_view(_view(name, number, load_hints(name)[number - 1], over))


def next_hint(name: str) -> tuple[int, bool]:
    """Return which hint of a function is next, and whether it has been shown before.

    Parameters
    ----------
    name : str
        Name of the function.
    """
    _shown[name] = _shown.get(name, 0) + 1
    return min(_shown[name], HINTS), _shown[name] > HINTS


def load_hints(name: str) -> list[str]:
    """Return the hints of a function, as Markdown.

    Parameters
    ----------
    name : str
        Name of the function.
    """
    text = (data_folder() / "hints.json").read_text(encoding="utf-8")
    hints: list[str] = json.loads(text)[name]
    return hints


def hint_for(name: str, diagnosis: str) -> int:
    """Return the number of the hint that is for a mistake; 0 if none is.

    Parameters
    ----------
    name : str
        Name of the function.
    diagnosis : str
        What is said of the mistake.
    """
    # A course whose lessons say nothing of it has no such file.
    with contextlib.suppress(FileNotFoundError):
        text = (data_folder() / "hints_for.json").read_text(encoding="utf-8")
        numbers: dict[str, int] = json.loads(text).get(name, {})
        said = diagnosis.splitlines()
        return next((number for one, number in numbers.items() if one in said), 0)
    return 0


def hint_heading(name: str, number: int, over: bool) -> str:
    """Return the heading of a hint; ``over`` says that it is the last one, shown again."""
    if over:
        return f"There are no more hints for {name}. The last one was"
    return f"Hint {number} of {HINTS}, {name}"


def _view(name: str, number: int, markdown: str, over: bool) -> View:
    head = hint_heading(name, number, over)
    lines, rich = [head, textwrap.fill(plain_formulas(markdown), 79)], [f"**{head}**", markdown]
    if number < HINTS:
        lines.append(f'The next one: hint("{name}")')
        rich.append(f'The next one: `hint("{name}")`')
    return View("\n\n".join(lines), "\n\n".join(rich))
