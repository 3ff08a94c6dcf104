"""Removes a student from everything that a course keeps: `workbook forget`."""

import csv
import os
import re
import shutil
import stat
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import chain, count
from pathlib import Path

from workbook.course.failure import Failure
from workbook.course.folder import Course
from workbook.course.text import printable
from workbook.course.words import counted, did_you_mean
from workbook.grade.collect.collect import FOLDER as COLLECTED
from workbook.grade.collect.listing import FILE as LISTING
from workbook.grade.collect.listing import SEPARATOR, rows_in
from workbook.grade.export.excused import FILE as EXCUSED
from workbook.grade.export.export import FOLDER as EXPORTS
from workbook.grade.gradebook.backup import FOLDER as COPIES
from workbook.grade.gradebook.database import file_of, place
from workbook.grade.gradebook.removal import RemovalError, holds, remove_student, students
from workbook.grade.mentions import FOLDERS, TABLES, composed, pattern_of
from workbook.grade.report.spreadsheet import as_text, from_text
from workbook.grade.report.tables import ANONYMOUS, write_anonymous, write_tables
from workbook.grade.roster.roster import FILE as ROSTER
from workbook.grade.roster.roster import Roster, RosterError, Student, read_roster, write_roster
from workbook.grade.sandbox.folder import remove_folder
from workbook.grade.submissions.handed_in import DEEPEST
from workbook.grade.submissions.plan import Graded
from workbook.grade.submissions.results import CannotWriteError, remove, whole_file
from workbook.grade.submissions.seeds import SecretError

# Pages on pairs of students.
_SIMILAR = "similar"
# What is raised where a table cannot be read.
_UNREADABLE = (OSError, UnicodeDecodeError, csv.Error)


@dataclass
class Traces:
    """What a course keeps of a student.

    Attributes
    ----------
    student : Student
        The student; what is known besides the identifier is the roster's.
    paths : list of pathlib.Path
        Folders and files that are the student's alone, that show pairs of students, or that the
        command has written of the whole class for elsewhere.
    listings : list of pathlib.Path
        Lists of what was collected that name the student.
    gradebooks : list of str
        Addresses of the gradebook and of its copies, where they hold the student.
    mates : tuple of str
        Who hands in with the student.
    mate : str
        The one of them who gets the student's work; empty if there is none.
    on_roster : bool
        Whether the roster has the student.
    unread : list of str
        What could not be looked into, and why.
    """

    student: Student
    paths: list[Path] = field(default_factory=list)
    listings: list[Path] = field(default_factory=list)
    gradebooks: list[str] = field(default_factory=list)
    mates: tuple[str, ...] = ()
    mate: str = ""
    on_roster: bool = False
    unread: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.paths or self.listings or self.gradebooks or self.on_roster)

    def lines(self) -> Iterator[str]:
        """Yield what is to be removed, for the instructor."""
        for path in self.paths:
            yield f"{path}{_held_in(path)}"
        if self.mate:
            yield f"(first, what was handed in is copied to {self.mate}, of the same group)"
        yield from (f"lines in {path}" for path in self.listings)
        yield from (f"rows in {place(url)}" for url in self.gradebooks)
        if self.on_roster:
            yield f"the line in {ROSTER}"


def _held_in(path: Path) -> str:
    """Say how many files are in a folder; nothing of what is none."""
    if path.is_symlink() or not path.is_dir():
        return ""
    try:
        return f" ({counted(sum(1 for _ in _entries(path)), 'file')})"
    except OSError as error:
        return f" (it cannot be looked into: {error.strerror})"


def traces_of(course: Course, out: Path, db_url: str, name: str) -> Traces:
    """Return what a course, and the folder of a grading, keep of a student.

    Raises
    ------
    Failure
        If no such student is known, or the text is no student's name.
    """
    if not name or name.startswith(".") or re.search(r"[/\\\0]", name):
        raise Failure(f"{name!r} is not a student's name: it is the name of a folder in submitted/")
    try:
        roster = read_roster(course)
    except RosterError as error:
        raise Failure(str(error)) from error
    known = {one.id: one for one in roster.students}
    traces = Traces(known.get(name, Student(name)), on_roster=name in known)
    roots = dict.fromkeys([course.root, out.resolve()])
    own = [root / folder / name for root in roots for folder in FOLDERS]
    own += [folder / name for folder in sorted((course.root / COLLECTED).glob("*"))]
    traces.paths = [path for path in own if os.path.lexists(path)]
    members = next((m for m in roster.groups.values() if name in m), ())
    traces.mates = tuple(one for one in members if one != name)
    if traces.mates and os.path.lexists(course.root / "submitted" / name):
        traces.mate = traces.mates[0]
    tables = [*sorted((course.root / COLLECTED).glob(f"*/{LISTING}")), course.root / EXCUSED]
    for path in filter(os.path.lexists, tables):
        try:
            if _without(path, traces.student)[1]:
                traces.listings.append(path)
        except _UNREADABLE as error:
            traces.unread.append(f"{path}: it cannot be read ({error})")
    file = file_of(db_url)
    copies = (file.parent / COPIES).glob(f"{file.stem}-*{file.suffix}") if file else ()
    for url in [db_url, *(f"sqlite:///{copy}" for copy in sorted(copies))]:
        try:
            if holds(url, name):
                traces.gradebooks.append(url)
        except RemovalError as error:
            traces.unread.append(f"{place(url)} {error}")
    if not traces and not traces.unread:
        raise Failure(f"there is no student {name!r} here{_like(name, roots, known, db_url)}")
    # Pages on pairs, of which a list has all, and what was exported, some of it in archives.
    of_all = [*(root / _SIMILAR for root in roots), course.root / EXPORTS]
    traces.paths += [path for path in of_all if os.path.lexists(path)]
    return traces


