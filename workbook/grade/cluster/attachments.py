"""Takes the lesson's own pictures out of a submission for its way to another machine.

They make up most of a notebook's file, and the other machine has them with the course. It restores
the file to the last byte.
"""

import secrets
from dataclasses import dataclass, replace
from functools import lru_cache

from workbook.course.exercises import Exercise
from workbook.course.folder import Course
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.notebooks import course_notebook

# How much of a picture is searched for.
_PIECE = 128


@dataclass(frozen=True)
class StrippedJob:
    """A job in whose file a mark and a number stand for each picture of the lesson.

    Attributes
    ----------
    job : Job
        The job with what is left of its file.
    mark : str
        A text that stands nowhere else in the file.
    """

    job: Job
    mark: str


def strip_pictures(course: Course, job: Job) -> StrippedJob:
    """Return a job without the pictures that a course has."""
    data, mark = job.data, secrets.token_hex(8)
    if data is None:
        return StrippedJob(job, mark)
    while mark.encode() in data:
        mark = secrets.token_hex(8)
    for number, picture in enumerate(_pictures(course, job.exercise)):
        data = _replaced(data, picture, _name(mark, number))
    return StrippedJob(replace(job, data=data), mark)


def restore_pictures(course: Course, stripped: StrippedJob) -> Job:
    """Return the job as it was before `strip_pictures`, by the same course."""
    data = stripped.job.data
    if data is None:
        return stripped.job
    for number, picture in enumerate(_pictures(course, stripped.job.exercise)):
        data = data.replace(_name(stripped.mark, number), picture)
    return replace(stripped.job, data=data)


def _replaced(data: bytes, picture: bytes, name: bytes) -> bytes:
    """Return the data with a name in the place of a picture, if it is there."""
    # To look for all of it at once takes several times as long. Pictures begin alike.
    middle = len(picture) // 2
    start = data.find(picture[middle : middle + _PIECE]) - middle
    if start < 0 or not data.startswith(picture, start):
        return data
    return data[:start] + name + data[start + len(picture) :]


def _name(mark: str, number: int) -> bytes:
    # With signs that are in no picture, so that none is made by what stands beside it.
    return f"-{mark}-{number}-".encode()


@lru_cache(maxsize=64)
def _pictures(course: Course, exercise: Exercise) -> tuple[bytes, ...]:
    """Return the pictures of a released notebook as they stand in its file."""
    release = course_notebook(course, "release", exercise)
    pictures = [
        picture.encode()
        for cell in release.cells
        for kinds in cell.get("attachments", {}).values()
        for picture in kinds.values()
        # A name would not be much shorter than a small one.
        if isinstance(picture, str) and len(picture) > 4 * _PIECE
    ]
    return tuple(dict.fromkeys(pictures))
