"""A fresh copy of one notebook; the learner's own is kept."""

from pathlib import Path

from workbook.course.exercises import FUNCTIONS, Exercise, Page, all_notebooks
from workbook.course.words import listed
from workbook.learn.check.display import View, show_view
from workbook.learn.finding import find_notebook, learners_folder
from workbook.learn.workspace.lab import released_file
from workbook.learn.workspace.own_files import LabError, content, keep_older, write_file

_MOST_NAMED = 20


def start_again(notebook: str) -> None:
    """Start one of your notebooks again; your own copy is kept in the folder ``older_notebooks``.

    Parameters
    ----------
    notebook : str
        Its number, its name or its function, such as ``"linear_forward"``.
    """
    said = renewed(notebook, Path.cwd())
    show_view(View(said, said))


def renewed(asked: str, here: Path) -> str:
    """Put a fresh copy of a notebook in its place, and return what was done.

    Parameters
    ----------
    asked : str
        The notebook: a path, or the number, name or function of one.
    here : Path
        The folder in which the learner is, or in which a path begins.

    Raises
    ------
    LabError
        If there is no such notebook in the course, or it cannot be written.
    """
    notebook = _meant(asked)
    path = here / asked
    if path.suffix != ".ipynb":
        found = find_notebook(notebook, here)
        path = found or (learners_folder(here) or here) / notebook.notebook_path
    home = (learners_folder(path.parent) or path.parent).resolve()
    path = path.parent.resolve() / path.name
    fresh, mine = released_file(notebook), content(path)
    shown = path.relative_to(home)
    if mine == fresh:
        return f"{shown} is as it came with the course: there is nothing to start again."
    if mine is None:
        write_file(path, fresh)
        return f"{shown} was not there; it is now, as it comes with the course."
    kept = keep_older(home, path, mine)
    write_file(path, fresh, like=path)
    return (
        f"{shown} is again as it comes with the course. Your own copy is in "
        f"{kept.relative_to(home)}. If the notebook is open in JupyterLab, choose File > Reload "
        "Notebook from Disk, and then Kernel > Restart Kernel."
    )


def _meant(asked: str) -> Exercise | Page:
    """Return the notebook of the course that is meant by a path, a number or a name."""
    name = Path(asked).name.removesuffix(".ipynb")
    for one in all_notebooks():
        # A page may have a number as well, as notebook 0 has.
        number = one.notebook.partition("_")[0]
        numbers = {number, str(int(number))} if number.isdecimal() else set()
        if name in {one.notebook, one.name, *numbers}:
            return one
    if name in FUNCTIONS:
        return FUNCTIONS[name]
    names = listed([one.notebook for one in all_notebooks()], _MOST_NAMED)
    raise LabError(f"{asked} is not a notebook of the course; these are: {names}")
