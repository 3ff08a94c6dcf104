"""Answers of `hint`, `solution` and `progress`, and the function that they are asked about."""

import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, count_in_words


class AskedWronglyError(ValueError):
    """The question cannot be answered. Jupyter shows the message alone, without a traceback."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


@dataclass(frozen=True)
class View:
    """One answer in the forms that a notebook and a terminal can show.

    Attributes
    ----------
    text : str
        For a terminal.
    rich : str
        For a notebook.
    kind : str
        What ``rich`` is, such as ``text/markdown``.
    """

    text: str
    rich: str
    kind: str = "text/markdown"

    def __repr__(self) -> str:
        return self.text

    def _repr_mimebundle_(self, **_: Any) -> dict[str, str]:
        return {"text/plain": self.text, self.kind: self.rich}


def show_view(view: View) -> None:
    """Show an answer: in IPython as a display, elsewhere as printed text."""
    # A process that never imported IPython does not run in it: no need to pay for the import.
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display

        display(view)
    else:
        print(view.text)


def function_meant(asked: str | Callable[..., Any] | None, command: str) -> str:
    """Return the name of the function that a command was given, as a name or as the function.

    Raises
    ------
    AskedWronglyError
        If it is none that the learner writes; the message lists them.
    """
    name = asked if isinstance(asked, str) else getattr(asked, "__name__", None)
    if isinstance(name, str) and name in FUNCTIONS:
        return name
    names = [one.name for one in EXERCISES]
    if not isinstance(name, str):
        said = f'say which function is meant, such as {command}("{names[0]}")'
    else:
        from difflib import get_close_matches

        near = get_close_matches(name, FUNCTIONS, n=1)
        said = f"{name!r} is none of the {count_in_words()} functions"
        said += f"; did you mean {near[0]!r}?" if near else ""
    labs = ["Those of the labs are:", *(f"  {one}" for lab in LABS for one in lab.functions)]
    first = [f"{said}\nThe {count_in_words()} are:", *(f"  {one}" for one in names)]
    raise AskedWronglyError("\n".join([*first, *labs]))
