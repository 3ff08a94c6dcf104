"""The page "Your course": every notebook with a link, how far you are, and the time left."""

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from urllib.parse import quote

from workbook.course.exercises import ASSIGNMENTS, PAGES, Exercise, Page
from workbook.course.leftovers import COURSE_PAGE
from workbook.course.titles import in_words
from workbook.learn.finding import learners_folder, start_page
from workbook.learn.workspace.answers import Count, counts
from workbook.learn.workspace.own_files import LabError, content_or_nothing, write_file
from workbook.learn.workspace.standings import Standing, how_many_pass
from workbook.learn.workspace.where import next_notebook, notebook_in, takes

_HEADING = "# Your course"
_REFRESHED = (
    "This page is as of the last `workbook lab` or `progress()`, which bring it up to date. If it "
    "is open meanwhile, choose **File > Reload Markdown File from Disk**."
)


def write_page(folder: Path, found: Sequence[Standing]) -> None:
    """Write the page into the learner's folder; a file of the learner's own stays as it is.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks.
    found : sequence of Standing
        How far they are.

    Raises
    ------
    LabError
        If it cannot be written.
    """
    path, text = folder / COURSE_PAGE, page_text(folder, found).encode()
    before = content_or_nothing(path)
    # A notebook may lie beside it, and a changed file beside a notebook is a reason to check anew.
    if before != text and (before.startswith(_HEADING.encode()) or not path.exists()):
        write_file(path, text)


def refresh_page(folder: Path, found: Sequence[Standing]) -> None:
    """Bring the page up to date, if there is one around a folder and it can be written."""
    home = learners_folder(folder)
    if home is not None and (home / COURSE_PAGE).is_file():
        with contextlib.suppress(LabError):
            write_page(home, found)


def page_text(folder: Path, found: Sequence[Standing]) -> str:
    """Return the page as Markdown.

    Parameters
    ----------
    folder : Path
        The folder in which it is to lie.
    found : sequence of Standing
        How far the learner is.
    """
    return "\n".join([*_head(folder, found), "", _REFRESHED, "", *_table(folder, found), ""])


def _head(folder: Path, found: Sequence[Standing]) -> Iterator[str]:
    """Yield the heading, how far the learner is, the time that is left, and what is next."""
    yield from (_HEADING, "", f"**{how_many_pass(found)}** functions pass their visible checks.")
    left = [one.exercise for one in found if one.state != "passing"]
    exercises = sum(one.minutes for one in left if not one.is_lab)
    labs = sum(one.minutes for one in left if one.is_lab)
    times = [f"{takes(exercises)} for the functions"] if exercises else []
    times += [f"{takes(labs)} for the labs, which are a bonus"] if labs else []
    if times:
        yield f"Time left: {', and '.join(times)}."
    notebook = next_notebook(folder, found)
    if notebook is not None:
        time = f", {takes(notebook.minutes)}" if notebook.minutes else ""
        yield from ("", f"**Next:** {_linked(folder, notebook, in_words(notebook))}{time}")


def _table(folder: Path, found: Sequence[Standing]) -> Iterator[str]:
    """Yield the lines of the table of all notebooks."""
    yield from ("| | notebook | minutes | questions | state |", "|--:|:--|--:|--:|:--|")
    asked = counts(folder)
    first = start_page()
    for assignment, heading in ASSIGNMENTS.items():
        yield f"| | **{_cell(heading)}** | | | |"
        pages = [page for page in PAGES if page.assignment == assignment]
        yield from (_page_row(folder, page, asked) for page in pages if page == first)
        for one in found:
            if one.exercise.assignment == assignment:
                yield _row(folder, one, asked)
        yield from (_page_row(folder, page, asked) for page in pages if page != first)


def _row(folder: Path, standing: Standing, asked: Mapping[str, Count]) -> str:
    exercise = standing.exercise
    title = _cell(exercise.title)
    if exercise.is_lab:
        said = _linked(folder, exercise, title)
    else:
        said = f"{_linked(folder, exercise, exercise.name)}: {title}"
    state = "✓ passing" if standing.state == "passing" else standing.state
    questions = asked.get(exercise.notebook, "")
    return f"| {exercise.number} | {said} | {exercise.minutes or ''} | {questions} | {state} |"


def _page_row(folder: Path, page: Page, asked: Mapping[str, Count]) -> str:
    said, questions = _linked(folder, page, in_words(page)), asked.get(page.notebook, "")
    return f"| | {said} | {page.minutes or ''} | {questions} | to read |"


def _linked(folder: Path, notebook: Exercise | Page, text: str) -> str:
    """Return a text as a link to a notebook, if it is there."""
    path = notebook_in(folder, notebook)
    # Relative to the page, since JupyterLab may show the folder under any address.
    return f"[{text}]({quote(path.relative_to(folder).as_posix())})" if path else text


def _cell(text: str) -> str:
    """Return a text that does not end its cell of a table."""
    return text.replace("|", "\\|")
