"""Names what lies in a student's folder and was not graded, so that nothing is lost unseen."""

import os
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path, PurePath

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS
from workbook.course.leftovers import is_meaningless
from workbook.course.text import printable
from workbook.course.words import about, listed, noun
from workbook.course.zip_files import ArchiveError, Budget
from workbook.grade.submissions.archives import is_archive, members
from workbook.grade.submissions.beside import goes_along, is_run_by
from workbook.grade.submissions.choose import MOST_NAMED, ChosenFiles
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.handed_in import MOST_BYTES, FilePlace
from workbook.grade.submissions.identify import exercise_named, exercises_of
from workbook.grade.submissions.modules_above import above
from workbook.grade.submissions.submitted import FoundSoFar, Submitted
from workbook.grade.submissions.timestamps import TIMESTAMP

# So many files and folders are looked at for notebooks that may have been handed in by mistake.
_MOST_ENTRIES = 5000
_HEAD = 512


def name_the_rest(
    student: Path, choice: ChosenFiles, missing: list[str], found: FoundSoFar
) -> None:
    """Name what was not graded: as a problem where it may be lost work, else in a note."""
    found.problems += [f"{student.name}: {problem}" for problem in choice.problems]
    if choice.unknown:
        notebooks = [one.place.read()[0] or b"" for one in choice.chosen.values()]
        choice.unknown = [one for one in choice.unknown if not is_run_by(one, notebooks)]
    if choice.unknown and missing:
        said = about(missing, "{names} {verb} missing", MOST_NAMED)
        found.problems.append(
            f"{student.name}: {said}, and no exercise was recognised in "
            f"{listed(choice.unknown, MOST_NAMED)}"
        )
    elif choice.unknown:
        text = "{names} {verb} not from any exercise; left alone"
        found.notes.append(f"{student.name}: {about(choice.unknown, text, MOST_NAMED)}")
    alone = [*dict.fromkeys(map(printable, _beside_none(student, choice)))]
    if alone:
        said = f"{listed(alone, MOST_NAMED)}: neither a notebook nor beside one; left alone"
        found.notes.append(f"{student.name}: {said}")
    if unknown := [repr(printable(n)) for n in _unknown_assignments(student, choice, found.others)]:
        what = noun(len(unknown), "unknown assignment")
        found.problems.append(
            f"{student.name}: {what} {listed(unknown)}; the course has {', '.join(ASSIGNMENTS)}"
        )


def _beside_none(student: Path, choice: ChosenFiles) -> Iterator[str]:
    """Yield the names of files that have no notebook beside them."""
    opened = {one.place.path for one in choice.chosen.values() if one.place.inside}
    homes = {PurePath(one.place.name).parent for one in choice.chosen.values()}
    imported = _imported(choice)
    for one in choice.beside:
        name = PurePath(one.name)
        if one.inside and one.path not in opened:
            # An archive of data, which is a file like others.
            name = one.path.relative_to(student)
        with_home = (str(name.relative_to(up)) for up in name.parents if up in homes)
        if name.name == TIMESTAMP or name.parent in homes or any(map(goes_along, with_home)):
            continue
        if one.name not in imported:
            yield str(name)


def _imported(choice: ChosenFiles) -> set[str]:
    """Return the names of the modules that notebooks import from other folders."""
    modules: dict[object, set[str]] = {}
    for one in choice.beside:
        if one.name.endswith(".py"):
            modules.setdefault(_disk_or_archive(one), set()).add(one.name)
    return {
        name
        for one in choice.chosen.values()
        if (there := modules.get(_disk_or_archive(one.place)))
        for name in above(
            str(PurePath(one.place.name).parent), there.__contains__, one.place.read()[0] or b""
        )
    }


def _disk_or_archive(place: FilePlace) -> object:
    """Return something that is the same for what lies on the disk, or in the same archive."""
    return (place.path, place.inside[:-1]) if place.inside else None


def _unknown_assignments(
    student: Path, choice: ChosenFiles, others: tuple[str, ...]
) -> Iterator[str]:
    """Yield the names of folders that are empty, or hold notebooks of no exercise."""
    for folder in sorted(one for one in student.iterdir() if one.is_dir()):
        name = folder.name
        if name in ASSIGNMENTS or name in others or is_meaningless(name):
            continue
        is_unknown = any(one.startswith(f"{name}/") for one in choice.unknown)
        # What cannot be read has been named.
        if is_unknown or (os.access(folder, os.R_OK) and not any(folder.iterdir())):
            yield name


