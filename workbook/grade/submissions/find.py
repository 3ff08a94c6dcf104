"""Submissions on disk: a class, one student's folder, or one notebook."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import tzinfo
from pathlib import Path

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS, Exercise, is_page
from workbook.course.folder import CONFIG_FILE
from workbook.course.leftovers import is_meaningless
from workbook.course.text import printable
from workbook.course.words import did_you_mean
from workbook.course.zip_files import Budget
from workbook.grade.submissions.as_released import Released, as_released, is_ours
from workbook.grade.submissions.choose import choose_files, timestamp_folder
from workbook.grade.submissions.files import is_valid_name, plain_name
from workbook.grade.submissions.handed_in import (
    FilePlace,
    HandedInFile,
    for_archives,
    handed_in,
    on_disk,
)
from workbook.grade.submissions.not_graded import (
    name_checkpoints,
    name_the_rest,
    name_what_is_ignored,
)
from workbook.grade.submissions.submitted import Found, FoundSoFar, Submitted

# nbgrader's folder of submissions, in which each folder is a student's.
_CLASS = "submitted"


def find_submissions(
    path: Path,
    exercise: Exercise | None = None,
    others: tuple[str, ...] = (),
    only: tuple[str, ...] = (),
    zone: tzinfo | None = None,
) -> Found:
    """Return the submissions in a folder or a notebook.

    Parameters
    ----------
    path : pathlib.Path
        nbgrader's ``submitted`` folder (``<student>/<assignment>/*.ipynb``), the folder of one
        student, one notebook, or one archive. In a student's folder, notebooks are found wherever
        they lie.
    exercise : Exercise, optional
        Look for this exercise only.
    others : tuple of str, optional
        Names of assignments that are left to nbgrader.
    only : tuple of str, optional
        The students of a class to look for; all of them if not given.
    zone : tzinfo, optional
        The zone of the times that platforms write into names; this machine's if not given.

    Raises
    ------
    FileNotFoundError
        If there is no such path, it is a course's own folder, or there is no such student.
    """
    path = path.resolve()
    if not path.exists():
        raise FileNotFoundError(
            f"{path}: there is no such file or folder; name what students have handed in, which "
            "`workbook collect` sorts into submitted/"
        )
    if (path / CONFIG_FILE).is_file():
        # Its folders source/ and release/ would be taken for students.
        raise FileNotFoundError(
            f"{path} is a course, not a class: name its folder of submissions, such as "
            f"{path / 'submitted'}"
        )
    found = FoundSoFar(others, zone)
    if only:
        for name in only:
            _one_student(_folder_of(name, path), found)
    elif path.is_file():
        _one_file(path, found)
    elif _is_student(path):
        _one_student(path, found)
    else:
        found.is_class = True
        students = list(_students(path, found))
        for student in students:
            _one_student(student, found)
        _add_absent(students, found)
    return found.result(exercise)


def _folder_of(student: str, folder: Path) -> Path:
    """Return the folder of one student of a class."""
    there = [one.name for one in _students(folder, FoundSoFar())] if folder.is_dir() else []
    if student not in there:
        meant = did_you_mean(student, there)
        raise FileNotFoundError(f"there is no student {student!r} in {folder}{meant}")
    return folder / student


def find_student(student: Path, others: tuple[str, ...] = (), zone: tzinfo | None = None) -> Found:
    """Return what is in the folder of one student; see `find_submissions`."""
    found = FoundSoFar(others, zone)
    _one_student(student, found)
    return found.result(None)


def _is_student(path: Path) -> bool:
    if path.name == _CLASS:
        return False
    inner = [one for one in path.iterdir() if one.is_dir()]
    if any(one.name in ASSIGNMENTS for one in inner):
        return True
    # A folder in a student's is the student's, too; several of them are those of a class.
    like_students = [one for one in inner if any((one / name).is_dir() for name in ASSIGNMENTS)]
    return path.parent.name == _CLASS and len(like_students) < 2


def _students(path: Path, found: FoundSoFar) -> Iterator[Path]:
    """Yield the students' folders of a class, without links, which may lead out of it."""
    forms: dict[str, str] = {}
    for one in sorted(path.iterdir()):
        if is_meaningless(one.name):
            continue
        shown = printable(one.name)
        if one.is_symlink():
            found.problems.append(f"{path.name}: {shown} is a link; it was left out")
        elif not one.is_dir():
            _stray(path, one, found)
        elif not is_valid_name(one.name):
            found.problems.append(
                f"{path.name}: the folder {one.name!r} has a name that no gradebook can hold; "
                "rename it, and grade again"
            )
        elif one.name in ASSIGNMENTS:
            found.problems.append(
                f"{path.name}: {shown} is the folder of an assignment where those of students "
                "should be (<student>/<assignment>); nothing in it was graded"
            )
        else:
            other = forms.setdefault(plain_name(one.name), shown)
            if other != shown:
                found.notes.append(f"{other} and {shown} are nearly the same name, of two students")
            yield one


