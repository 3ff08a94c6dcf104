"""Sorts what students have handed in by assignment."""

from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.collect.attempts import HandedIn
from workbook.grade.collect.looking import SeenFile
from workbook.grade.collect.owners import contradictions, folders_of
from workbook.grade.collect.reading import Handed, PathReader
from workbook.grade.roster.roster import Roster, only_one
from workbook.grade.submissions.files import plain_name

_NOT_CLEAR = "which assignment it is of is not clear; name it with --assignment"


@dataclass
class Sorted:
    """What a platform sent, sorted.

    Attributes
    ----------
    handed_in : list of HandedIn
        What students have handed in.
    left : dict of int to str
        Why a file is left, by its number.
    problems : list of str
        What the instructor should look at.
    """

    handed_in: list[HandedIn] = field(default_factory=list)
    left: dict[int, str] = field(default_factory=dict)
    problems: list[str] = field(default_factory=list)


def sort_files(
    files: list[SeenFile], reader: PathReader, roster: Roster, unpacked: bool = False
) -> Sorted:
    """Sort files by student and assignment.

    Parameters
    ----------
    files : list of SeenFile
        All files.
    reader : PathReader
        Reads their paths.
    roster : Roster
        The class.
    unpacked : bool, optional
        Whether the files lie in a folder, in which a person may have put identifiers.
    """
    found = list(reader.read(files))
    everyone = [one.who for one in found]
    folders, problems = folders_of(everyone, reader.platform, roster, unpacked)
    works = {(one.seen.work.path, one.who): one.seen.work.owner for one in found if one.seen.work}
    told = ((path, who, owner) for (path, who), owner in works.items())
    problems += contradictions(told, roster)
    out = Sorted(left=reader.left, problems=[*reader.problems, *problems])
    of_student: defaultdict[str, list[Handed]] = defaultdict(list)
    for one in found:
        of_student[folders[one.who]].append(one)
    everybody = Counter(_own(one) for one in found if _own(one))
    for student, given in of_student.items():
        theirs, several = _in_order(given)
        out.problems += several
        numbers = {one.attempt for one in theirs if one.seen.exercise}
        mine = Counter(_own(one) for one in theirs if _own(one))
        for one in theirs:
            assignment = reader.wanted or _own(one) or only_one(mine) or only_one(everybody)
            if assignment:
                out.handed_in.append(_handed_in(one, student, assignment, numbers))
            else:
                out.left[one.seen.number] = _NOT_CLEAR
    return out


def _in_order(files: list[Handed]) -> tuple[list[Handed], list[str]]:
    """Return the files of one student with their works numbered as they were saved.

    Where the works themselves say whose they are, and there are several, the instructor is told.
    """
    claimed = {one.seen.work for one in files if one.seen.work and one.who.claimed}
    works = sorted(claimed, key=lambda work: (work.owner.saved, work.path))
    if len(works) < 2:
        return files, []
    numbers = {work: number for number, work in enumerate(works)}
    numbered = [
        replace(one, attempt=numbers[one.seen.work]) if one.seen.work in numbers else one
        for one in files
    ]
    said = (
        f"{listed([printable(work.path) for work in works])} all say that they are of "
        f"{works[0].owner.shown}. Of each notebook the one counts that was saved last, as they say"
    )
    return numbered, [said]


def _own(one: Handed) -> str:
    """Return the assignment that a file itself is of, or ""."""
    exercise = one.seen.exercise
    return one.assignment or (exercise.assignment if exercise else "")


def _handed_in(one: Handed, student: str, assignment: str, numbers: set[int]) -> HandedIn:
    """Return a file with its name as it was before the platform counted attempts in it.

    Other files than notebooks may have had the number from the beginning: it is the platform's
    where a notebook of the student's has it, too.
    """
    exercise, attempt, path = one.seen.exercise, one.attempt, one.path
    if one.numbered and not exercise and attempt not in numbers:
        path, attempt = f"{path}{one.numbered}", 0
    path += one.ending
    work = "an archive" if one.seen.is_archive else f"file {plain_name(path)}"
    if exercise:
        work = f"exercise {exercise.name}"
    return HandedIn(
        one.seen.number,
        student,
        assignment,
        work,
        path,
        time=one.time,
        attempt=attempt,
        late=one.late,
        exercise=exercise.name if exercise else "",
        is_stub=exercise is not None and not one.seen.is_answered,
    )