def name_what_is_ignored(
    student: Path, submitted: Collection[Submitted], found: FoundSoFar, budget: Budget
) -> None:
    """Name the notebooks in folders that grading ignores, of exercises of which nothing else is.

    Parameters
    ----------
    student : pathlib.Path
        The student's folder.
    submitted : collection of Submitted
        What was found in it.
    found : FoundSoFar
        To which a note is added.
    budget : Budget
        From which what is unpacked is taken: what finding them has left.
    """
    missing = {one.exercise for one in submitted if one.is_missing} if submitted else {*NOTEBOOKS}
    if not missing:
        return
    names = [
        one for one in _ignored(student, budget) if exercise_named(PurePath(one).name) in missing
    ]
    if names:
        found.notes.append(
            f"{student.name}: not graded, though nothing else of the exercise is there: "
            f"{listed([*map(printable, names)], MOST_NAMED)}. Programs keep copies and deleted "
            "files under such names; what is to count has to lie in its assignment's folder"
        )


def name_checkpoints(submitted: Iterable[Submitted]) -> Iterator[Submitted]:
    """Yield submissions, with a note where only JupyterLab's checkpoint of one holds an answer."""
    kept: dict[str, bool] = {}
    for one in submitted:
        path = None if one.place is None or one.place.inside else one.place.path
        if path is not None:
            folder = f"{os.path.dirname(path)}/.ipynb_checkpoints"
            if folder not in kept:
                # Behind a link there may be another student's.
                kept[folder] = os.path.isdir(folder) and not os.path.islink(folder)
            checkpoint = Path(folder, f"{path.stem}-checkpoint.ipynb") if kept[folder] else None
            if checkpoint and _is_answered(checkpoint, one) and not _is_answered(path, one):
                note = (
                    "there is no answer in the saved notebook, but in a checkpoint of it, which "
                    f"does not count: {printable(f'{checkpoint.parent.name}/{checkpoint.name}')}"
                )
                one = replace(one, notes=(*one.notes, note))
        yield one


def _is_answered(path: Path, submitted: Submitted) -> bool:
    """Tell whether a function of the exercise is written in a notebook, if it is one."""
    data = read_file(path)[0]
    try:
        raw = decode(data)[0] if data else {}
    except InvalidSubmissionError:
        return False
    matches = exercises_of(raw, path.name)
    return any(one.exercise == submitted.exercise and one.answered > 0 for one in matches)


def _ignored(student: Path, budget: Budget) -> Iterator[str]:
    """Yield the names of the notebooks that are ignored, on the disk and in archives there."""
    count, room = 0, Budget(MOST_BYTES)
    for folder, folders, files in os.walk(student):
        folders.sort()
        count += 1
        if count > _MOST_ENTRIES:
            return
        for name in sorted(files):
            count += 1
            if count > _MOST_ENTRIES or budget.left < 0 or room.left < 0 or budget.is_over:
                return
            path = Path(folder, name)
            shown = path.relative_to(student).as_posix()
            if _is_ignored_notebook(shown):
                yield shown
            elif ".ipynb" not in name and is_archive(read_file(path, _HEAD)[0] or b""):
                yield from (f"{shown}/{one}" for one in _ignored_in(path, budget, room))


def _ignored_in(archive: Path, budget: Budget, room: Budget) -> Iterator[str]:
    data = read_file(archive)[0] or b""
    try:
        room.take(len(data))
        for one in members(BytesIO(data), archive.name, budget, all_of_them=True):
            if _is_ignored_notebook(one.name):
                yield one.name
    except ArchiveError:
        # What cannot be opened as a whole has been named.
        return


def _is_ignored_notebook(name: str) -> bool:
    *folders, last = name.split("/")
    # macOS keeps a file's properties in one that is called like it.
    is_notebook = ".ipynb" in last.lower() and not last.startswith("._")
    return is_notebook and any(map(is_meaningless, (*folders, last)))
