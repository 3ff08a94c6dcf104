"""The sentence for a name that a function uses and that nothing has given a value."""

from collections.abc import Collection, Iterable, Iterator
from inspect import isfunction

from workbook.course.definitions import bound_names
from workbook.course.exercises import FUNCTIONS, position
from workbook.course.given import activations
from workbook.course.statements import parsed
from workbook.diagnosis.observation import Observation

# What nearly every notebook imports under these names.
_CUSTOMARY = {"np": "import numpy as np", "plt": "import matplotlib.pyplot as plt"}


def undefined_name(seen: Observation, function: str, cells: Iterable[str] = ()) -> Iterator[str]:
    """Yield a sentence on the undefined name, if a NameError ended a call.

    Parameters
    ----------
    seen : Observation
        What the function did.
    function : str
        Name of the function.
    cells : iterable of str
        The text of the notebook's cells, some of which may define the name.
    """
    for outcome in seen.outcomes:
        raised = outcome.raised
        if raised is not None and raised.kind == "NameError" and raised.names:
            yield f"{undefined(raised.names[0], function, names_in(cells))}."
            return


def undefined(
    name: str, function: str, elsewhere: Collection[str] = (), near: Iterable[str] = ()
) -> str:
    """Return what to do about an undefined name, without the full stop.

    Parameters
    ----------
    name : str
        The name.
    function : str
        Name of the learner's function that uses it.
    elsewhere : collection of str
        Names that cells of the notebook define.
    near : iterable of str
        Names that the function has, in case it is one of these, misspelt.
    """
    line = _import_line(name, function)
    if line:
        return f"`{name}` is not defined here: add `{line}` to a cell above, and run that cell"
    from difflib import get_close_matches  # only a mistake needs it

    meant = get_close_matches(name, list(near), n=1, cutoff=0.7)
    if meant:
        return f"`{name}` is not defined: did you mean `{meant[0]}`?"
    text = f"`{name}` is not an argument of the function, and the function does not give it a value"
    if name in elsewhere:
        return (
            f"{text}. Another cell of this notebook does, but its value is not there when the "
            "function is called: if it worked before, that cell had left it behind"
        )
    return text


def _import_line(name: str, function: str) -> str:
    """Return the line that imports a name from the course or NumPy; empty if there is none."""
    if isfunction(getattr(activations, name, None)):
        return f"from workbook import {name}"
    home, own = FUNCTIONS.get(name), FUNCTIONS.get(function)
    if home and (own is None or position(home.name) < position(own.name)):
        return f"from workbook.earlier import {name}"
    return _CUSTOMARY.get(name, "")


# More than a person writes in a cell; to take a longer text apart takes seconds, at each call.
_LONGEST = 100_000


def names_in(cells: Iterable[str]) -> set[str]:
    """Return the names to which cells of a notebook give a value when they run.

    Parameters
    ----------
    cells : iterable of str
        Their text; what is not plain Python, or far too long, defines nothing.
    """
    names = set[str]()
    for text in cells:
        tree = parsed(text) if len(text) <= _LONGEST else None
        if tree is not None:
            names |= bound_names(tree.body)
    return names
