"""The learner's folder of notebooks: filled once, opened in JupyterLab, checked from outside."""

import os
import shutil
import subprocess
import sys
from importlib.util import find_spec
from pathlib import Path

from workbook.course.data_folder import data_folder
from workbook.course.exercises import EXERCISES, NOTEBOOKS, count_in_words, is_page
from workbook.learn.check.card import Card
from workbook.learn.check.check import examine
from workbook.learn.workspace.notebooks import NotebookError, functions_in, load_function


class LabError(Exception):
    """The lab cannot be opened; the text says what to do."""


def notebooks() -> Path:
    """Return the folder of the released notebooks.

    They are part of an installed package; in a source checkout they lie in ``release/``.
    """
    for folder in (
        Path(__file__).resolve().parents[1] / "released",
        data_folder().parents[2] / "release",
    ):
        if (folder / EXERCISES[0].notebook_path).is_file():
            return folder
    raise LabError(
        "the released notebooks are not there: in a source checkout run `workbook build`; "
        "otherwise install backprop-workbook again"
    )


def copy_notebooks(target: Path) -> list[Path]:
    """Copy the released notebooks that the target folder lacks.

    A file that exists is the learner's work: it is neither replaced nor touched.

    Parameters
    ----------
    target : Path
        The learner's folder.

    Returns
    -------
    list of Path
        What was copied.

    Raises
    ------
    LabError
        If a notebook cannot be written, or there are none to copy.
    """
    source = notebooks()
    copied = []
    for path in sorted(source.rglob("*.ipynb")):
        copy = Path(target) / path.relative_to(source)
        if ".ipynb_checkpoints" not in path.parts and not os.path.lexists(copy):
            _copy(path, copy)
            copied.append(copy)
    return copied


def _copy(path: Path, copy: Path) -> None:
    """Copy one file whole: the notebook's name never stands for half a file."""
    partial = copy.with_name(f".{copy.name}.partial")
    try:
        copy.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, partial)
        partial.rename(copy)
    except OSError as error:
        raise LabError(f"{copy} cannot be written: {error}") from error


def open_lab(target: Path) -> int:
    """Copy the notebooks to the target folder and run JupyterLab there until it is closed.

    Parameters
    ----------
    target : Path
        The learner's folder.

    Returns
    -------
    int
        JupyterLab's exit status.

    Raises
    ------
    LabError
        If JupyterLab is not installed, or a notebook cannot be copied.
    """
    if find_spec("jupyterlab") is None:
        raise LabError("JupyterLab is not installed: run `python -m pip install jupyterlab`")
    copy_notebooks(target)
    folder = Path(target).resolve()
    return subprocess.run(
        lab_command(folder), cwd=folder, env=lab_environment(), check=False
    ).returncode


def lab_command(folder: Path) -> list[str]:
    """Return the command that opens JupyterLab on a folder.

    Parameters
    ----------
    folder : Path
        The learner's folder.
    """
    return [sys.executable, "-m", "jupyterlab", f"--ServerApp.root_dir={folder}"]


def lab_environment() -> dict[str, str]:
    """Return JupyterLab's environment, with the course's settings after the learner's own.

    They switch off one thing: the question whether JupyterLab may fetch its news, which would
    cover the first notebook of a new user.
    """
    paths = [os.environ.get("JUPYTER_CONFIG_PATH", ""), str(Path(__file__).parent / "jupyter")]
    return {**os.environ, "JUPYTER_CONFIG_PATH": os.pathsep.join(filter(None, paths))}


def check_notebook(path: Path, name: str | None = None) -> list[Card]:
    """Run the visible checks on a notebook file.

    Parameters
    ----------
    path : Path
        A notebook of the course; a renamed one is known by the functions that it defines.
    name : str, optional
        Look at this function only; if not given, at all that the notebook is there for.

    Returns
    -------
    list of Card
        One for each function of the notebook.

    Raises
    ------
    NotebookError
        If it cannot be read, or holds none of the course's functions.
    """
    path = Path(path)
    names = [name] if name else functions_of(path)
    return [examine(load_function(path, one, settings=True), one) for one in names]


def functions_of(path: Path) -> list[str]:
    """Return the functions of a notebook, by its name or else by its definitions.

    Parameters
    ----------
    path : Path
        The notebook.

    Raises
    ------
    NotebookError
        If there are none, or the notebook cannot be read.
    """
    if is_page(path.name):
        raise NotebookError(f"{path.name} is a page to read: there is nothing in it to check")
    named = [name for one in NOTEBOOKS if one.notebook == path.stem for name in one.functions]
    found = named or list(functions_in(path))
    if not found:
        names = ", ".join(exercise.name for exercise in EXERCISES)
        raise NotebookError(
            f"{path.name} defines none of the {count_in_words()} functions ({names}), and none of "
            "the labs'"
        )
    return found
