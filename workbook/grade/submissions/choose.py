"""Chooses which of a student's files counts for each exercise: the latest with an answer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any

from workbook.course.exercises import Exercise
from workbook.course.text import printable
from workbook.course.words import listed, shortened
from workbook.course.work_files import OLDER
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.handed_in import FilePlace, HandedInFile
from workbook.grade.submissions.identify import (
    Match,
    Parsing,
    exercise_named,
    exercises_of,
    is_page_named,
)
from workbook.grade.submissions.timestamps import read_timestamp, time_named

_UNREADABLE = -99
_MOST_EXPLAINED = 10
# More of one student would hide what is said of others.
_MOST_PROBLEMS = 20
#: A note lists so many files.
MOST_NAMED = 200
# Canvas counts attempts at the end of a name.
_ATTEMPT = re.compile(r"_\d+_\d+_.*-(\d+)\.ipynb$", re.IGNORECASE)


@dataclass(frozen=True)
class _Copy:
    """A file that may count for an exercise."""

    match: Match
    place: FilePlace
    modified: float
    time: float
    problem: str = ""
    readable: bool = True

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key: an answer, then the attempt, then the cells, the file's time, its name.

        Beside a notebook, students keep another one to try things out.
        """
        attempt = _ATTEMPT.search(self.place.name)
        return (
            self.match.answered, not self.is_backup, self.match.alone, self.time,
            int(attempt[1]) if attempt else 0, self.match.released, self.modified,
            self.place.name.endswith(f"{self.match.exercise.notebook_path}"),
            -len(self.place.inside), self.place.name,
        )  # fmt: skip

    @property
    def is_backup(self) -> bool:
        """Whether it is a backup that a program made: an editor in a hidden folder, or this one."""
        *folders, _ = self.place.name.split("/")
        return any(name == OLDER or name.startswith(".") for name in folders)


@dataclass(frozen=True)
class Chosen:
    """The file that counts for an exercise.

    Attributes
    ----------
    place : FilePlace
        Where it is.
    problem : str
        Why it cannot be read, if it cannot; what is in it may still be no notebook.
    notes : tuple of str
        Where it was found, and which other files do not count.
    answers : int
        How many files there are with an answer.
    """

    place: FilePlace
    problem: str
    notes: tuple[str, ...]
    answers: int


@dataclass
class ChosenFiles:
    """What was chosen from a student's folder, and what became of the rest.

    Attributes
    ----------
    chosen : dict of Exercise to Chosen
        The file that counts for each exercise of which there is one.
    problems : list of str
        What could not be read, or may be lost work.
    unknown : list of str
        Notebooks of no exercise.
    beside : list of FilePlace
        All other files.
    """

    chosen: dict[Exercise, Chosen] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    beside: list[FilePlace] = field(default_factory=list)


def choose_files(
    student: Path, entries: Iterable[HandedInFile], zone: tzinfo | None = None
) -> ChosenFiles:
    """Return which of a student's files counts for each exercise.

    Parameters
    ----------
    student : pathlib.Path
        The student's folder.
    entries : iterable of HandedInFile
        Everything in it.
    zone : tzinfo, optional
        The zone of the times in names; this machine's if not given.
    """
    choice, parsing = ChosenFiles(), Parsing()
    copies: dict[Exercise, list[_Copy]] = {}
    papers: list[_Copy] = []
    for entry in entries:
        raw, problem = _read(entry)
        found = list(_copies(student, entry, raw, problem, zone, parsing))
        if not found:
            _sort_out(entry, raw, problem, choice)
        elif problem and not _is_called_notebook(entry):
            papers += found
        else:
            for copy in found:
                copies.setdefault(copy.match.exercise, []).append(copy)
    for copy in papers:
        # It stands for the notebook only where there is none.
        if copies.setdefault(copy.match.exercise, [copy]) != [copy]:
            choice.beside.append(copy.place)
    for exercise, several in copies.items():
        several.sort(key=lambda copy: copy.order, reverse=True)
        notes = tuple(_notes(exercise, several))
        best = several[0]
        problem = "" if best.readable else best.problem
        answers = sum(copy.match.answered > 0 for copy in several)
        choice.chosen[exercise] = Chosen(best.place, problem, notes, answers)
    choice.problems = shortened(choice.problems, _MOST_PROBLEMS, "problems with files")
    return choice


def _read(entry: HandedInFile) -> tuple[dict[str, Any] | None, str]:
    """Return what a file holds, if it may be a notebook, or why it cannot be read."""
    if entry.data is None:
        return None, entry.problem
    try:
        return decode(entry.data)[0], ""
    except InvalidSubmissionError as error:
        return None, str(error)


