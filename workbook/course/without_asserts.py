"""A learner's function without its `assert` statements, to see what it would have returned."""

import inspect
import sys
import textwrap
from collections.abc import Callable
from typing import Any


def without_asserts(answer: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function or a class, compiled anew from its source without `assert` statements.

    Where its source cannot be had, or it uses names of a function around it, it comes back as it
    is. Names of its module are still looked up there.
    """
    try:
        if getattr(answer, "__closure__", None):
            return answer
        names = getattr(answer, "__globals__", None) or vars(sys.modules[answer.__module__])
        source = textwrap.dedent(inspect.getsource(answer))
        code = compile(source, "<without asserts>", "exec", dont_inherit=True, optimize=1)
        found: dict[str, Any] = {}
        exec(code, names, found)
        compiled: Callable[..., Any] = found[answer.__name__]
    except Exception:
        return answer
    return compiled
