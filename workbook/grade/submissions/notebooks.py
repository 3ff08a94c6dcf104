"""The course's own notebooks, read once."""

import os
from functools import lru_cache
from pathlib import Path
from typing import Any

from workbook.course.exercises import Exercise, Page
from workbook.course.folder import Course


def course_notebook(course: Course, folder: str, exercise: Exercise | Page) -> Any:
    """Return a notebook of the course, from ``source`` or ``release``. Do not change it.

    Parameters
    ----------
    course : Course
        The course.
    folder : str
        ``source`` or ``release``.
    exercise : Exercise or Page
        The exercise, the lab or the page.
    """
    # For every submission several times: a text is put together faster than a path.
    path = f"{course.root}/{folder}/{exercise.notebook_path}"
    return _read_notebook(path, os.stat(path).st_mtime_ns)


@lru_cache(maxsize=64)
def _read_notebook(path: str, _changed: int) -> Any:
    # The command finds the submissions without it, and its judges start the sooner.
    import nbformat

    # The build has validated it: to do it again would take most of the time.
    return nbformat.v4.reads(Path(path).read_text(encoding="utf-8"))
