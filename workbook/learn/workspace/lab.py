"""The learner's folder of notebooks: filled, kept up to date, checked from outside."""

import contextlib
import json
import os
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from workbook.course.data_folder import data_folder
from workbook.course.exercises import (
    EXERCISES,
    NOTEBOOKS,
    PAGES,
    Exercise,
    Page,
    count_in_words,
    is_page,
)
from workbook.learn.check.card import Card
from workbook.learn.check.check import tried
from workbook.learn.workspace.no_kernel import as_main
from workbook.learn.workspace.notebooks import (
    NotebookError,
    functions_in,
    load_function,
    unlike_jupyter,
)
from workbook.learn.workspace.own_files import LabError, content_or_nothing, keep_older, write_file
from workbook.learn.workspace.update import release_of, text_of, updated


def released_folder() -> Path:
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


def released_file(notebook: Exercise | Page) -> bytes:
    """Return a notebook's file as it is released.

    Raises
    ------
    LabError
        If it is not there.
    """
    path = released_folder() / notebook.notebook_path
    try:
        return path.read_bytes()
    except OSError as error:
        raise LabError(f"{path} cannot be read: {error}") from error


@dataclass(frozen=True)
class Replaced:
    """A notebook of the learner's that is now of a new release.

    Attributes
    ----------
    path : pathlib.Path
        The notebook.
    kept : pathlib.Path or None
        Where it lies as it was; None if nobody had written in it.
    has_work : bool
        Whether something of the learner's is in it.
    """

    path: Path
    kept: Path | None
    has_work: bool

    def __str__(self) -> str:
        """Say what was done."""
        if self.kept is None:
            return f"{self.path} is now of the new release; you had not written in it"
        work = " with your answers and your own cells" if self.has_work else ""
        return f"{self.path} is now of the new release{work}. Your older copy is {self.kept}"


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
    copied = []
    for path, copy in _pairs(target):
        if not os.path.lexists(copy):
            write_file(copy, path.read_bytes())
            copied.append(copy)
    return copied


def under_other_names(copied: Iterable[Path]) -> list[tuple[Path, Path]]:
    """Return each copied notebook beside which another one has its functions, and that one.

    It is most often the learner's own, renamed: by its new name nothing finds it.

    Parameters
    ----------
    copied : iterable of Path
        What `copy_notebooks` has copied.
    """
    notebooks: list[Exercise | Page] = [*NOTEBOOKS, *PAGES]
    ours = {Path(one.notebook_path).name for one in notebooks}
    found = []
    for path in copied:
        for other in sorted(path.parent.glob("*.ipynb")):
            if other.name in ours:
                continue
            with contextlib.suppress(NotebookError):
                functions = functions_in(path)
                if functions and functions_in(other) == functions:
                    found.append((path, other))
    return found


def update_notebooks(target: Path) -> list[Replaced]:
    """Bring the learner's notebooks in the target folder to the release that is installed.

    No answer and no cell of the learner's is touched, and whatever may be the learner's is kept in
    the folder ``older_notebooks`` as well. A file that is no notebook stays as it is, as does one
    of a newer release.

    Parameters
    ----------
    target : Path
        The learner's folder.

    Returns
    -------
    list of Replaced
        What was done, for each notebook that has changed.

    Raises
    ------
    LabError
        If a notebook cannot be written.
    """
    replaced = []
    for path, copy in _pairs(target):
        data = content_or_nothing(copy)
        new, mine = _notebook(content_or_nothing(path)), _notebook(data)
        if new is None or mine is None or not _is_newer(release_of(new), release_of(mine)):
            continue
        update = updated(mine, new)
        kept = None
        if update.has_work or not update.is_complete:
            kept = keep_older(Path(target), copy, data)
        if content_or_nothing(copy) != data:
            # It has been saved just now; the next start of the lab updates it.
            continue
        write_file(copy, _encoded(update.notebook), like=copy)
        replaced.append(Replaced(copy, kept, update.has_work))
    return replaced


def _pairs(target: Path) -> list[tuple[Path, Path]]:
    """Return each released notebook, and where the learner's copy of it has its place."""
    source = released_folder()
    released = [p for p in source.rglob("*.ipynb") if ".ipynb_checkpoints" not in p.parts]
    return [(path, Path(target) / path.relative_to(source)) for path in sorted(released)]


def _is_newer(release: str, than: str) -> bool:
    """Tell whether a release, such as 0.2.0+1a2b3c4d, may take the place of another one."""
    numbers = [
        [int(part) if part.isdecimal() else 0 for part in one.split("+")[0].split(".")]
        for one in (release, than)
    ]
    return release != than and numbers[0] >= numbers[1]


def _notebook(data: bytes) -> dict[str, Any] | None:
    """Return what a notebook's file holds; None if it is no notebook."""
    try:
        found = json.loads(data.decode("utf-8-sig"))
        for part in (found, *found["cells"]):
            part["metadata"].items()
        for cell in found["cells"]:
            text_of(cell) + cell["cell_type"]
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _encoded(notebook: dict[str, Any]) -> bytes:
    """Return a notebook as it is written into its file."""
    text = json.dumps(notebook, ensure_ascii=False, indent=1, sort_keys=True)
    try:
        return f"{text}\n".encode()
    except UnicodeEncodeError:
        # A half of a surrogate pair, which JSON can only hold escaped.
        return f"{json.dumps(notebook, indent=1, sort_keys=True)}\n".encode()


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
    names = [name] if name else functions_to_check(path)
    return [_checked(path, one) for one in names]


def _checked(path: Path, name: str) -> Card:
    # Where the function may look for what the notebook defines when it is called.
    with as_main(ModuleType("__main__")) as main:
        card = tried(load_function(path, name, settings=True, main=main), name, path.parent)
    return replace(card, last=" ".join(filter(None, (card.last, *unlike_jupyter(path, name)))))


def functions_to_check(path: Path) -> list[str]:
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
