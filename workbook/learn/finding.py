"""Finds the notebook of an exercise."""

from pathlib import Path

from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES, Exercise, Page


def find_notebook(exercise: Exercise | Page, folder: Path) -> Path | None:
    """Return the exercise's notebook in, below or beside a folder, or None.

    Parameters
    ----------
    exercise : Exercise or Page
        The exercise, or a page.
    folder : Path
        A folder of notebooks, such as that of the notebook that asks.
    """
    path = Path(exercise.notebook_path)
    for candidate in (folder / path.name, folder / path, folder.parent / path):
        if candidate.is_file():
            return candidate
    return None


def learners_folder(folder: Path) -> Path | None:
    """Return the folder with all of the learner's notebooks, or None if there are none around.

    Parameters
    ----------
    folder : Path
        A folder of notebooks, such as that of the notebook that asks.
    """
    # Without it, the parent of "." would be "." again.
    folder = folder.resolve()
    notebooks: list[Exercise | Page] = [*NOTEBOOKS, *PAGES]
    for one in notebooks:
        path = find_notebook(one, folder)
        if path is not None:
            home = path.parent
            return home.parent if home.name == one.assignment else home
    return None


def start_page() -> Page | None:
    """Return the page that a new learner begins with, if the course has one."""
    return next((page for page in PAGES if page.assignment == EXERCISES[0].assignment), None)