def _stray(path: Path, file: Path, found: FoundSoFar) -> None:
    """Name a file that lies among the students' folders."""
    entries = list(on_disk(FilePlace(file, file.name), for_archives()))
    shown = f"{path.name}: {printable(file.name)}"
    if len(entries) == 1 and entries[0].data is None and not entries[0].problem:
        found.notes.append(f"{shown} is not a notebook; it was left alone")
    else:
        found.problems.append(
            f"{shown} is not in a student's folder; put it into a folder with the student's name, "
            "and grade again"
        )


def _one_file(path: Path, found: FoundSoFar) -> None:
    """Find what is in one notebook, or in one archive."""
    if is_page(path.name):
        found.problems.append(f"{path.name} is a page to read: there is nothing in it to grade")
        return
    choice = choose_files(
        path.parent, on_disk(FilePlace(path, path.name), for_archives()), found.zone
    )
    is_archive = any(one.place.inside for one in choice.chosen.values())
    folder = path.parent
    if is_archive and folder.parent.name != _CLASS:
        student = path.stem
    else:
        student = folder.parent.name if folder.name in ASSIGNMENTS else folder.name
    for exercise, one in choice.chosen.items():
        notes = one.notes if is_archive or path.name != f"{exercise.notebook}.ipynb" else ()
        found.add(student, exercise, replace(one, notes=notes), folder, folder.name in ASSIGNMENTS)
    found.problems += [f"{student}: {problem}" for problem in choice.problems]
    most = max((one.answers for one in choice.chosen.values()), default=0)
    if is_archive and most > 1:
        found.problems.append(
            f"{path.name} was graded as the work of one student, but holds {most} answers to the "
            "same exercise; if it is a class's, sort it with `workbook collect` first"
        )
    if not choice.chosen and not choice.problems:
        names = ", ".join(f"{one.notebook}.ipynb" for one in NOTEBOOKS)
        found.problems.append(f"{path.name} is not a notebook of this course ({names})")


def _one_student(student: Path, found: FoundSoFar) -> None:
    """Find what a student handed in: by names alone, where they are as they should be."""
    for name in found.others:
        if (student / name).is_dir():
            found.left_to_nbgrader[name] = found.left_to_nbgrader.get(name, 0) + 1
    before, budget = len(found.submitted), for_archives()
    as_it_was = as_released(student, found.others)
    if as_it_was is not None:
        found.submitted += _submitted(student, as_it_was)
    else:
        _whatever_is_there(student, found, budget)
    found.submitted[before:] = name_checkpoints(found.submitted[before:])
    name_what_is_ignored(student, found.submitted[before:], found, budget)


def _whatever_is_there(student: Path, found: FoundSoFar, budget: Budget) -> None:
    """Find what a student handed in, wherever it lies and whatever it is called."""
    entries = (one for one in handed_in(student, budget) if not _is_other(one, found.others))
    choice = choose_files(student, entries, found.zone)
    assignments = [name for name in ASSIGNMENTS if (student / name).is_dir()]
    assignments += [one.assignment for one in choice.chosen]
    missing = []
    for exercise in NOTEBOOKS:
        folder = timestamp_folder(student, exercise.assignment, choice)
        if exercise in choice.chosen:
            found.add(student.name, exercise, choice.chosen[exercise], folder)
        elif exercise.assignment in assignments:
            missing.append(f"{exercise.notebook}.ipynb")
            found.submitted.append(Submitted(student.name, exercise, None, folder))
    name_the_rest(student, choice, missing, found)


def _submitted(student: Path, released: dict[str, Released]) -> Iterator[Submitted]:
    """Yield what is in a student's folder in which everything is as it was released."""
    is_alone = all(one.alone for one in released.values())
    for exercise in NOTEBOOKS:
        if exercise.assignment in released:
            held = released[exercise.assignment]
            path = held.notebooks.get(exercise.name)
            place = FilePlace(path, exercise.notebook_path) if path else None
            folder = student / exercise.assignment
            yield Submitted(student.name, exercise, place, folder, home=folder, is_alone=is_alone)


def _is_other(entry: HandedInFile, others: tuple[str, ...]) -> bool:
    """Tell whether a file belongs to an assignment that is left to nbgrader."""
    top = entry.place.name.partition("/")[0]
    return top in others and not (entry.data and is_ours(entry.data))


def _add_absent(students: list[Path], found: FoundSoFar) -> None:
    """Add the students without any work, with an absent notebook for each that others handed in."""
    handed_in = {one.exercise.assignment for one in found.submitted if not one.is_missing}
    present = {one.student for one in found.submitted}
    found.submitted += [
        Submitted(student.name, exercise, None, None)
        for student in students
        if student.name not in present
        for exercise in NOTEBOOKS
        if exercise.assignment in handed_in and not exercise.is_lab
    ]
