"""Go on without a notebook: the reference stands in for what is not finished in it."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS, NOTEBOOKS, Exercise
from workbook.course.words import listed, noun
from workbook.learn.check.display import AskedWronglyError, View, function_meant, show_view
from workbook.learn.finding import find_notebook, learners_folder
from workbook.learn.reference import record, stand_ins
from workbook.learn.reference.at_hand import edition, reference_text, why_missing

#: How long the checks of one function may compute.
_SECONDS = 10.0


def catch_up(which: int | str | Callable[..., Any] | None = None, undo: bool = False) -> None:
    """Go on without a function that you have not finished: the reference stands in for it.

    Your notebook stays as it is. The stand-in ends when your own function passes its check.

    Parameters
    ----------
    which : int, str or callable
        The number of the notebook, or the function or its name.
    undo : bool
        End the stand-in instead.
    """
    # The notebook may stand alone, in a place that knows of no folder of notebooks.
    if edition(Path.cwd()) != "class":
        record.start_alone(Path.cwd())
    if isinstance(which, int):
        said = caught_up(str(which), Path.cwd(), undo)
    else:
        said = caught_up(function_meant(which, "catch_up"), Path.cwd(), undo)
    show_view(View(said.replace("`", ""), said))


def caught_up(which: str, folder: Path, undo: bool) -> str:
    """Begin or end stand-ins, and return what was done, as Markdown.

    Parameters
    ----------
    which : str
        The number or the name of a notebook, or the name of a function.
    folder : Path
        A folder of notebooks.
    undo : bool
        Whether to end them.

    Raises
    ------
    AskedWronglyError
        If there can be none; the message says why, and what to do.
    """
    exercise, names = _meant(which)
    if not record.is_kept(folder):
        raise AskedWronglyError(
            f"there are no notebooks in {folder.resolve()}: go to the folder that `workbook lab` "
            "made"
        )
    return _end(names, folder) if undo else _begin(exercise, names, folder)


def _meant(which: str) -> tuple[Exercise, tuple[str, ...]]:
    """Return the notebook that is meant, and which of its functions."""
    if which in FUNCTIONS:
        return FUNCTIONS[which], (which,)
    number = int(which) if which.isdecimal() else None
    for exercise in NOTEBOOKS:
        if which == exercise.name or number == exercise.number:
            return exercise, exercise.functions
    numbers = [str(one.number) for one in NOTEBOOKS]
    raise AskedWronglyError(
        f"{which!r} is not a notebook in which you write something: name one by its number "
        f"({', '.join(numbers)}), or a function by its name"
    )


def _begin(exercise: Exercise, names: tuple[str, ...], folder: Path) -> str:
    for name in names:
        if reference_text(name, folder) is None:
            said = why_missing(name, folder)
            raise AskedWronglyError(f"nothing can stand in for {name} here. {said}")
    open_ones = _not_passing(exercise, names, folder)
    if not open_ones:
        return f"Your own {listed(names)} {_pass(names)}: nothing needs to stand in."
    if not stand_ins.begin_stand_in(open_ones, folder):
        home = learners_folder(folder)
        raise AskedWronglyError(
            f"a stand-in is kept in {record.FILE} in {home}. That cannot be written to, or belongs "
            "to the course, or the file is of a newer version of the course"
        )
    which = exercise.number if len(names) > 1 else f'"{names[0]}"'
    # In a browser's tab there are no commands.
    command = f"`workbook catch-up {exercise.number} --undo`, or in a notebook "
    command = "" if sys.platform == "emscripten" else command
    return (
        f"The reference stands in for {listed(open_ones)} from now on. Run the first cell of your "
        "next notebook again: it imports the reference's.\n\n"
        f"Your notebook {exercise.notebook}.ipynb stays as it is, and `progress` does not count "
        "it. A stand-in ends when your own passes its check. To end it before:\n\n"
        f"{command}`catch_up({which}, undo=True)`"
    )


def _end(names: tuple[str, ...], folder: Path) -> str:
    ended = stand_ins.end(names, folder)
    if not ended:
        return f"Nothing stands in for {listed(names)}."
    what, have = noun(len(ended), "stand-in"), noun(len(ended), "has", "have")
    return f"The {what} for {listed(ended)} {have} ended: `workbook.earlier` brings your own again."


def _not_passing(exercise: Exercise, names: tuple[str, ...], folder: Path) -> list[str]:
    """Return which of these functions do not pass in the saved notebook."""
    from workbook.learn.workspace.check_process import Checker

    path = find_notebook(exercise, folder)
    if path is None:
        return list(names)
    with Checker(_SECONDS) as checker:
        return [name for name in names if not checker.check(path, name)[0].passed]


def _pass(names: tuple[str, ...]) -> str:
    return noun(len(names), "passes its check", "pass their checks")
