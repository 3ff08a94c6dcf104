"""Stand-ins: the reference's function in the place of one that a learner has not finished."""

from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbook.course.exercises import FUNCTIONS
from workbook.learn.reference import record
from workbook.learn.reference.at_hand import reference_function, reference_text

#: The attribute by which a stand-in is known.
_MARK = "stands_in"


def standing_in(folder: Path) -> tuple[str, ...]:
    """Return the functions for which the reference stands in, as far as it is at hand.

    Parameters
    ----------
    folder : Path
        A folder of notebooks.
    """
    kept = record.read(folder).stand_ins
    return tuple(name for name in kept if reference_text(name, folder) is not None)


def stand_in(name: str, folder: Path) -> Callable[..., Any] | None:
    """Return the stand-in for a function, or None if there is none.

    Parameters
    ----------
    name : str
        Name of the function.
    folder : Path
        A folder of notebooks.
    """
    function = reference_function(name, folder) if name in standing_in(folder) else None
    if function is not None:
        setattr(function, _MARK, True)
        # It comes from there as far as others ask: see `notebooks.saved_in`.
        setattr(function, "notebook", f"{FUNCTIONS[name].notebook}.ipynb")  # noqa: B010
    return function


def is_stand_in(function: Any) -> bool:
    """Return whether a function is a stand-in.

    Parameters
    ----------
    function : object
        The function.
    """
    return getattr(function, _MARK, False) is True


def begin_stand_in(names: Iterable[str], folder: Path) -> bool:
    """Let the reference stand in for functions; return whether that could be kept.

    Parameters
    ----------
    names : iterable of str
        Names of the functions.
    folder : Path
        A folder of notebooks.
    """
    kept = record.read(folder)
    both = list(dict.fromkeys([*kept.stand_ins, *names]))
    return record.write(folder, replace(kept, stand_ins=both))


def end(names: Iterable[str], folder: Path) -> tuple[str, ...]:
    """End the stand-ins for functions, and return those for which there was one.

    Parameters
    ----------
    names : iterable of str
        Names of the functions.
    folder : Path
        A folder of notebooks.
    """
    kept, ending = record.read(folder), set(names)
    ended = tuple(name for name in kept.stand_ins if name in ending)
    if ended:
        others = [name for name in kept.stand_ins if name not in ending]
        record.write(folder, replace(kept, stand_ins=others))
    return ended
