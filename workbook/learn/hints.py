"""Hints: for each function a question, then the idea, then the shape of the answer."""

import json
import re
import textwrap
from collections.abc import Callable
from typing import Any

from workbook.learn.asking import AskedWronglyError, View, exercise_meant, show

STEPS = 3

# How many hints of each function this kernel has shown.
_shown: dict[str, int] = {}


def hint(function: str | Callable[..., Any] | None = None, step: int | None = None) -> None:
    """Show the next hint for one of the ten functions.

    There are three: a question, the idea, and the shape of the answer. None is the code.

    Parameters
    ----------
    function : str or callable
        The function or its name, such as ``"linear_backward"``.
    step : {1, 2, 3}, optional
        Show this one; the next call without a step goes on where you were.
    """
    name = exercise_meant(function, "hint").name
    if step is not None and step not in range(1, STEPS + 1):
        raise AskedWronglyError(f"there are {STEPS} hints for {name}: step is 1, 2 or 3")
    if step is None:
        _shown[name] = _shown.get(name, 0) + 1
    number = min(step or _shown[name], STEPS)
    over = step is None and _shown[name] > STEPS
    show(_view(name, number, load(name)[number - 1], over))


def load(name: str) -> list[str]:
    """Return the hints of the exercise with this function name, as Markdown."""
    from importlib.resources import files  # slow to import, and only a hint needs it

    text = files("workbook.learn").joinpath("data", "hints.json").read_text(encoding="utf-8")
    hints: list[str] = json.loads(text)[name]
    return hints


def _view(name: str, number: int, markdown: str, over: bool) -> View:
    head = f"Hint {number} of {STEPS}, {name}"
    if over:
        head = f"There are no more hints for {name}. The last one was"
    lines, rich = [head, textwrap.fill(plain(markdown), 79)], [f"**{head}**", markdown]
    if number < STEPS:
        lines.append(f'The next one: hint("{name}")')
        rich.append(f'The next one: `hint("{name}")`')
    return View("\n\n".join(lines), "\n\n".join(rich))


# What the formulas of a hint may hold, and how a terminal shows it.
_PLAIN = (
    (r"\\frac\{([^{}]+)\}\{([^{}]+)\}", lambda m: f"({_grouped(m[1])}/{_grouped(m[2])})"),
    (r"([_^])\{([^{}]+)\}", lambda m: m[1] + _grouped(m[2])),
    (r"\\(odot|cdot)(?![A-Za-z])", "*"),
    (r"\\ldots(?![A-Za-z])", "..."),
    (r"\\(log|max|sum|alpha|sigma)(?![A-Za-z])", r"\1"),
    (r"\s*\\,\s*", " "),
)


def plain(markdown: str) -> str:
    r"""Return a hint as plain text: its formulas without TeX, as far as they use what is known.

    ``$dW = \frac{1}{m} dZ A_{prev}^{T}$`` becomes ``dW = (1/m) dZ A_prev^T``.
    """

    def formula(match: re.Match[str]) -> str:
        text = match[1]
        for pattern, replacement in _PLAIN:
            text = re.sub(pattern, replacement, text)
        return text

    return re.sub(r"\$([^$]+)\$", formula, markdown)


def _grouped(text: str) -> str:
    return text if re.fullmatch(r"\w+", text) else f"({text})"
