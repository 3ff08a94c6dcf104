"""Work that names its own student: a ZIP file from the page "My work" of the course's site.

The file ``student.json`` in it holds what a learner has entered there. Anybody can write such a
file: what it says has a bounded length, leads to no path, and is trusted no more than a name on a
sheet of paper.
"""

import json
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, Any

from workbook.course.text import printable
from workbook.course.work_files import LONGEST_NAME, MOST_BYTES, MOST_FILES, STUDENT_FILE
from workbook.course.zip_files import DAMAGED, ZIP, ArchiveError, Budget, zip_members

_LARGEST = 10_000
_LONGEST_TIME = 40
_UNREADABLE: tuple[type[Exception], ...] = (ArchiveError, *DAMAGED)
_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class Owner:
    """The student whom the work itself names.

    Attributes
    ----------
    id, name : str
        What was entered; both are empty if nothing was.
    saved : datetime
        When the file was made, by the clock of the learner's computer.
    """

    id: str = ""
    name: str = ""
    saved: datetime = _NEVER

    @property
    def shown(self) -> str:
        """The student as messages name them."""
        both = self.name and self.id
        return printable(f"{self.name} (id {self.id})" if both else self.name or f"id {self.id}")


@dataclass(frozen=True)
class Work:
    """Such a ZIP file.

    Attributes
    ----------
    path : str
        Its path in the archive or folder.
    owner : Owner
        Whose it says that it is.
    """

    path: str
    owner: Owner


def owner_in(file: IO[bytes]) -> Owner | None:
    """Return the student whom a ZIP file names; None if it is not such a file, or is damaged.

    Parameters
    ----------
    file : binary file
        The file, at its beginning.
    """
    if not file.read(4).startswith(ZIP):
        return None
    file.seek(0)
    found = None
    try:
        for number, member in enumerate(zip_members(file, Budget(MOST_BYTES))):
            if number == MOST_FILES:
                return None
            if member.name == STUDENT_FILE and not member.problem:
                found = _said(member.read(_LARGEST + 1))
    except _UNREADABLE:
        return None
    return found


def _said(data: bytes) -> Owner | None:
    """Return the owner that the file names; None if the page "My work" has not made it."""
    try:
        held = json.loads(data.decode("utf-8-sig")) if len(data) <= _LARGEST else None
    except (ValueError, RecursionError):
        return None
    if not isinstance(held, dict):
        return None
    return Owner(_text(held.get("id")), _text(held.get("name")), _time(held.get("saved")))


def _text(given: Any) -> str:
    if not isinstance(given, str) or len(given) > LONGEST_NAME:
        return ""
    shown = "".join(sign if sign.isprintable() else " " for sign in given)
    return " ".join(unicodedata.normalize("NFC", shown).split())


def _time(given: Any) -> datetime:
    try:
        if not isinstance(given, str) or len(given) > _LONGEST_TIME:
            return _NEVER
        found = datetime.fromisoformat(given)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        return _NEVER
