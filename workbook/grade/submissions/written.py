"""Answers that a person marks: which of them a student has written, and as what text."""

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from workbook.course.checksums import is_as_released
from workbook.grade.submissions.harmless import holds_picture
from workbook.grade.submissions.identify import is_manual


def hashes(written: Mapping[str, str], release: Any, stubs: tuple[str, ...]) -> dict[str, str]:
    """Return a hash of each answer in which something is written.

    Parameters
    ----------
    written : mapping of str to str
        The texts of the answers, by the names of their cells.
    release : NotebookNode
        The released notebook of the same exercise.
    stubs : tuple of str
        Texts that the cells had in older releases.
    """
    begun = {*stubs, *(cell.source for cell in release.cells if is_manual(cell))}
    return {
        name: hashlib.sha256(text.encode(errors="replace")).hexdigest()
        for name, text in written.items()
        if text.strip() and text not in begun
    }


def notes_on_pictures(written: Mapping[str, str], cells: Mapping[str, Any]) -> Iterator[str]:
    """Yield a note for each answer with a picture, which is left out of the autograded notebook.

    Parameters
    ----------
    written : mapping of str to str
        The texts of the answers, by the names of their cells.
    cells : mapping of str to dict
        Their cells, as they were submitted.
    """
    for name, text in written.items():
        if holds_picture(text) and not is_as_released(cells[name], text):
            yield f"the answer {name!r} holds a picture: see it in the notebook as it was handed in"
