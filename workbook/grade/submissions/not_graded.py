"""Names what lies in a student's folder and was not graded, so that nothing is lost unseen."""

import os
from collections.abc import Collection, Iterator
from io import BytesIO
from pathlib import Path, PurePath

from workbook.course.exercises import ASSIGNMENTS, NOTEBOOKS
from workbook.course.leftovers import is_meaningless
from workbook.course.text import printable
from workbook.course.words import about, listed
from workbook.course.zip_files import ArchiveError
from workbook.grade.submissions.archives import is_archive, members
from workbook.grade.submissions.beside import goes_along, is_run_by
from workbook.grade.submissions.choose import MOST_NAMED, ChosenFiles
from workbook.grade.submissions.files import read_file
from workbook.grade.submissions.handed_in import for_archives
from workbook.grade.submissions.identify import exercise_named
from workbook.grade.submissions.modules_above import above
from workbook.grade.submissions.submitted import FoundSoFar, Submitted
from workbook.grade.submissions.timestamps import TIMESTAMP

# So many files are looked at for notebooks that may have been handed in by mistake.
_MOST_FILES = 5000
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
        found.problems.append(
            f"{student.name}: unknown assignment {listed(unknown)}; the course has "
            f"{', '.join(ASSIGNMENTS)}"
        )


def _beside_none(student: Path, choice: ChosenFiles) -> Iterator[str]:
    """Yield the names of files that have no notebook beside them."""
    opened = {one.place.path for one in choice.chosen.values() if one.place.inside}
    homes = {PurePath(one.place.name).parent for one in choice.chosen.values()}
    for one in choice.beside:
        name = PurePath(one.name)
        if one.inside and one.path not in opened:
            # An archive of data, which is a file like others.
            name = one.path.relative_to(student)
        with_home = (str(name.relative_to(up)) for up in name.parents if up in homes)
        if name.name == TIMESTAMP or name.parent in homes or any(map(goes_along, with_home)):
            continue
        if name.suffix == ".py" and _is_imported(name, choice):
            continue
        yield str(name)


def _is_imported(module: PurePath, choice: ChosenFiles) -> bool:
    """Tell whether a notebook imports a module that lies in a folder above or beside its own."""
    return any(
        above(str(PurePath(one.place.name).parent), [str(module)], one.place.read()[0] or b"")
        for one in choice.chosen.values()
    )


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
    student: Path, submitted: Collection[Submitted], found: FoundSoFar
) -> None:
    """Name the notebooks in folders that grading ignores, of exercises of which nothing else is."""
    missing = {one.exercise for one in submitted if one.is_missing} if submitted else {*NOTEBOOKS}
    if not missing:
        return
    names = [one for one in _ignored(student) if exercise_named(PurePath(one).name) in missing]
    if names:
        found.notes.append(
            f"{student.name}: not graded, though nothing else of the exercise is there: "
            f"{listed([*map(printable, names)], MOST_NAMED)}. Programs keep copies and deleted "
            "files under such names; what is to count has to lie in its assignment's folder"
        )


def _ignored(student: Path) -> Iterator[str]:
    """Yield the names of the notebooks that are ignored, on the disk and in archives there."""
    count = 0
    for folder, _, files in os.walk(student):
        for name in sorted(files):
            count += 1
            if count > _MOST_FILES:
                return
            path = Path(folder, name)
            shown = path.relative_to(student).as_posix()
            if _is_ignored_notebook(shown):
                yield shown
            elif ".ipynb" not in name and is_archive(read_file(path, _HEAD)[0] or b""):
                yield from (f"{shown}/{one}" for one in _ignored_in(path))


def _ignored_in(archive: Path) -> Iterator[str]:
    data = read_file(archive)[0] or b""
    try:
        for one in members(BytesIO(data), archive.name, for_archives(), all_of_them=True):
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
