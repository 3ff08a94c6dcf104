"""Finds the submissions of a course on disk, with the deadlines and groups of the class."""

from collections.abc import Mapping
from itertools import chain
from pathlib import Path

import click

from workbook.course.exercises import Exercise
from workbook.course.failure import Failure, as_failure
from workbook.course.folder import Course
from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.roster.roster import Roster, RosterError, read_roster
from workbook.grade.submissions.files import plain_name
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.groups import shared
from workbook.grade.submissions.submitted import Found
from workbook.grade.submissions.timestamps import TimezoneError, zone_of_names

_MOST_NAMED = 20
_LAYOUT = "<student>/<assignment>/<notebook>.ipynb"


def found_in(
    course: Course,
    path: Path,
    db_url: str,
    exercise: Exercise | None = None,
    students: tuple[str, ...] = (),
) -> Found:
    """Return the submissions to grade.

    Whoever asks for a member of a group gets the whole group: they have the same work.

    Parameters
    ----------
    course : Course
        The course, whose roster has the groups.
    path : pathlib.Path
        A class's folder, a student's, or one file; see `find_submissions`.
    db_url : str
        SQLAlchemy address of the gradebook, which has the deadlines.
    exercise : Exercise, optional
        Look for this exercise only.
    students : tuple of str, optional
        The students of a class to look for; all of them if not given.

    Raises
    ------
    Failure
        If there is nothing to grade, or the roster or a setting cannot be read.
    """
    # SQLAlchemy is needed for the deadlines of groups only.
    with as_failure(FileNotFoundError, RosterError, TimezoneError):
        zone = zone_of_names(course.root)
        roster = read_roster(course)
        groups = roster.groups
        path, students, groups = _asked(course, path, students, groups)
        found = find_submissions(path, exercise, course.other_assignments(), students, zone)
    if found.is_class or students:
        _name_strangers({one.student for one in found.submitted}, roster)
    if groups:
        from workbook.grade.gradebook.deadlines import deadlines

        found = shared(found, groups, deadlines(db_url).of)
    if not found.submitted:
        said = f"nothing to grade in {path}; expected {_LAYOUT}"
        raise Failure("\n".join([said, *found.problems, *found.notes]))
    return found


def _name_strangers(students: set[str], roster: Roster) -> None:
    """Name the students of a class who are not on its roster."""
    strangers = sorted(students - roster.students_by_id.keys()) if roster.students else []
    by_form = {plain_name(one): one for one in roster.students_by_id}
    shown = [
        f"{printable(one)} (the roster has {by_form[plain_name(one)]}: rename the folder)"
        if plain_name(one) in by_form
        else printable(one)
        for one in strangers
    ]
    if shown:
        click.echo(f"Note: not on the roster: {listed(shown, _MOST_NAMED)}", err=True)


def _asked(
    course: Course,
    path: Path,
    students: tuple[str, ...],
    groups: Mapping[str, tuple[str, ...]],
) -> tuple[Path, tuple[str, ...], dict[str, tuple[str, ...]]]:
    """Return the folder to search, the students to look for, and the groups among them."""
    here = path.resolve()
    if not students and here.is_dir() and here.parent == course.root / "submitted":
        students = (here.name,)
        if not _groups_of(students, groups):
            return path, (), {}
        path, here = path.parent, here.parent
    if not students:
        return path, (), dict(groups) if here.is_dir() else {}
    asked = _groups_of(students, groups)
    mates = {one for members in asked.values() for one in members} - {*students}
    if mates:
        names, members = listed([*asked]), listed(sorted({*chain(*asked.values())}))
        click.echo(f"Note: the whole group {names} is graded: {members}.", err=True)
    wanted = dict.fromkeys([*students, *sorted(mates)])
    # Somebody in a group need not have a folder.
    in_groups = {one for members in asked.values() for one in members}
    there = tuple(one for one in wanted if one not in in_groups or (here / one).is_dir())
    return path, there or students, asked


def _groups_of(
    students: tuple[str, ...], groups: Mapping[str, tuple[str, ...]]
) -> dict[str, tuple[str, ...]]:
    return {name: members for name, members in groups.items() if {*members} & {*students}}
