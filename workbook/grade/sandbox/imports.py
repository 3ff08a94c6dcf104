"""Imports what notebooks use, before there is a notebook; defers or replaces some of it."""

import importlib
import sys
import types
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.course.deferred_imports import defer
from workbook.grade.sandbox import stand_ins
from workbook.grade.sandbox.cells import CellRunner
from workbook.grade.sandbox.own_modules import find_modules_in

# What a notebook imports from `workbook` only to be looked at.
_FOR_THE_LEARNER = ("check", "flow", "hint", "learning_rate_slider", "playground", "progress",
                    "quiz", "show", "show_product", "solution")  # fmt: skip


def import_for_notebooks(with_ipython: bool, folder: str) -> CellRunner:
    """Import what notebooks use, and return what runs their cells.

    Parameters
    ----------
    with_ipython : bool
        Whether IPython and matplotlib are imported, too.
    folder : str
        The working folder of each notebook, from which it may import modules of its own.
    """
    if with_ipython:
        import matplotlib.pyplot  # imported here so that no fork has to

        use_no_windows(matplotlib)
    else:
        # Every notebook of the course begins with an import of it, and few answers draw. Its pages
        # of memory would make each fork take more than twice as long.
        defer("matplotlib", "pyplot", then=use_no_windows)
    import numpy.random  # noqa: F401

    runner = CellRunner(with_ipython)
    stand_ins.install()
    _replace_names()
    find_modules_in(folder)
    # A checkout's folder holds this package and, beside it, the solutions: no import finds them.
    sys.path[:] = [path for path in sys.path if not Path(path, "solutions").is_dir()]
    return runner


def use_no_windows(matplotlib: types.ModuleType) -> None:
    """Let matplotlib draw without windows, whichever backend a notebook asks for."""
    from matplotlib import pyplot

    pyplot.switch_backend("agg")
    matplotlib.use = pyplot.switch_backend = _nothing  # type: ignore[attr-defined]


def _replace_names() -> None:
    """Replace what a notebook imports, but grading must not run: figures, checks."""
    import workbook

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
