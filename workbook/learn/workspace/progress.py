"""Show where a learner stands: the exercises as the training cycle, and the labs."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote

from workbook.course.exercises import (
    ASSIGNMENTS,
    NOTEBOOKS,
    PAGES,
    Page,
    count_in_words,
)
from workbook.course.text import wrap
from workbook.course.words import noun
from workbook.figures.html import Html, element, joined, table, with_code
from workbook.learn.check.display import TEXT_WIDTH, StyledLine, View, print_lines, show_view
from workbook.learn.finding import find_notebook, start_page
from workbook.learn.reference.at_hand import about_hidden_tests
from workbook.learn.workspace.answers import Count, about_questions, counts
from workbook.learn.workspace.standings import (
    NO_NOTEBOOK,
    Standing,
    how_many_pass,
    next_to_do,
    standings,
)

if TYPE_CHECKING:
    from rich.console import Console

_QUESTIONS, _PAGE = "questions", "page"
_HEADERS = ("number", "function", "state", _QUESTIONS, "what to do next")
_STATE_WIDTH = len("not started")
# No narrower than this, whatever the terminal: words that are longer would be cut.
_NARROW = 38
_NONE: Mapping[str, Count] = {}
_HERE = Path()


def progress(folder: str | Path = ".") -> None:
    """Show the exercises, the labs and where you stand, from your own saved notebooks.

    Parameters
    ----------
    folder : str or Path
        Where your notebooks are; if not given, they are looked for around this one.
    """
    from workbook.learn.workspace.course_page import refresh_page  # it imports this module

    place = Path(folder)
    found, asked = standings(place), counts(place)
    refresh_page(place, found)
    show_view(View(progress_text(found, asked), progress_html(found, asked, place), "text/html"))


def progress_text(found: list[Standing], asked: Mapping[str, Count] = _NONE) -> str:
    """Return the standings as plain text, and what to do next.

    Parameters
    ----------
    found : list of Standing
        As `standings` returns them.
    asked : mapping of str to Count
        The questions of each notebook, as `counts` returns them.
    """
    return "\n".join(line for line, _ in _lines(found, asked, TEXT_WIDTH))


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
    for text in (about_questions(asked), _at_the_end(found)):
        yield from ((line, "") for line in wrap(text, max(width, _NARROW)))


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
    return [head.rstrip(), *wrap(detail, max(width, _NARROW), " " * 8)]


def _cells(one: Standing | Page, asked: Mapping[str, Count]) -> tuple[str, str, str, str, str]:
    """Return what is said of a notebook: number, name, state, questions, and what to do next."""
    if isinstance(one, Page):
        return "", one.name, _PAGE, str(asked[one.notebook]), ""
    questions = asked.get(one.exercise.notebook, "")
    exercise = one.exercise
    return str(exercise.number), exercise.name, one.state, str(questions), one.detail


def _next_step(found: list[Standing]) -> str:
    head = f"{how_many_pass(found)} pass their visible checks."
    if all(standing.detail == NO_NOTEBOOK for standing in found):
        return f"{head} There are no notebooks here: go to the folder that `workbook lab` made."
    standing = next_to_do(found)
    if standing is not None and not standing.exercise.is_lab and standing.state != "stand-in":
        path = standing.exercise.notebook_path
        if standing.detail == NO_NOTEBOOK:
            return f"{head} Next: {path}, which is not there: `workbook lab` copies it"
        if standing.state == "not started":
            is_new = all(one.state == "not started" for one in found)
            first = start_page() if is_new else None
            return f"{head} Next: start {first.notebook_path if first else path}"
        if standing.state == "not checked":
            return f"{head} Next: run `workbook check {path}`, which waits longer"
        return f'{head} Next: go on with {path}\nStuck? hint("{standing.exercise.name}")'
    lent = [one for one in found if one.state == "stand-in"]
    if any(not one.exercise.is_lab for one in lent):
        lines = [f"{head} The reference stands in for the rest."]
    else:
        lines = [f"{head} Your network is complete."]
    if standing is not None and standing.state != "stand-in":
        lines.append(f"Next lab: {standing.exercise.notebook_path}")
    if lent:
        lines.append(f"To come back to: {lent[0].exercise.notebook_path}")
    return "\n".join(lines)


def _at_the_end(found: list[Standing]) -> str:
    """Return what to say of the hidden tests once the network is complete."""
    done = all(one.state == "passing" for one in found if not one.exercise.is_lab)
    return about_hidden_tests(Path.cwd()) if done else ""


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
    end = [element("p", with_code(_at_the_end(found)))] if _at_the_end(found) else []
    return joined([shown, element("p", *after), *end])


def _row(one: Standing | Page, asked: Mapping[str, Count], folder: Path) -> tuple[str, ...]:
    number, name, state, questions, detail = _cells(one, asked)
    path = one.path if isinstance(one, Standing) else find_notebook(one, folder.resolve())
    if path is not None:
        # Seen from the notebook that shows it, which Jupyter runs in its own folder.
        target = Path(os.path.relpath(path, Path.cwd().resolve())).as_posix()
        name = element("a", name, href=quote(target))
    return (number, name, state, *([questions] if asked else []), detail)
