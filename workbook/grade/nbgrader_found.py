"""Finds the submissions for ``nbgrader autograde``: the same as for `workbook grade`."""

from collections import defaultdict
from collections.abc import Iterator
from fnmatch import fnmatch
from glob import glob
from pathlib import Path
from typing import Any

from workbook.course.folder import Course
from workbook.course.leftovers import is_meaningless
from workbook.course.text import one_line
from workbook.grade.gradebook.deadlines import deadlines
from workbook.grade.roster.roster import read_roster
from workbook.grade.submissions.files import is_valid_name
from workbook.grade.submissions.find import find_student
from workbook.grade.submissions.groups import shared
from workbook.grade.submissions.submitted import Found, Submitted
from workbook.grade.submissions.timestamps import zone_of_names


def submissions_of(coursedir: Any, log: Any) -> dict[str, list[Submitted]]:
    """Return what each student has handed in of the assignment that nbgrader is working on.

    Parameters
    ----------
    coursedir : nbgrader.coursedir.CourseDirectory
        nbgrader's settings, with the students that are asked for.
    log : logging.Logger
        Where problems are told.

    Raises
    ------
    RosterError, TimezoneError
        If the roster or a setting of the course cannot be read.
    """
    course = Course(Path(coursedir.root))
    zone = zone_of_names(course.root)
    folders = list(_students(coursedir, coursedir.student_id, log))
    names = {one.name for one in folders}
    # Somebody in a group need not have a folder.
    groups = {
        name: members
        for name, members in read_roster(course).groups.items()
        if names & {*members} or coursedir.student_id in members
    }
    for mate in sorted({one for members in groups.values() for one in members} - names):
        folders += _students(coursedir, mate, log)
    submitted: list[Submitted] = []
    for folder in folders:
        found = find_student(folder, course.other_assignments(), zone)
        for text in (*found.problems, *found.notes):
            log.warning("%s", one_line(text))
        submitted += found.submitted
    if groups:
        due = deadlines(coursedir.db_url).of
        submitted = list(shared(Found(tuple(submitted)), groups, due).submitted)
    wanted: defaultdict[str, list[Submitted]] = defaultdict(list)
    for one in submitted:
        is_asked = fnmatch(one.exercise.notebook, coursedir.notebook_id)
        if is_asked and one.exercise.assignment == coursedir.assignment_id:
            wanted[one.student].append(one)
    return wanted


def _students(coursedir: Any, asked: str, log: Any) -> Iterator[Path]:
    """Yield the folders of the students who are asked for, without links.

    nbgrader itself has listed only those with a notebook where it should be.
    """
    pattern = coursedir.format_path(coursedir.submitted_directory, asked, ".")
    for student in sorted(map(Path, glob(pattern))):
        if is_meaningless(student.name):
            continue
        if student.is_symlink():
            log.warning("%s is a link; it is left out", student)
        elif not is_valid_name(student.name):
            log.error("%r: no gradebook can hold such a name; rename it", str(student))
        elif student.is_dir():
            yield student
