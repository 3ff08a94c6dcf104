"""The name under which the course knows a function that a learner hands over."""

import ast
from collections.abc import Callable
from types import FrameType
from typing import Any

from workbook.course.exercises import FUNCTIONS


def name_meant(function: Callable[..., Any], caller: FrameType) -> str | None:
    """Return the course's name of a function: a lambda, say, does not know it itself.

    It is the name that was written in the call; else the function's own; else the one that it has
    where the call was made.

    Parameters
    ----------
    function : callable
        What was handed over.
    caller : FrameType
        The frame of the call.

    Returns
    -------
    str or None
        The name, which is none of the course's if the function has none of them; None if it has
        no name at all.

    Raises
    ------
    ValueError
        If it has several of the course's names, and the call says none of them.
    """
    written, own = _as_written(caller), getattr(function, "__name__", None)
    for name in (written, own):
        if name in FUNCTIONS:
            return name
    there = {**caller.f_globals, **caller.f_locals}
    names = [name for name in FUNCTIONS if name in there and there[name] is function]
    if len(names) > 1:
        raise ValueError(
            f"this function has several names: {', '.join(names)}. Write the one that you mean in "
            f"the call, as in check({names[0]})"
        )
    return names[0] if names else own


def _as_written(caller: FrameType) -> str:
    """Return the name of the first argument of a call, or its part after the last dot."""
    try:
        from executing import Source  # IPython brings it along
    except ImportError:
        return ""
    call = Source.executing(caller).node
    first = call.args[0] if isinstance(call, ast.Call) and call.args else None
    return getattr(first, "id", "") or getattr(first, "attr", "")
