"""The course as nbgrader sees it: its settings, and its own generate_assignment."""

import contextlib
import logging.handlers
import shutil
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from traitlets.config import Config
from traitlets.config.loader import PyFileConfigLoader

from workbook.course.folder import CONFIG_FILE, Course


def course_config(course: Course, root: Path, db_url: str, assignment: str) -> Config:
    """Return the settings of ``nbgrader_config.py``, for another folder and gradebook.

    Parameters
    ----------
    course : Course
        Whose settings they are.
    root : pathlib.Path
        Folder to work in.
    db_url : str
        SQLAlchemy address of the gradebook.
    assignment : str
        The assignment to work on.
    """
    config = PyFileConfigLoader(CONFIG_FILE, path=str(course.root)).load_config()
    config.CourseDirectory.root = str(root)
    config.CourseDirectory.db_url = db_url
    config.CourseDirectory.assignment_id = assignment
    return config


def generate_assignment(
    course: Course, source: Path, assignment: str, db_url: str = "", target: Path | None = None
) -> None:
    """Enter an assignment in a gradebook, or write its released notebooks, or both.

    Parameters
    ----------
    course : Course
        Whose settings apply.
    source : pathlib.Path
        Folder of the source notebooks.
    assignment : str
        The assignment.
    db_url : str, optional
        SQLAlchemy address of the gradebook; none is written without it.
    target : pathlib.Path, optional
        Folder that receives ``<assignment>/*.ipynb``; nothing is written without it.
    """
    # Not before: nbgrader's converters take a third of a second to import; most runs need none.
    from nbgrader.converters import GenerateAssignment

    with TemporaryDirectory() as scratch:
        root = Path(scratch)
        shutil.copytree(source / assignment, root / "source" / assignment)
        config = course_config(course, root, db_url, assignment)
        if not db_url:
            # As the option --no-db of nbgrader's command.
            config.GenerateAssignment.no_database = True
            config.SaveCells.enabled = False
        convert(GenerateAssignment, config)
        if target is not None:
            shutil.copytree(root / "release", target, dirs_exist_ok=True)


class NbgraderError(Exception):
    """An nbgrader converter has failed; the text is what it logged."""


def convert(kind: Any, config: Config) -> None:
    """Run one of nbgrader's converters, without its progress messages.

    Parameters
    ----------
    kind : class
        The converter, such as ``nbgrader.converters.Autograde``.
    config : Config
        Its settings, as `course_config` returns them.

    Raises
    ------
    NbgraderError
        If the converter fails.
    """
    from nbgrader.converters.base import NbGraderException
    from nbgrader.coursedir import CourseDirectory

    with _logged_errors() as logged, warnings.catch_warnings():
        # nbgrader's own way of using SQLAlchemy; nothing that the instructor could act on.
        warnings.simplefilter("ignore")
        try:
            kind(coursedir=CourseDirectory(config=config), config=config).start()
        except NbGraderException as error:
            errors = [record.getMessage() for record in logged]
            raise NbgraderError("\n".join([*errors, str(error)])) from error


@contextlib.contextmanager
def _logged_errors() -> Iterator[list[logging.LogRecord]]:
    """Collect the errors that nbgrader logs, and keep its other messages off the screen."""
    log = logging.getLogger("traitlets")
    handler = logging.handlers.BufferingHandler(capacity=sys.maxsize)
    level, propagate = log.level, log.propagate
    log.addHandler(handler)
    log.setLevel(logging.ERROR)
    log.propagate = False
    try:
        yield handler.buffer
    finally:
        log.removeHandler(handler)
        log.setLevel(level)
        log.propagate = propagate
