"""Answers that failed a check: after some that differ, the solution is open."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from workbook.learn.reference import record
from workbook.learn.reference.answers import answer_digest
from workbook.learn.reference.at_hand import reference_text

#: So many different answers must have failed.
ENOUGH = 3


def count_failed(function: Callable[..., Any], name: str, folder: Path) -> str:
    """Note that an answer has failed; return a sentence if the solution is open now.

    Where there is no solution to open, nothing is kept.

    Parameters
    ----------
    function : callable
        The answer.
    name : str
        The course's name of it.
    folder : Path
        The folder of its notebook.
    """
    if reference_text(name, folder) is None:
        return ""
    kept = record.read(folder)
    known = kept.failed.get(name, [])
    digest = answer_digest(function)
    if digest and digest not in known and len(known) < ENOUGH:
        known = [*known, digest]
        record.write(folder, replace(kept, failed={**kept.failed, name: known}))
    if not is_open(name, folder):
        return ""
    return f'`solution("{name}")` is open now (`from workbook import solution`).'


def failed_answers(name: str, folder: Path) -> int:
    """Return how many different answers have failed, at most `ENOUGH`.

    Parameters
    ----------
    name : str
        Name of the function.
    folder : Path
        A folder of notebooks.
    """
    return len(set(record.read(folder).failed.get(name, [])))


def is_open(name: str, folder: Path) -> bool:
    """Return whether enough different answers have failed.

    Parameters
    ----------
    name : str
        Name of the function.
    folder : Path
        A folder of notebooks.
    """
    return failed_answers(name, folder) >= ENOUGH
