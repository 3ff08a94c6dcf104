"""The learner's own earlier functions: ``from workbook.earlier import linear_forward``.

Each import reads the saved notebook anew, so running the import cell again is enough after a
change. The notebook is looked for beside the notebook that runs, and in the assignments' folders.
A function that cannot be had can be imported all the same; it says why when it is called. After
`workbook catch-up` it is the reference's.
"""

import functools
from collections.abc import Callable
from contextvars import ContextVar
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS, Exercise
from workbook.course.text import wrap
from workbook.learn.check.display import TEXT_WIDTH
from workbook.learn.check.errors import NotWrittenYetError
from workbook.learn.finding import find_notebook
from workbook.learn.reference import stand_ins
from workbook.learn.reference.at_hand import reference_text
from workbook.learn.workspace import notebooks

# All names from one `*` would replace the function that the learner is writing: none are given.
__all__: list[str] = []


# Where Kaggle puts what its users upload.
_UPLOADS = Path("/kaggle/input")

# What one import has found so far. Each notebook imports all that come before it: without this, the
# tenth would have the first one read 256 times.
_found: ContextVar[dict[str, Callable[..., Any]] | None] = ContextVar("found", default=None)


def __getattr__(name: str) -> Callable[..., Any]:
    exercise = FUNCTIONS.get(name)
    if exercise is None:
        names = ", ".join(FUNCTIONS)
        raise AttributeError(f"workbook.earlier has no {name!r}; it has {names}")
    found = _found.get()
    if found is not None:
        if name not in found:
            found[name] = _function(name, exercise)
        return found[name]
    token = _found.set({})
    try:
        return _function(name, exercise)
    finally:
        _found.reset(token)


def __dir__() -> list[str]:
    return list(FUNCTIONS)


def _function(name: str, exercise: Exercise) -> Callable[..., Any]:
    """Return the learner's function, or one that says when it is called why there is none."""
    path = _notebook(exercise)
    lent = stand_ins.stand_in(name, _folders()[0])
    if lent is not None and not (path and path.resolve() in notebooks.reading.get()):
        if not notebooks.reading.get():
            print("\n".join(wrap(_about_stand_in(name, exercise), TEXT_WIDTH)))
        return lent
    if path is None:
        return _unavailable(name, exercise, _not_there(name, exercise))
    try:
        function = notebooks.load_function(path, name)
    except notebooks.NotebookError as error:
        said = f"{name} cannot be taken from your notebook: {error}"
        return _unavailable(name, exercise, said)
    if not notebooks.is_stub(path, name):
        return function
    said = (
        f"{name} is not written yet: finish {exercise.notebook}.ipynb, save it, and try this again"
    )
    return functools.wraps(function)(_unavailable(name, exercise, said))


def _about_stand_in(name: str, exercise: Exercise) -> str:
    return (
        f"Note: {name} is the reference's, a stand-in for your own. It ends when your own passes "
        f"its check in {exercise.notebook}.ipynb."
    )


def _folders() -> list[Path]:
    """Return where notebooks are looked for: where the importing ones are, the innermost first."""
    return [path.parent for path in reversed(notebooks.reading.get())] + [Path.cwd()]


def _notebook(exercise: Exercise) -> Path | None:
    found = (find_notebook(exercise, folder) for folder in _folders())
    return next(filter(None, found), None) or _uploaded(exercise)


def _uploaded(exercise: Exercise) -> Path | None:
    """Return a notebook that was uploaded to Kaggle, which has a folder for each upload."""
    name = f"{exercise.notebook}.ipynb"
    found = (path for above in ("*", "*/*") for path in sorted(_UPLOADS.glob(f"{above}/{name}")))
    return next(found, None)


def _not_there(name: str, exercise: Exercise) -> str:
    return (
        f"{name} comes from your notebook {exercise.notebook}.ipynb, which is not in "
        f"{_folders()[0]} nor in the folder {exercise.assignment} beside or below it. Keep the "
        "notebooks in the folders that `workbook lab` made, or copy that notebook here (upload it, "
        f"if you work in Colab, Kaggle or the like); then run the imports again{_instead(name)}"
    )


def _instead(name: str) -> str:
    """Return how to go on without the learner's own function; "" where there is no other."""
    if reference_text(name, _folders()[0]) is None:
        return ""
    return (
        ". Or go on with the reference's until you have your own: "
        f'`from workbook import catch_up` and `catch_up("{name}")`'
    )


def _unavailable(name: str, exercise: Exercise, said: str) -> Callable[..., Any]:
    """Return a function that says, when it is called, why the learner's own cannot be had."""

    def unavailable(*args: Any, **kwargs: Any) -> Any:
        raise NotWrittenYetError(said)

    unavailable.__name__ = unavailable.__qualname__ = name
    # As a function that was read from there: see `notebooks.saved_in`.
    unavailable.__dict__["notebook"] = f"{exercise.notebook}.ipynb"
    return unavailable
