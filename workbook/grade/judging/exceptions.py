"""Reports of exceptions in a student's process, in words for the student and as data."""

import re
from typing import Any

from workbook.course.verdicts import Raised
from workbook.grade.submissions.disk import NO_FILE_LEFT

# Characters of an exception's text that a result holds.
_MOST_TEXT = 1000

# What Python says when a limit of the system's is reached, and which of ours that is.
_SIGNS = {
    "memory_bytes": r"\w*MemoryError: .*",
    "written_files": rf"OSError: \[Errno 28\] {NO_FILE_LEFT}.*",
    "written_bytes": r"OSError: \[Errno (27|28)\] .*",
    "open_files": r"OSError: \[Errno 24\] .*",
    "processes": r"RuntimeError: can't start new thread.*",
}


def limit_of(error: Any) -> str:
    """Return the name of the limit that an exception reports, or ""."""
    error = error if isinstance(error, dict) else {}
    text = f"{error.get('type')}: {error.get('message')}"
    return next((name for name, sign in _SIGNS.items() if re.match(sign, text, re.S)), "")


def raised(body: Any, what: str = "your function") -> str:
    """Return a sentence about an exception in the student's code, which is ``what``."""
    body = body if isinstance(body, dict) else {}
    kind, message, source = (_words(body.get(key)) for key in ("type", "message", "source"))
    if kind == "NotImplementedError":
        # Of a class, some methods may be written and others not.
        where = f" {message}" if message.startswith("in `") else ""
        return f"{what} is not written yet: it raises NotImplementedError{where}"
    text = f"{what} raised {kind or 'an exception'}" + (f": {message}" if message else "")
    line = body.get("line")
    if isinstance(line, int) and line > 0:
        text += f" (line {line} of its cell: {source})"
    return text


def _words(value: Any) -> str:
    """Return a text from the student's process, cut to the length that a result holds."""
    return value[:_MOST_TEXT] if isinstance(value, str) else ""


def as_raised(body: Any) -> Raised | None:
    """Return the exception in a reply as data, where the reply holds it."""
    kind, message = (body.get("type"), body.get("message")) if isinstance(body, dict) else (0, 0)
    if not isinstance(kind, str) or not isinstance(message, str):
        return None
    return Raised.with_message(kind, message)
