"""nbgrader's models of its gradebook, without what nbgrader brings along for Jupyter's server.

Whoever imports any part of nbgrader imports its extensions of a server, and with them nbgrader's
commands, nbconvert and Jupyter's server: more than half of its import. Where there is no server,
they wait until somebody asks for them.
"""

from workbook.grade.deferred import defer

for _extension in ("assignment_list", "course_list", "formgrader", "validate_assignment"):
    _package = f"nbgrader.server_extensions.{_extension}"
    defer(_package, functions=["load_jupyter_server_extension"])
# One of nbgrader's ways to log in.
defer("requests")

from nbgrader.api import (  # noqa: E402  not before
    Assignment,
    Comment,
    Grade,
    Gradebook,
    GradeCell,
    InvalidEntry,
    MissingEntry,
    Notebook,
    SolutionCell,
    Student,
    SubmittedAssignment,
    SubmittedNotebook,
    new_uuid,
)

__all__ = [
    "Assignment",
    "Comment",
    "Grade",
    "GradeCell",
    "Gradebook",
    "InvalidEntry",
    "MissingEntry",
    "Notebook",
    "SolutionCell",
    "Student",
    "SubmittedAssignment",
    "SubmittedNotebook",
    "new_uuid",
]
