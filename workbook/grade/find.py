"""Find submissions on disk: a class, one student's folder, or one notebook."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workbook.course import MARKER
from workbook.exercises import ASSIGNMENTS, EXERCISES, Exercise, find, of_assignment
from workbook.grade.judge import Job

#: Size of the largest notebook that is read.
MAX_BYTES = 64 * 2**20


@dataclass(frozen=True)
class Found:
    """What there is to grade.

    Attributes
    ----------
    jobs : tuple of Job
        One for each exercise of each assignment that a student handed in; without data where the
        notebook is missing.
    problems : tuple of str
        What cannot be graded, and why.
    """

    jobs: tuple[Job, ...]
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
    jobs: list[Job] = []
    problems: list[str] = []
    if path.is_file():
        _one_notebook(path, jobs, problems)
    else:
        for student in _students(path, problems):
            _one_student(student, jobs, problems)
    wanted = tuple(job for job in jobs if exercise is None or job.exercise == exercise)
    return Found(wanted, tuple(problems))


def _one_notebook(path: Path, jobs: list[Job], problems: list[str]) -> None:
    exercise = _exercise(path)
    if exercise is None:
        names = ", ".join(f"{one.notebook}.ipynb" for one in EXERCISES)
        problems.append(f"{path.name} is not a notebook of this course ({names})")
        return
    folder = path.parent
    student = folder.parent.name if folder.name in ASSIGNMENTS else folder.name
    data, problem = read_file(path)
    if problem:
        problems.append(f"{student}: {problem}")
    jobs.append(Job(student, exercise, data))


def _exercise(path: Path) -> Exercise | None:
    exercise = find(path.stem.partition("_")[2])
    is_its_notebook = exercise is not None and path.name == f"{exercise.notebook}.ipynb"
    return exercise if is_its_notebook else None


def _folders(path: Path, problems: list[str]) -> Iterator[Path]:
    """Yield the folders in a folder; a link may lead out of the class, and is none."""
    for one in sorted(path.iterdir()):
        if one.name.startswith(".") or not one.is_dir():
            continue
        if one.is_symlink():
            problems.append(f"{path.name}: {one.name} is a link; it was left out")
        elif not is_usable(one.name):
            problems.append(
                f"{path.name}: the folder {one.name!r} has a name that no gradebook can hold; "
                "rename it, and grade again"
            )
        else:
            yield one


def _students(path: Path, problems: list[str]) -> list[Path]:
    """Return the students' folders: those of a class, or the one that was named."""
    if any((path / name).is_dir() for name in ASSIGNMENTS):
        return [path]
    return list(_folders(path, problems))


def _one_student(student: Path, jobs: list[Job], problems: list[str]) -> None:
    for folder in _folders(student, problems):
        if folder.name not in ASSIGNMENTS:
            known = ", ".join(ASSIGNMENTS)
            problems.append(
                f"{student.name}: unknown assignment {folder.name!r}; the course has {known}"
            )
            continue
        missing = []
        for exercise in of_assignment(folder.name):
            data, problem = read_file(folder / f"{exercise.notebook}.ipynb")
            if problem:
                problems.append(f"{student.name}: {problem}")
            elif data is None:
                missing.append(f"{exercise.notebook}.ipynb")
            jobs.append(Job(student.name, exercise, data))
        # A submission under another name would be lost without a word.
        others = sorted(f.name for f in folder.glob("*.ipynb") if not _exercise(f))
        if missing and others:
            problems.append(
                f"{student.name}: {', '.join(missing)} is missing, and {', '.join(others)} has "
                f"none of the names of {folder.name}"
            )


def is_usable(name: str) -> bool:
    """Tell whether a folder's name can be a student's or an assignment's in a gradebook."""
    return name.isprintable() and name == name.strip()


def read_file(path: Path) -> tuple[bytes | None, str]:
    """Return a submitted file's content, None if it is missing, and what is wrong with it."""
    if path.is_symlink() or (path.exists() and not path.is_file()):
        return None, f"{path.name} is not a regular file; it counts as missing"
    if path.exists() and path.stat().st_size > MAX_BYTES:
        return None, f"{path.name} is larger than {MAX_BYTES >> 20} MiB; it counts as missing"
    try:
        return path.read_bytes(), ""
    except FileNotFoundError:
        return None, ""
    except OSError as error:
        return None, f"{path.name} cannot be read ({error.strerror}); it counts as missing"
