"""Submissions on disk: a class, one student's folder, or one notebook."""

import os
import stat
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, Exercise, find, is_page, of_assignment
from workbook.course.folder import MARKER
from workbook.grade.submissions.beside import NOTHING_BESIDE, files_beside
from workbook.grade.submissions.jobs import Job

#: Size of the largest notebook that is read.
MAX_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Submitted:
    """A notebook that a student handed in, or should have.

    Attributes
    ----------
    student : str
        Name of the student.
    exercise : Exercise
        The exercise.
    path : pathlib.Path or None
        The file; None if there is none that can be read.
    problem : str
        Why it cannot be read, if there is something in its place.
    folder : pathlib.Path or None
        The folder of the student's assignment; None if it is a link, which is not followed.
    """

    student: str
    exercise: Exercise
    path: Path | None
    folder: Path | None
    problem: str = ""

    def job(self) -> Job:
        """Return the job of judging it, with the file's content."""
        # A class is read one notebook at a time: all of them may not fit into memory.
        data, problem = read_file(self.path) if self.path else (None, self.problem)
        beside = NOTHING_BESIDE if data is None else files_beside(self.folder)
        return Job(self.student, self.exercise, data, problem=problem, beside=beside)

    @property
    def is_missing(self) -> bool:
        """Whether nothing was handed in."""
        return self.path is None and not self.problem


@dataclass(frozen=True)
class Found:
    """Submissions to grade.

    Attributes
    ----------
    submitted : tuple of Submitted
        One for each exercise of each assignment that a student handed in, student by student and
        assignment by assignment.
    problems : tuple of str
        What cannot be graded, and why.
    """

    submitted: tuple[Submitted, ...]
    problems: tuple[str, ...] = ()


def find_submissions(path: Path, exercise: Exercise | None = None) -> Found:
    """Return the submissions in a folder or a notebook.

    Parameters
    ----------
    path : pathlib.Path
        nbgrader's ``submitted`` folder (``<student>/<assignment>/*.ipynb``), the folder of one
        student, or one notebook.
    exercise : Exercise, optional
        Look for this exercise only.

    Raises
    ------
    FileNotFoundError
        If there is no such path, or it is a course's own folder.
    """
    path = path.resolve()
    if not path.exists():
        raise FileNotFoundError(f"{path}: there is no such file or folder")
    if (path / MARKER).is_file():
        # Its folders source/ and release/ would be taken for students.
        raise FileNotFoundError(
            f"{path} is a course, not a class: name its folder of submissions, such as "
            f"{path / 'submitted'}"
        )
    found: list[Submitted] = []
    problems: list[str] = []
    if path.is_file():
        _one_notebook(path, found, problems)
    else:
        is_student = any((path / name).is_dir() for name in ASSIGNMENTS)
        for student in [path] if is_student else list(_folders(path, problems)):
            _one_student(student, found, problems)
    wanted = tuple(one for one in found if exercise is None or one.exercise == exercise)
    return Found(wanted, tuple(problems))


def _one_notebook(path: Path, found: list[Submitted], problems: list[str]) -> None:
    exercise = _exercise(path)
    if is_page(path.name):
        problems.append(f"{path.name} is a page to read: there is nothing in it to grade")
        return
    if exercise is None:
        names = ", ".join(f"{one.notebook}.ipynb" for one in NOTEBOOKS)
        problems.append(f"{path.name} is not a notebook of this course ({names})")
        return
    folder = path.parent
    student = folder.parent.name if folder.name in ASSIGNMENTS else folder.name
    found.append(_submitted(student, exercise, path, problems))


def _submitted(student: str, exercise: Exercise, path: Path, problems: list[str]) -> Submitted:
    """Return a submitted notebook; add a problem if it cannot be read."""
    size, problem = readable_size(path)
    if problem:
        problems.append(f"{student}: {problem}; it earns no points")
    return Submitted(student, exercise, None if size is None else path, path.parent, problem)


def _exercise(path: Path) -> Exercise | None:
    exercise = find(path.stem.partition("_")[2])
    is_its_notebook = exercise is not None and path.name == f"{exercise.notebook}.ipynb"
    return exercise if is_its_notebook else None


def _folders(path: Path, problems: list[str]) -> Iterator[Path]:
    """Yield the folders in a folder, without links, which may lead out of the class."""
    for one in sorted(path.iterdir()):
        if one.name.startswith(".") or not one.is_dir():
            continue
        if one.is_symlink():
            problems.append(f"{path.name}: {printable(one.name)} is a link; it was left out")
        elif not is_valid_name(one.name):
            problems.append(
                f"{path.name}: the folder {one.name!r} has a name that no gradebook can hold; "
                "rename it, and grade again"
            )
        else:
            yield one


def _one_student(student: Path, found: list[Submitted], problems: list[str]) -> None:
    for name in ASSIGNMENTS:
        if (student / name).is_symlink() and (student / name).is_dir():
            found += [Submitted(student.name, one, None, None) for one in of_assignment(name)]
    for folder in _folders(student, problems):
        if folder.name not in ASSIGNMENTS:
            known = ", ".join(ASSIGNMENTS)
            problems.append(
                f"{student.name}: unknown assignment {folder.name!r}; the course has {known}"
            )
            continue
        missing = []
        for exercise in of_assignment(folder.name):
            said = len(problems)
            path = folder / f"{exercise.notebook}.ipynb"
            found.append(_submitted(student.name, exercise, path, problems))
            if found[-1].path is None and len(problems) == said:
                missing.append(path.name)
        # Without this, a notebook under another name would be ignored silently.
        others = sorted(
            f.name for f in folder.glob("*.ipynb") if not (_exercise(f) or is_page(f.name))
        )
        if missing and others:
            problems.append(
                f"{student.name}: {', '.join(missing)} is missing, and {', '.join(others)} has "
                f"none of the names of {folder.name}"
            )


def printable(text: str) -> str:
    """Return a text without characters that steer a terminal or that cannot be encoded."""
    return "".join(
        c if c.isprintable() or c in "\n\xa0" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def is_valid_name(name: str) -> bool:
    """Tell whether a gradebook can hold a folder's name as a student's or an assignment's."""
    return name.isprintable() and name == name.strip()


def readable_size(path: Path) -> tuple[int | None, str]:
    """Return the size of a submitted file that can be read, else None and the reason.

    The reason is empty if there is no such file.
    """
    try:
        found = path.lstat()
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{path.name} cannot be read ({error.strerror})"
    if not stat.S_ISREG(found.st_mode):
        return None, f"{path.name} is not a regular file"
    if found.st_size > MAX_BYTES:
        return None, f"{path.name} is larger than {MAX_BYTES >> 20} MiB"
    if not os.access(path, os.R_OK):
        return None, f"{path.name} cannot be read (Permission denied)"
    return found.st_size, ""


def read_file(path: Path) -> tuple[bytes | None, str]:
    """Return the content of a submitted file that can be read, else None and the reason."""
    size, problem = readable_size(path)
    if size is None:
        return None, problem
    try:
        # A link or a pipe may have replaced the file since: do not follow it, do not wait for it.
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC)
        with open(handle, "rb") as file:
            return file.read(MAX_BYTES), ""
    except OSError as error:
        return None, f"{path.name} cannot be read ({error.strerror})"
