"""Imports what notebooks use, before there is a notebook; defers or replaces some of it."""

import builtins
import importlib
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.course.deferred_imports import defer
from workbook.grade.sandbox.cells import CellRunner

# What a notebook imports from `workbook` only to be looked at.
_FOR_THE_LEARNER = ("check", "flow", "hint", "learning_rate_slider", "playground", "progress",
                    "show", "show_product", "solution")  # fmt: skip


def import_for_notebooks(with_ipython: bool) -> CellRunner:
    """Import what notebooks use, and return what runs their cells."""
    if with_ipython:
        import matplotlib.pyplot  # noqa: F401  imported here so that no fork has to
    else:
        # Every notebook of the course begins with an import of it, and few answers draw. Its pages
        # of memory would make each fork take more than twice as long.
        defer("matplotlib", "pyplot")
    import numpy.random  # noqa: F401

    runner = CellRunner(with_ipython)
    _replace_names()
    # A checkout's folder holds this package and, beside it, the solutions: no import finds them.
    sys.path[:] = [path for path in sys.path if not Path(path, "solutions").is_dir()]
    return runner


def _replace_names() -> None:
    """Replace what a notebook imports, but grading must not run: questions, figures, checks."""
    import workbook

    builtins.input = _no_input
    warnings.filterwarnings("ignore", message=".*non-interactive.*")
    # The student has run and seen these; they are no part of the marks.
    for name in _FOR_THE_LEARNER:
        setattr(workbook, name, _nothing)
    for name, home in workbook.LATER.items():
        if home.startswith("workbook.figures") and name not in _FOR_THE_LEARNER:
            setattr(workbook, name, _when_called(name, home))
        else:
            # Here and now, so that no fork has to.
            getattr(workbook, name)
    earlier = types.ModuleType("workbook.earlier")
    sys.modules["workbook.earlier"] = earlier
    setattr(workbook, "earlier", earlier)  # noqa: B010  mypy knows no such attribute


def _nothing(*args: object, **kwargs: object) -> None:
    """Stand in for a function that shows something."""


def _when_called(name: str, home: str) -> Callable[..., Any]:
    """Return a function that imports another one, which draws, when it is called."""

    def function(*args: Any, **kwargs: Any) -> Any:
        return getattr(importlib.import_module(home), name)(*args, **kwargs)

    return function


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() has nobody to answer it while your work is graded")