def _like(name: str, roots: dict[Path, None], known: dict[str, Student], db_url: str) -> str:
    folders = (root / folder for root in roots for folder in FOLDERS)
    there = {one.name for folder in folders if folder.is_dir() for one in folder.iterdir()}
    return printable(did_you_mean(name, {*there, *known, *students(db_url)}))


def forget(course: Course, out: Path, db_url: str, traces: Traces) -> list[str]:
    """Remove what a course keeps of a student, and write the tables again.

    Returns
    -------
    list of str
        What could not be removed, and why. All else is.
    """
    failed = list(traces.unread)

    def attempt(what: str, function: Callable[[], object]) -> None:
        try:
            function()
        except (*_UNREADABLE, RemovalError, RosterError, CannotWriteError, SecretError) as error:
            said = isinstance(error, OSError) and error.strerror
            failed.append(f"{what}: {said or error}")

    if traces.mate:
        mate = traces.mate
        attempt(f"the work for {mate}", lambda: _hand_over(course, traces.student.id, mate))
        if failed[len(traces.unread) :]:
            # Nobody else loses work that cannot be copied.
            return failed
    for path in traces.paths:
        attempt(str(path), lambda path=path: _remove(path))  # type: ignore[misc]
    for path in traces.listings:
        attempt(str(path), lambda path=path: _rewrite(path, traces.student))  # type: ignore[misc]
    name = traces.student.id
    for url in traces.gradebooks:
        attempt(place(url), lambda url=url: remove_student(url, name))  # type: ignore[misc]
    if traces.on_roster:
        attempt(ROSTER, lambda: _leave_roster(course, name))
    attempt("the tables of the class", lambda: _make_tables(course, out, db_url))
    return failed


def _hand_over(course: Course, name: str, mate: str) -> None:
    """Copy what one member of a group has handed in to another: it is the others' work as well."""
    own, theirs = course.root / "submitted" / name, course.root / "submitted" / mate
    # Grading finds notebooks wherever they lie, and chooses among them.
    names = chain(["of_the_group"], (f"of_the_group-{number}" for number in count(2)))
    beside = next(theirs / one for one in names if not os.path.lexists(theirs / one))
    there = {one.name for one in theirs.iterdir()} if theirs.is_dir() else set()
    for path in _entries(own):
        inside = path.relative_to(own)
        target = (beside if inside.parts[0] in there else theirs) / inside
        # What grading does not look at is nobody's work: pipes, links, and what lies too deep.
        if stat.S_ISREG(path.lstat().st_mode) and len(inside.parts) <= DEEPEST:
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(path, target, follow_symlinks=False)


def _entries(folder: Path) -> Iterator[Path]:
    """Yield what is in a folder and the folders in it, however deep: all that is no folder."""
    waiting = [folder]
    while waiting:
        for one in sorted(waiting.pop().iterdir()):
            if one.is_dir() and not one.is_symlink():
                waiting.append(one)
            else:
                yield one


def _remove(path: Path) -> None:
    """Remove a file, a link or a folder; where a link leads to, nothing is touched."""
    if path.is_symlink() or not path.is_dir():
        path.unlink(missing_ok=True)
        return
    # nbgrader makes folders in which nothing can be changed.
    path.chmod(stat.S_IRWXU)
    remove_folder(str(path))


def _without(table: Path, student: Student) -> tuple[list[list[str]], int]:
    """Return the rows of a table without a student, and how many had one.

    It is a list of what was collected, or that of who is excused.
    """
    rows, kept, changed = rows_in(table), list[list[str]](), 0
    if table.name == EXCUSED:
        kept = [row for row in rows if not row or row[0].strip() != student.id]
        return kept, len(rows) - len(kept)
    pattern = pattern_of(student)
    for row in rows:
        file_path, done, targets, *rest = [*row, "", "", ""][: max(4, len(row))]
        of = [one for one in from_text(targets).split(SEPARATOR) if one]
        others = [one for one in of if one.partition("/")[0] != student.id]
        if len(others) < len(of):
            changed += 1
            if others:
                # The work of a group: it stays for the others.
                kept.append([file_path, done, as_text(SEPARATOR.join(others)), *rest])
        elif not others and pattern.search(composed(file_path)):
            changed += 1
        else:
            kept.append(row)
    return kept, changed


def _rewrite(table: Path, student: Student) -> None:
    rows, _ = _without(table, student)
    with whole_file(table) as file:
        csv.writer(file).writerows(rows)


def _leave_roster(course: Course, name: str) -> None:
    left = tuple(one for one in read_roster(course).students if one.id != name)
    write_roster(course, Roster(left))


def _make_tables(course: Course, out: Path, db_url: str) -> None:
    """Write the tables again; remove them if there is no gradebook to write them from."""
    there = [name for name in TABLES if (out / name).exists()]
    file = file_of(db_url)
    if file is not None and not file.is_file():
        remove(*(out / name for name in there))
        return
    if there and there != [ANONYMOUS]:
        graded = Graded()
        write_tables(course, out, db_url, graded)
        if graded.problems:
            remove(*(out / name for name in there))
            raise CannotWriteError(f"removed, but not written again: {graded.problems[0]}")
    if ANONYMOUS in there:
        write_anonymous(course, out, db_url)
