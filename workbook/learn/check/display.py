"""Display of answers in a notebook or a terminal, and the function that a command is about."""

import sys
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, count_in_words
from workbook.figures.ipython import shell
from workbook.learn.check.names import name_meant

if TYPE_CHECKING:
    from rich.console import Console

#: A line and its style in a terminal.
StyledLine = tuple[str, str]
#: Characters of a line of text where no terminal has a width.
TEXT_WIDTH = 80


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
    """Show an answer: in IPython as a display, elsewhere as printed text.

    Parameters
    ----------
    view : View
        The answer.
    """
    if shell() is None:
        print(view.text)
    else:
        from IPython.display import display

        display(view)


def print_lines(
    lines: Callable[[int], Iterable[StyledLine]], console: "Console | None" = None
) -> None:
    """Print lines in the terminal.

    Parameters
    ----------
    lines : callable
        Function from the terminal's width to the lines.
    console : rich.console.Console, optional
        Where to print; the terminal if not given.
    """
    from rich.console import Console
    from rich.text import Text

    console = console or Console()
    for line, style in lines(console.width):
        # As Text, because rich would take square brackets for markup. Not wrapped again, because
        # a path that is broken in two cannot be copied.
        console.print(Text(line, style), soft_wrap=True)


def function_meant(asked: str | Callable[..., Any] | None, command: str) -> str:
    """Return the name of the function that a command was given, as a name or as the function.

    To be called by the command itself, which the learner calls.

    Parameters
    ----------
    asked : str, callable or None
        What the learner gave the command.
    command : str
        Its name.

    Raises
    ------
    AskedWronglyError
        If the learner writes no such function; the message lists those that exist.
    """
    # Two calls away: the learner calls the command, which calls this.
    name = name_meant(asked, sys._getframe(2)) if callable(asked) else asked
    if isinstance(name, str) and name in FUNCTIONS:
        return name
    names = [one.name for one in EXERCISES]
    if not isinstance(name, str):
        said = f'say which function is meant, such as {command}("{names[0]}")'
    else:
        from difflib import get_close_matches

        near = get_close_matches(name, FUNCTIONS, n=1)
        said = f"{name!r} is not one of the {count_in_words()} functions"
        said += f"; did you mean {near[0]!r}?" if near else ""
    labs = ["Those of the labs are:", *(f"  {one}" for lab in LABS for one in lab.functions)]
    first = [f"{said}\nThe {count_in_words()} are:", *(f"  {one}" for one in names)]
    raise AskedWronglyError("\n".join([*first, *labs]))
