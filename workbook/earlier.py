"""The learner's own earlier functions: ``from workbook.earlier import linear_forward``.

Each import reads the saved notebook anew, so running the import cell again is enough after a
change. The notebook is looked for beside the notebook that runs, and in the assignments' folders.
"""

import functools
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS, Exercise
from workbook.learn.check.errors import NotWrittenYetError
from workbook.learn.workspace import notebooks
from workbook.learn.workspace.finding import find_notebook

# All names from one `*` would replace the function that the learner is writing: none are given.
__all__: list[str] = []


def __getattr__(name: str) -> Callable[..., Any]:
    exercise = FUNCTIONS.get(name)
    if exercise is None:
        names = ", ".join(FUNCTIONS)
        raise AttributeError(f"workbook.earlier has no {name!r}; it has {names}")
    path = _notebook(name, exercise)
    try:
        function = notebooks.load_function(path, name)
        is_stub = notebooks.is_stub(path, name)
        return _not_written_yet(name, exercise, function) if is_stub else function
    except notebooks.NotebookError as error:
        raise ImportError(f"{name} cannot be taken from your notebook: {error}") from error


def __dir__() -> list[str]:
    return list(FUNCTIONS)


def _notebook(name: str, exercise: Exercise) -> Path:
    """Return the exercise's notebook, from where the importing notebook is."""
    folders = [path.parent for path in reversed(notebooks.reading.get())] + [Path.cwd()]
    for folder in folders:
        found = find_notebook(exercise, folder)
        if found is not None:
            return found
    raise ImportError(
        f"{name} comes from your notebook {exercise.notebook}.ipynb, which is not in "
        f"{folders[0]} nor in the folder {exercise.assignment} beside or below it. Keep the "
        "notebooks in the folders that `workbook lab` made, or copy that notebook here."
    )


def _not_written_yet(name: str, exercise: Exercise, stub: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that says, when it is called, which notebook to finish."""

    @functools.wraps(stub)
    def not_written_yet(*args: Any, **kwargs: Any) -> Any:
        raise NotWrittenYetError(
            f"{name} is not written yet: finish {exercise.notebook}.ipynb, save it, "
            "and run this cell again"
        )

    return not_written_yet
