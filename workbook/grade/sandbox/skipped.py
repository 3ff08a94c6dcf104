"""Notes on lines of a notebook that grading skips, in whole or in part.

The student's process names them by kind and line number; the sentences are the judge's.
"""

import ast
import os
import re
import sys
import types
from collections.abc import Iterator
from typing import Any

from workbook.course.missing_packages import MissingPackages

#: What is said of a line, by kind.
SENTENCES = {
    "shell": "did nothing: grading runs no shell commands and starts no other programs",
    "install": (
        "did nothing: grading installs nothing; if your answer needs this package, ask your "
        "instructor whether it is there when work is graded"
    ),
    "input": (
        "did nothing: nobody can answer while your work is graded, so the answer was an empty text"
    ),
    "debugger": "did nothing: there is no debugger while your work is graded",
    "decorator": (
        "did nothing: the package that it needs is not installed where your work is graded, so "
        "the code below it was taken as it is"
    ),
    "beside": (
        "runs a text or file that needs a package which is not installed where your work is "
        "graded; the rest of it was run"
    ),
    "default": (
        "gives a parameter a default value from a package that is not installed where your work is "
        "graded; the default is None instead"
    ),
}

_INSTALLERS = ("pip", "pip3", "conda", "mamba", "micromamba", "uv", "apt", "apt-get", "brew")
# On one line: what stands on another is a command of its own.
_MAKE = re.compile(r"(mkdir|touch)(?:[ \t]+-[pv]+)*((?:[ \t]+[\w./][\w./-]*)+)")
# Modules of the library that ask other programs, and do without an answer.
_ASK_PROGRAMS = {"platform", "uuid", "ctypes.util"}
# More lines than a notebook has; a loop may run the same line for ever.
_MOST = 100

# Names of files that hold a cell's code.
CELL_FILES = ("<ipython-input", "/tmp/ipykernel")

# The lines of the cell that runs; None between cells.
_lines: list[tuple[str, int]] | None = None


def note(lines: list[tuple[str, int]] | None) -> None:
    """Collect here the kind and the line number of what does nothing while a cell runs.

    Parameters
    ----------
    lines : list of (str, int), or None
        Where to; None when the cell has run.
    """
    global _lines
    _lines = lines


def skip(kind: str) -> bool:
    """Note that the line of the student's that runs does nothing; return whether there is a cell.

    Parameters
    ----------
    kind : str
        A key of `SENTENCES`.
    """
    if _lines is None:
        return False
    _note(kind, _line())
    return True


def skip_missing(statement: ast.stmt, missing: MissingPackages) -> ast.stmt:
    """Return a statement without what needs a package that is not installed; note what that was."""
    statement, left_out = missing.adapted(statement)
    for kind, line in left_out:
        _note(kind, line)
    return statement


def _note(kind: str, line: int) -> None:
    if _lines is not None and (kind, line) not in _lines and len(_lines) < _MOST:
        _lines.append((kind, line))


def skip_command(command: object) -> None:
    """Note a command of the shell's, or its words, that is not run, if it is the student's.

    Folders and empty files are made: cells below write into them, or import them.
    """
    if any(frame.f_globals.get("__name__") in _ASK_PROGRAMS for frame in _frames()):
        return
    text = command if isinstance(command, str) else " ".join(map(str, _words(command)))
    made = [_MAKE.fullmatch(one.strip()) for one in re.split(r"&&|;", text)]
    if all(made):
        try:
            for one in filter(None, made):
                _make(one[1], one[2].split())
            return
        except OSError:
            # Where nothing may be written, or there is a file.
            pass
    words = text.replace("/", " ").split()
    skip("install" if "install" in words and set(_INSTALLERS) & set(words) else "shell")


def _make(kind: str, names: list[str]) -> None:
    for name in names:
        if kind == "mkdir":
            os.makedirs(name, exist_ok=True)
        else:
            with open(name, "ab"):
                pass


def _words(command: Any) -> list[Any]:
    return list(command) if isinstance(command, list | tuple) else [command]


def _line() -> int:
    """Return the number of the line of the cell that runs; 0 if it cannot be told."""
    places = [
        (frame.f_code.co_filename, frame.f_lineno)
        for frame in _frames()
        if frame.f_code.co_filename.startswith(CELL_FILES)
    ]
    # A function may be defined in another cell: what counts is where this one calls it.
    return next((line for file, line in places if file == places[-1][0]), 0)


def _frames() -> Iterator[types.FrameType]:
    frame: types.FrameType | None = sys._getframe()
    while frame is not None:
        yield frame
        frame = frame.f_back


def notes(number: int, source: str, lines: Any) -> list[str]:
    """Return a note for the student on each line of a cell that did nothing.

    Parameters
    ----------
    number : int
        The cell's number.
    source : str
        Its text.
    lines : object
        What the student's process sent: ``(kind, line)`` pairs, or anything else, which is ignored.
    """
    texts = source.splitlines()
    found: dict[str, None] = {}
    for entry in lines[:_MOST] if isinstance(lines, list) else ():
        if not isinstance(entry, tuple) or len(entry) != 2:
            continue
        kind, line = entry
        if not isinstance(kind, str) or not isinstance(line, int) or kind not in SENTENCES:
            continue
        text = texts[line - 1].strip()[:80] if 0 < line <= len(texts) else ""
        where = f"line {line} (`{text}`)" if text else "a line"
        found[f"cell {number}: {where} {SENTENCES[kind]}"] = None
    return list(found)
