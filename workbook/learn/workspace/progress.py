"""Where a learner stands: the exercises as the training cycle, and the labs, from notebooks."""

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.parse import quote

from workbook.course.exercises import (
    ASSIGNMENTS,
    NOTEBOOKS,
    PAGES,
    Exercise,
    Page,
    count_in_words,
)
from workbook.course.text import wrapped
from workbook.course.words import noun
from workbook.figures.html import Html, element, joined, table
from workbook.learn.check.display import WIDTH, StyledLine, View, print_lines, show_view
from workbook.learn.workspace.answers import Count, about_questions, counts
from workbook.learn.workspace.finding import find_notebook

if TYPE_CHECKING:
    from rich.console import Console

    from workbook.learn.workspace.check_process import Checked

State = Literal["not started", "in progress", "passing", "not checked"]

_QUESTIONS, _PAGE = "questions", "page"
_HEADERS = ("number", "function", "state", _QUESTIONS, "what to do next")
_NO_NOTEBOOK = "no notebook here"
#: How long the checks of one function may compute, which take a fraction of a second.
_SECONDS = 3.0
_STATE_WIDTH = len("not started")
# No narrower than this, whatever the terminal: words that are longer would be cut.
_NARROW = 38
_NONE: Mapping[str, Count] = {}
_HERE = Path()


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
    place = Path(folder)
    found, asked = standings(place), counts(place)
    show_view(View(progress_text(found, asked), progress_html(found, asked, place), "text/html"))


def standings(folder: Path) -> list[Standing]:
    """Return how far the notebooks in a folder are, exercise by exercise.

    Parameters
    ----------
    folder : Path
        The folder with the assignments, or the folder of one of them.
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

        found = [_standing(exercise, Path(folder).resolve(), checked) for exercise in NOTEBOOKS]
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


def progress_text(found: list[Standing], asked: Mapping[str, Count] = _NONE) -> str:
    """Return the standings as plain text, and what to do next.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    asked : mapping of str to Count
        The questions of each notebook, as `counts` returns them.
    """
    return "\n".join(line for line, _ in _lines(found, asked, WIDTH))


def print_progress(
    found: list[Standing], console: "Console | None" = None, asked: Mapping[str, Count] = _NONE
) -> None:
    """Print the standings in the terminal, and what to do next.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    console : rich.console.Console, optional
        Where to print; the terminal if not given.
    asked : mapping of str to Count
        The questions of each notebook, as `counts` returns them.
    """
    print_lines(lambda width: _lines(found, asked, width), console)


def _lines(found: list[Standing], asked: Mapping[str, Count], width: int) -> Iterator[StyledLine]:
    """Yield each line with its style in a terminal."""
    for heading, theirs in _groups(found, asked):
        yield heading, "bold"
        for one in theirs:
            yield from ((line, "") for line in _entry(one, asked, width))
        yield "", ""
    yield _next_step(found), ""
    yield from ((line, "") for line in wrapped(about_questions(asked), max(width, _NARROW)))


def _groups(
    found: list[Standing], asked: Mapping[str, Count]
) -> Iterator[tuple[str, list[Standing | Page]]]:
    """Yield the headings of the assignments, each with its standings, and its pages that ask."""
    for assignment, heading in ASSIGNMENTS.items():
        theirs = [one for one in found if one.exercise.assignment == assignment]
        if not theirs:
            continue
        pages = [one for one in PAGES if one.assignment == assignment and one.notebook in asked]
        first = theirs[0].exercise.notebook
        before = [page for page in pages if page.notebook < first]
        yield heading, [*before, *theirs, *(page for page in pages if page not in before)]


def _entry(one: Standing | Page, asked: Mapping[str, Count], width: int) -> list[str]:
    number, name, state, questions, detail = _cells(one, asked)
    names = max(len(exercise.name) for exercise in NOTEBOOKS)
    head = f"{number:>4}  {name:{names}}  {state:{_STATE_WIDTH}}"
    if asked:
        words = {str(each): f"{each} {noun(each.all, 'question')}" for each in asked.values()}
        head += f"  {words.get(questions, ''):{max(map(len, words.values()))}}"
    line = f"{head}  {detail}".rstrip()
    if len(line) <= width:
        return [line]
    return [head.rstrip(), *wrapped(detail, max(width, _NARROW), " " * 8)]


def _cells(one: Standing | Page, asked: Mapping[str, Count]) -> tuple[str, str, str, str, str]:
    """Return what is said of a notebook: number, name, state, questions, and what to do next."""
    if isinstance(one, Page):
        return "", one.name, _PAGE, str(asked[one.notebook]), ""
    questions = asked.get(one.exercise.notebook, "")
    exercise = one.exercise
    return str(exercise.number), exercise.name, one.state, str(questions), one.detail


def _next_step(found: list[Standing]) -> str:
    exercises = [standing for standing in found if not standing.exercise.is_lab]
    passing = sum(standing.state == "passing" for standing in exercises)
    head = f"{passing} of {len(exercises)} pass their visible checks."
    if all(standing.detail == _NO_NOTEBOOK for standing in found):
        return f"{head} There are no notebooks here: go to the folder that `workbook lab` made."
    for standing in exercises:
        path = standing.exercise.notebook_path
        if standing.state == "not started":
            return f"{head} Next: start {path}"
        if standing.state == "not checked":
            return f"{head} Next: run `workbook check {path}`, which waits longer"
        if standing.state == "in progress":
            return f'{head} Next: go on with {path}\nStuck? hint("{standing.exercise.name}")'
    done = f"{head} Your network is complete; hidden tests run when your work is graded."
    labs = [one.exercise for one in found if one.exercise.is_lab and one.state != "passing"]
    return f"{done}\nNext lab: {labs[0].notebook_path}" if labs else done


def progress_html(
    found: list[Standing], asked: Mapping[str, Count] = _NONE, folder: Path = _HERE
) -> Html:
    """Return the standings as an HTML table that takes its colours from the page.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    asked : mapping of str to Count
        The questions of each notebook, as `counts` returns them.
    folder : Path
        Where the notebooks are.
    """
    groups = [
        (heading, [_row(one, asked, folder) for one in theirs])
        for heading, theirs in _groups(found, asked)
    ]
    caption = f"Your {count_in_words()} functions, as the training cycle"
    headers = [name for name in _HEADERS if asked or name != _QUESTIONS]
    shown = table(caption, headers, groups, key=1)
    lines = [*_next_step(found).split("\n"), *filter(None, [about_questions(asked)])]
    after = [lines[0], *(part for line in lines[1:] for part in (element("br"), line))]
    return joined([shown, element("p", *after)])


def _row(one: Standing | Page, asked: Mapping[str, Count], folder: Path) -> tuple[str, ...]:
    number, name, state, questions, detail = _cells(one, asked)
    path = one.path if isinstance(one, Standing) else find_notebook(one, folder.resolve())
    if path is not None:
        # Seen from the notebook that shows it, which Jupyter runs in its own folder.
        target = Path(os.path.relpath(path, Path.cwd().resolve())).as_posix()
        name = element("a", name, href=quote(target))
    return (number, name, state, *([questions] if asked else []), detail)
