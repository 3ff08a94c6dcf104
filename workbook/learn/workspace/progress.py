"""Where a learner stands: the exercises as the training cycle, and the labs, from notebooks."""

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, Exercise, count_in_words
from workbook.course.text import wrapped
from workbook.figures.html import Html, element, joined, table
from workbook.learn.check.display import WIDTH, StyledLine, View, print_lines, show_view
from workbook.learn.workspace.finding import find_notebook

if TYPE_CHECKING:
    from rich.console import Console

    from workbook.learn.workspace.check_process import Checked

State = Literal["not started", "in progress", "passing", "not checked"]

_HEADERS = ("number", "function", "state", "what to do next")
_NO_NOTEBOOK = "no notebook here"
#: How long the checks of one function may compute, which take a fraction of a second.
_SECONDS = 3.0
_STATE_WIDTH = len("not started")


@dataclass(frozen=True)
class Standing:
    """How far the learner is with one exercise or lab.

    Attributes
    ----------
    exercise : Exercise
        The exercise.
    state : {"not started", "in progress", "passing", "not checked"}
        ``passing`` means that the visible checks pass, ``not checked`` that they take too long
        here.
    detail : str
        What to look at next; empty if the checks pass.
    path : Path or None
        The notebook, if there is one.
    """

    exercise: Exercise
    state: State
    detail: str = ""
    path: Path | None = field(default=None, compare=False)


def progress(folder: str | Path = ".") -> None:
    """Show the exercises, the labs and where you stand, from your own saved notebooks.

    Parameters
    ----------
    folder : str or Path
        Where your notebooks are; if not given, they are looked for around this one.
    """
    from workbook.learn.workspace.course_page import refresh_page  # it imports this module

    found = standings(Path(folder))
    refresh_page(Path(folder), found)
    show_view(View(progress_text(found), progress_html(found), "text/html"))


def standings(folder: Path, exercises: Sequence[Exercise] = NOTEBOOKS) -> list[Standing]:
    """Return how far the notebooks in a folder are, exercise by exercise.

    Parameters
    ----------
    folder : Path
        The folder with the assignments, or the folder of one of them.
    exercises : sequence of Exercise
        The exercises and labs to look at: all, if not given.
    """
    # They bring much along: not on `import workbook`.
    from workbook.learn.workspace.check_process import Checker
    from workbook.learn.workspace.known_results import Contents, KnownResults

    known, contents = KnownResults(), Contents()
    with Checker(_SECONDS) as checker:

        def checked(path: Path, name: str) -> "Checked":
            key = contents.key(path, name)
            found = known.get(key)
            if found is None:
                found = checker.check(path, name)[0]
                known.put(key, found)
            return found

        found = [_standing(exercise, Path(folder).resolve(), checked) for exercise in exercises]
    known.save()
    unfinished = {
        name
        for one in found
        if one.state in ("not started", "in progress")
        for name in one.exercise.functions
    }
    return [_with_cause(standing, unfinished) for standing in found]


def _standing(
    exercise: Exercise, folder: Path, checked: Callable[[Path, str], "Checked"]
) -> Standing:
    path = find_notebook(exercise, folder)
    if path is None:
        return Standing(exercise, "not started", _NO_NOTEBOOK)
    outcomes = {name: checked(path, name) for name in exercise.functions}
    if not any(one.written for one in outcomes.values()):
        return Standing(exercise, "not started", f"open {path.name}", path)
    failing = [(name, one) for name, one in outcomes.items() if not one.passed]
    if not failing:
        return Standing(exercise, "passing", "", path)
    # What is known to be wrong comes first.
    name, first = min(failing, key=lambda found: found[1].kind == "too slow")
    problem = f"{name}: {first.problem}" if exercise.is_lab else first.problem
    if first.kind == "too slow":
        more = f"{problem}. `workbook check {path.name}` waits longer"
        return Standing(exercise, "not checked", more, path)
    return Standing(exercise, "in progress", problem, path)


def _with_cause(standing: Standing, unfinished: set[str]) -> Standing:
    """Return the standing with the earlier functions that it builds on and that do not pass."""
    earlier = ", ".join(name for name in standing.exercise.uses if name in unfinished)
    if standing.state != "in progress" or not earlier:
        return standing
    return replace(standing, detail=f"first finish {earlier}, which it calls. {standing.detail}")


