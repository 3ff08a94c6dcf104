"""Where a course can be found on the web, as ``nbgrader_config.py`` says."""

import re
import traceback
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from traitlets.config.loader import PyFileConfigLoader

from workbook.course.folder import CONFIG_FILE, Course, CourseError

# An address is written into pages and into the code of notebooks, where a quotation mark, a
# bracket or a dollar sign would mean something else. No course needs them.
_ALLOWED = re.compile(r"https?://[A-Za-z0-9._~:/%@+,=-]+")


@dataclass(frozen=True)
class Addresses:
    """Addresses of a course.

    Attributes
    ----------
    address : str or None
        Where its site is, without a slash at the end; None where none is set.
    repository : str or None
        Where its files are kept, as on GitHub; None where that is not set.
    """

    address: str | None
    repository: str | None


def addresses(course: Course) -> Addresses:
    """Return the addresses that a course's settings name.

    They are ``c.Workbook.address`` and ``c.Workbook.repository``.

    Parameters
    ----------
    course : Course
        The course.

    Raises
    ------
    CourseError
        If one of them is no address of the web, or if the settings cannot be read.
    """
    try:
        config = PyFileConfigLoader(CONFIG_FILE, path=str(course.root)).load_config()
    except Exception as error:
        raise CourseError(f"{course.root / CONFIG_FILE}{_line(error)}: {error}") from error
    settings: Any = config.get("Workbook", {})
    found = {key: _address(course, key, settings.get(key)) for key in ("address", "repository")}
    return Addresses(**found)


def _line(error: Exception) -> str:
    """Return where in the settings an error was raised, such as ``:12``; "" if it is not known."""
    if isinstance(error, SyntaxError):
        return f":{error.lineno}"
    lines = [
        f.lineno for f in traceback.extract_tb(error.__traceback__) if CONFIG_FILE in f.filename
    ]
    return f":{lines[-1]}" if lines else ""


def _address(course: Course, key: str, given: Any) -> str | None:
    if given is None or given == "":
        return None
    if not isinstance(given, str) or not _is_address(given.strip()):
        raise CourseError(
            f"{course.root / CONFIG_FILE}: c.Workbook.{key} is {given!r}, which is not the address "
            'of a website. Write one such as "https://example.org/course", without "?" or "#"'
        )
    return given.strip().rstrip("/")


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        # Reading the port raises where it is no number.
        has_place = bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False
    return has_place and parts.username is None and _ALLOWED.fullmatch(text) is not None