def _copies(
    student: Path,
    entry: HandedInFile,
    raw: dict[str, Any] | None,
    problem: str,
    zone: tzinfo | None,
    parsing: Parsing,
) -> Iterator[_Copy]:
    """Yield what a file may count for."""
    name = entry.place.name.rpartition("/")[2]
    matches = exercises_of(raw, name, parsing) if raw is not None else []
    named = exercise_named(name)
    if problem and named and (entry.data is not None or _is_called_notebook(entry)):
        matches = [Match(named, answered=_UNREADABLE)]
    time = _time(student, entry.place, zone) if matches else 0.0
    for match in matches:
        readable = not entry.problem
        yield _Copy(match, entry.place, entry.modified, time, printable(problem), readable)


def _is_called_notebook(entry: HandedInFile) -> bool:
    return ".ipynb" in entry.place.name.rpartition("/")[2].lower()


def _sort_out(
    entry: HandedInFile, raw: dict[str, Any] | None, problem: str, choice: ChosenFiles
) -> None:
    """Note a file that counts for no exercise: as a problem, as unknown, or among the others."""
    name = entry.place.name
    is_notebook = raw is not None and ("cells" in raw or "worksheets" in raw)
    if entry.problem and not _is_called_notebook(entry):
        # What is said of the whole folder must not be among those that are only counted.
        place = len(choice.problems) if name else 0
        choice.problems.insert(place, printable(entry.problem))
    elif is_page_named(name) and is_notebook:
        return
    elif is_notebook or _is_called_notebook(entry):
        choice.unknown.append(printable(f"{name}: {problem}" if problem else name))
    else:
        choice.beside.append(entry.place)


def _time(student: Path, place: FilePlace, zone: tzinfo | None) -> float:
    """Return when an attempt was handed in by the nearest timestamp or name; 0 if nothing says."""
    for folder in folders(student, place.path):
        timestamp, _ = read_timestamp(folder)
        if timestamp is not None:
            return timestamp.timestamp()
    # Not what is in an archive: the student named it.
    shown = str(place.path.relative_to(student.parent))
    named = time_named(shown)
    try:
        return named.replace(tzinfo=zone).timestamp() if named else 0.0
    except (ValueError, OverflowError):
        return 0.0


def folders(student: Path, path: Path) -> list[Path]:
    """Return the folders in which a file lies, up to the student's, the nearest first."""
    return [folder for folder in path.parents if folder.is_relative_to(student)]


def timestamp_folder(student: Path, assignment: str, choice: ChosenFiles) -> Path | None:
    """Return the folder whose timestamp says whether an assignment was late.

    For each notebook it is the outermost below the student's own: what lies deeper is what the
    student handed in. nbgrader knows one time an assignment, so that the latest of them counts. It
    is None where the assignment's folder is a link, which is not followed.
    """
    found: dict[Path, datetime] = {}
    for exercise, chosen in choice.chosen.items():
        if exercise.assignment == assignment:
            own, *inner = reversed(folders(student, chosen.place.path))
            times = ((one, read_timestamp(one)[0]) for one in (*inner, own))
            found |= next(([(one, time)] for one, time in times if time), [])
    folder = student / assignment
    if found:
        return max(found, key=lambda one: found[one])
    return None if folder.is_symlink() else folder


def _notes(exercise: Exercise, copies: list[_Copy]) -> Iterator[str]:
    """Yield notes on where a notebook was found, and on its other copies."""
    best, *others = copies
    if best.place.name != exercise.notebook_path:
        yield f"the notebook was found as {printable(best.place.name)}"
    if best.place.inside and ".ipynb" in best.place.path.name.lower():
        yield f"{printable(best.place.path.name)} is an archive; the notebook was read out of it"
    for other in others[:_MOST_EXPLAINED]:
        yield f"{printable(other.place.name)} does not count: {_why_not(best, other)}"
    if len(others) > _MOST_EXPLAINED:
        rest = [printable(other.place.name) for other in others[_MOST_EXPLAINED:]]
        yield f"nor do {listed(rest, MOST_NAMED)}"


def _why_not(best: _Copy, other: _Copy) -> str:
    if other.problem:
        return other.problem
    if 0 < other.match.answered < best.match.answered:
        return "there is too much in it to look for an answer"
    if other.match.answered < best.match.answered:
        return "there is no answer in it" if best.match.answered > 0 else "less of it is filled in"
    if other.is_backup > best.is_backup:
        return "it is a backup that a program made"
    if other.match.alone < best.match.alone:
        return "it belongs to other exercises, too"
    if other.match.released < best.match.released and other.time == best.time:
        return "its cells are not marked as the released notebook's"
    if other.time != best.time or other.modified != best.modified:
        return f"{printable(best.place.name)} is newer"
    return f"{printable(best.place.name)} is the same file, or as new"
