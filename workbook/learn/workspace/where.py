"""Where the learner left off, and which notebook comes next."""

import shlex
from collections.abc import Sequence
from pathlib import Path

from workbook.course.exercises import EXERCISES, LABS, Exercise, Page
from workbook.course.folder import CONFIG_FILE
from workbook.course.titles import in_words
from workbook.course.words import counted, listed
from workbook.learn.finding import find_notebook, learners_folder, start_page
from workbook.learn.workspace.own_files import LabError
from workbook.learn.workspace.standings import Standing, how_many_pass, next_to_do, standings

#: The folder that `workbook lab` makes.
USUAL_FOLDER = "notebooks"
# Folders of a course whose notebooks are nobody's work.
_OF_A_COURSE = ("release", "source")
# Of several folders with notebooks, so many are named.
_MOST_NAMED = 4
# From here on, a time is given in hours.
_MOST_MINUTES = 90


def home_folder(here: Path) -> Path | None:
    """Return the folder with all of the learner's notebooks that is meant in a folder, or None.

    Parameters
    ----------
    here : Path
        The folder in which the learner is: that one, one of an assignment in it, or the one in
        which `workbook lab` has made its own, whatever that is called if there is only one.

    Raises
    ------
    LabError
        If there are several of another name: a further one would look like the loss of one's work.
    """
    found = learners_folder(here) or learners_folder(here / USUAL_FOLDER)
    if found is not None:
        return None if _is_of_a_course(found) else found
    several = _learners_folders_in(here)
    if len(several) > 1:
        names = [one.name for one in several]
        raise LabError(
            f"there are {len(names)} folders with notebooks here: {listed(names, _MOST_NAMED)}. Go "
            f"to the one that you mean, or name it, as in `workbook lab {shlex.quote(names[0])}`"
        )
    return several[0] if several else None


def _is_of_a_course(folder: Path) -> bool:
    return folder.name in _OF_A_COURSE and (folder.parent / CONFIG_FILE).exists()


def _learners_folders_in(here: Path) -> list[Path]:
    """Return the folders in this one that have a learner's notebooks."""
    try:
        folders = [one for one in here.iterdir() if one.is_dir() and not one.name.startswith(".")]
    except OSError:
        return []
    found = {home for home in map(learners_folder, folders) if home and not _is_of_a_course(home)}
    return sorted(found)


def notebook_in(folder: Path, notebook: Exercise | Page) -> Path | None:
    """Return where a notebook lies in the learner's folder, or None."""
    path = find_notebook(notebook, folder)
    return path if path is not None and path.is_relative_to(folder) else None


def standings_so_far(folder: Path) -> list[Standing]:
    """Return how far the exercises are, and the labs only if no exercise is left to do.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks.
    """
    found = standings(folder, EXERCISES)
    standing = next_to_do(found)
    is_done = standing is None or standing.state == "stand-in"
    return [*found, *standings(folder, LABS)] if is_done else found


def next_notebook(folder: Path, found: Sequence[Standing]) -> Exercise | Page | None:
    """Return what comes next; None if nothing is left.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks.
    found : sequence of Standing
        How far they are.
    """
    first = start_page()
    is_new = all(one.state == "not started" for one in found)
    if is_new and first is not None and notebook_in(folder, first):
        return first
    standing = next_to_do(found)
    return standing.exercise if standing else None


def takes(minutes: int) -> str:
    """Return a time such as "about 40 minutes" or "about 2.5 hours"."""
    if minutes <= _MOST_MINUTES:
        return f"about {counted(minutes, 'minute')}"
    return f"about {round(minutes / 30) / 2:g} hours"


def where_you_are(folder: Path) -> str:
    """Return where the learner is, what is next and how to go on, in a few lines.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks.
    """
    found = standings_so_far(folder)
    lines = [f"Your course is in {folder}: {how_many_pass(found)} functions pass."]
    notebook = next_notebook(folder, found)
    if notebook is None:
        return "\n".join([*lines, "All labs pass, too: nothing is left to do."])
    time = f", {takes(notebook.minutes)}" if notebook.minutes else ""
    path = notebook_in(folder, notebook)
    lines.append(f"Next: {in_words(notebook)}{time}.")
    if path is None:
        lines.append("Its notebook is not there: `workbook lab` copies it and opens JupyterLab.")
    else:
        lines.append(f"`workbook lab` opens {path.relative_to(folder)} in JupyterLab.")
    return "\n".join(lines)
