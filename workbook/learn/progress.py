"""Where a learner stands: the ten exercises, from the learner's own notebooks."""

import contextlib
import io
import warnings
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from workbook.exercises import ASSIGNMENTS, EXERCISES, Exercise
from workbook.learn.check import examine
from workbook.learn.notebooks import NotebookError, find_notebook, is_stub, load_function

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

State = Literal["not started", "in work", "passing"]

_STEPS = {
    "1_initialization": "1. Initialise the parameters, once",
    "2_forward_propagation": "2. Forward: from the input to the cost",
    "3_backward_propagation": "3. Backward: from the cost to the gradients",
    "4_parameter_update": "4. Update the parameters, then back to 2",
}


@dataclass(frozen=True)
class Standing:
    """How far the learner is with one exercise.

    Attributes
    ----------
    exercise : Exercise
        The exercise.
    state : {"not started", "in work", "passing"}
        ``passing`` means that the visible checks pass.
    detail : str
        What to look at next; empty if the checks pass.
    """

    exercise: Exercise
    state: State
    detail: str = ""


def standings(folder: Path) -> list[Standing]:
    """Return how far the notebooks in a folder are, exercise by exercise.

    The learner's functions are called in this process; what they print is not shown.

    Parameters
    ----------
    folder : Path
        The folder with the four assignments, or the folder of one of them.
    """
    silence = io.StringIO()
    with (
        warnings.catch_warnings(),
        contextlib.redirect_stdout(silence),
        contextlib.redirect_stderr(silence),
    ):
        warnings.simplefilter("ignore")
        return [_standing(exercise, Path(folder)) for exercise in EXERCISES]


def _standing(exercise: Exercise, folder: Path) -> Standing:
    path = find_notebook(exercise, folder.resolve())
    if path is None:
        return Standing(exercise, "not started", "no notebook here")
    try:
        function = load_function(path, exercise.name)
        if is_stub(path, exercise.name):
            return Standing(exercise, "not started", f"open {path.name}")
        failed = examine(function).failed
    except (NotebookError, TypeError, ValueError) as error:
        return Standing(exercise, "in work", str(error))
    if not failed:
        return Standing(exercise, "passing")
    first = failed[0].verdict
    return Standing(exercise, "in work", f"{first.title}: {first.message}")


def render(found: Iterable[Standing], console: "Console | None" = None) -> None:
    """Print the standings as the training cycle, and what to do next.

    Parameters
    ----------
    found : iterable of Standing
        As `standings` returns them.
    console : rich.console.Console, optional
        Where to print; the terminal if not given.
    """
    from rich.console import Console

    console = console or Console()
    found = list(found)
    for assignment in ASSIGNMENTS:
        console.print(f"\n{_STEPS[assignment]}", style="bold", markup=False, highlight=False)
        console.print(_table(s for s in found if s.exercise.assignment == assignment))
    # Not wrapped: a path that is broken in two cannot be copied.
    console.print(f"\n{_next_step(found)}", markup=False, highlight=False, soft_wrap=True)


def _table(found: Iterable[Standing]) -> "RenderableType":
    from rich.table import Table
    from rich.text import Text

    table = Table(box=None, show_header=False, padding=(0, 1), pad_edge=True)
    table.add_column(justify="right", min_width=3)
    table.add_column(min_width=max(len(e.name) for e in EXERCISES), no_wrap=True)
    table.add_column(min_width=len("not started"), no_wrap=True)
    table.add_column(overflow="fold")
    for standing in found:
        exercise = standing.exercise
        cells = (str(exercise.number), exercise.name, standing.state, standing.detail)
        # As Text, since a message may hold square brackets, which rich takes for markup.
        table.add_row(*map(Text, cells))
    return table


def _next_step(found: list[Standing]) -> str:
    passing = sum(standing.state == "passing" for standing in found)
    head = f"{passing} of {len(found)} pass their visible checks."
    for standing in found:
        if standing.state != "passing":
            verb = "start" if standing.state == "not started" else "go on with"
            return f"{head} Next: {verb} {standing.exercise.notebook_path}"
    return f"{head} Your network is complete; hidden tests run when your work is graded."