def progress_text(found: list[Standing]) -> str:
    """Return the standings as plain text, and what to do next.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    """
    return "\n".join(line for line, _ in _lines(found, WIDTH))


def print_progress(found: list[Standing], console: "Console | None" = None) -> None:
    """Print the standings in the terminal, and what to do next.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    console : rich.console.Console, optional
        Where to print; the terminal if not given.
    """
    print_lines(lambda width: _lines(found, width), console)


def _lines(found: list[Standing], width: int) -> Iterator[StyledLine]:
    """Yield each line with its style in a terminal."""
    for heading, theirs in _groups(found):
        yield heading, "bold"
        for standing in theirs:
            yield from ((line, "") for line in _entry(standing, width))
        yield "", ""
    yield _next_step(found), ""


def _groups(found: list[Standing]) -> Iterator[tuple[str, list[Standing]]]:
    """Yield the headings of the assignments, each with its standings."""
    for assignment, heading in ASSIGNMENTS.items():
        theirs = [one for one in found if one.exercise.assignment == assignment]
        if theirs:
            yield heading, theirs


def _entry(standing: Standing, width: int) -> list[str]:
    exercise = standing.exercise
    width_of_names = max(len(one.name) for one in NOTEBOOKS)
    head = f"{exercise.number:4}  {exercise.name:{width_of_names}}  {standing.state:{_STATE_WIDTH}}"
    line = f"{head}  {standing.detail}".rstrip()
    if len(line) <= width:
        return [line]
    # No narrower than this, whatever the terminal: words that are longer would be cut.
    return [head.rstrip(), *wrapped(standing.detail, max(width, 38), " " * 8)]


def how_many_pass(found: Sequence[Standing]) -> str:
    """Return how many of the exercises pass, as a text such as "3 of 10"."""
    exercises = [standing for standing in found if not standing.exercise.is_lab]
    return f"{sum(one.state == 'passing' for one in exercises)} of {len(exercises)}"


def next_to_do(found: Sequence[Standing]) -> Standing | None:
    """Return the first exercise that does not pass, else the first lab; None if all pass."""
    unfinished = (standing for standing in found if standing.state != "passing")
    return min(unfinished, key=lambda one: one.exercise.is_lab, default=None)


def _next_step(found: list[Standing]) -> str:
    head = f"{how_many_pass(found)} pass their visible checks."
    if all(standing.detail == _NO_NOTEBOOK for standing in found):
        return f"{head} There are no notebooks here: go to the folder that `workbook lab` made."
    standing = next_to_do(found)
    if standing is not None and not standing.exercise.is_lab:
        path = standing.exercise.notebook_path
        if standing.state == "not started":
            return f"{head} Next: start {path}"
        if standing.state == "not checked":
            return f"{head} Next: run `workbook check {path}`, which waits longer"
        return f'{head} Next: go on with {path}\nStuck? hint("{standing.exercise.name}")'
    done = f"{head} Your network is complete; hidden tests run when your work is graded."
    return f"{done}\nNext lab: {standing.exercise.notebook_path}" if standing else done


def progress_html(found: list[Standing]) -> Html:
    """Return the standings as an HTML table that takes its colours from the page.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    """
    groups = [(heading, map(_row, theirs)) for heading, theirs in _groups(found)]
    caption = f"Your {count_in_words()} functions, as the training cycle"
    shown = table(caption, _HEADERS, groups, key=1)
    lines = _next_step(found).split("\n")
    after = [lines[0], *(part for line in lines[1:] for part in (element("br"), line))]
    return joined([shown, element("p", *after)])


def _row(standing: Standing) -> tuple[str, ...]:
    exercise = standing.exercise
    name = exercise.name
    if standing.path is not None:
        # Seen from the notebook that shows it, which Jupyter runs in its own folder.
        target = Path(os.path.relpath(standing.path, Path.cwd().resolve())).as_posix()
        name = element("a", name, href=quote(target))
    return str(exercise.number), name, standing.state, standing.detail
