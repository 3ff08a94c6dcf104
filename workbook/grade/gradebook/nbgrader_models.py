"""nbgrader's models of its gradebook, without what most of their import is for.

Whoever imports any part of nbgrader imports its extensions of Jupyter's server, and with them
nbgrader's commands, nbconvert and the server; what unpacks archives, and with it setuptools; what
asks JupyterHub. These wait here until somebody asks for them.
"""

from workbook.grade.sandbox.deferred_imports import defer

for _extension in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
    _package = f"nbgrader.server_extensions.{_extension}"
    defer(_package, functions=["load_jupyter_server_extension"])
defer(
    "setuptools.archive_util",
    functions=["unpack_archive", "unpack_tarfile", "unpack_zipfile"],
)
defer("requests")

from nbgrader.api import (  # noqa: E402  not before
    Assignment,
    Comment,
    Course,
    Grade,
    Gradebook,
    GradeCell,
    InvalidEntry,
    Notebook,
    SolutionCell,
    SourceCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)
from nbgrader.dbutil import ALEMBIC_DIR as MIGRATIONS  # noqa: E402  not before

__all__ = [
    "MIGRATIONS",
    "Assignment",
    "Comment",
    "Course",
    "Grade",
    "GradeCell",
    "Gradebook",
    "InvalidEntry",
    "Notebook",
    "SolutionCell",
    "SourceCell",
    "Student",
    "SubmittedAssignment",
    "SubmittedNotebook",
    "new_uuid",
]
