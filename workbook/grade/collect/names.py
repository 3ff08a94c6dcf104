"""Names for what is written: safe on any disk, and the same every time."""

import hashlib
import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from workbook.course.leftovers import is_meaningless
from workbook.grade.roster.roster import names_a_student
from workbook.grade.submissions.files import plain_name
from workbook.grade.submissions.timestamps import TIMESTAMP

_LONGEST = 50
_MOST_BYTES = 200
_DEEPEST = 15


def student_name(given: str, mark: str = "") -> str:
    """Return a name for a student's folder, made of what a platform calls the student.

    Parameters
    ----------
    given : str
        A user name, which stays as it is if it can be a folder's name, or a full name.
    mark : str, optional
        What tells the student from others of the same name.
    """
    given = unicodedata.normalize("NFC", given)
    if not mark and " " not in given and names_a_student(given):
        return given
    words = re.findall(r"[^\W_]+", given.casefold())
    name = "-".join(words)[:_LONGEST].strip("-") or "unnamed"
    mark = "-".join(re.findall(r"[^\W_]+", mark))[:_LONGEST]
    name = f"{name}-{mark}" if mark else name
    return name if names_a_student(name) else f"student-{name}"


def short_hash(text: str) -> str:
    """Return a short hash of a text, in letters and digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:8]


def why_not_taken(path: str) -> str:
    """Return why a file of a student is not taken, whatever is in it; "" if it is."""
    # Also where it would only be called so once it is written.
    return _why_not(path.split("/")) or _why_not(safe_path(path).split("/"))


def _why_not(parts: list[str]) -> str:
    if any(map(is_meaningless, parts)):
        return "a system or a program has left it behind; it is nobody's work"
    if any(part.startswith(".") for part in parts):
        return "it is hidden; grading does not read it"
    if len(parts) > _DEEPEST:
        return "it lies too deep"
    if TIMESTAMP in map(plain_name, parts):
        return "a student's own file does not say when something was handed in"
    return ""


def safe_path(path: str) -> str:
    """Return a path for a student's file that can be written everywhere."""
    return "/".join(_safe(part) for part in path.split("/") if part not in ("", ".", ".."))


def _safe(name: str) -> str:
    shown = unicodedata.normalize("NFC", name)
    shown = "".join(c if c.isprintable() and c not in '\\/:;*?"<>|' else "_" for c in shown)
    shown = shown.strip(" ").rstrip(". ") or "_"
    stem, dot, ending = shown.rpartition(".")
    ending = f"{dot}{ending}" if stem and len(ending) < 12 else ""
    data = shown.removesuffix(ending).encode()[: _MOST_BYTES - len(ending.encode())]
    return data.decode("utf-8", "ignore") + ending


class Names:
    """The paths of the files in one folder: none is another file's, or a folder's, on any disk.

    Thousands of files may have the same name: what was found for one is not looked for again.
    """

    def __init__(self) -> None:
        self._files: set[str] = set()
        # With a `/` at the end.
        self._folders: set[str] = set()
        # What a folder is called, and the number that the next file of a name may get.
        self._called: dict[str, str] = {}
        self._next: dict[str, int] = {}

    def free(self, path: str) -> str:
        """Return a path, or the same with numbers, that is no other file's or folder's."""
        above = ""
        *folders, name = path.split("/")
        for folder in folders:
            wanted = above + folder
            if wanted not in self._called:
                numbers = self._numbered(above, folder, 1)
                found, _ = next(one for one in numbers if plain_name(one[0]) not in self._files)
                self._called[wanted] = f"{found}/"
                self._folders.add(plain_name(f"{found}/"))
            above = self._called[wanted]
        wanted = plain_name(above + name)
        numbers = self._numbered(above, name, self._next.get(wanted, 1))
        found, self._next[wanted] = next(
            (path, number)
            for path, number in numbers
            if plain_name(path) not in self._files and plain_name(f"{path}/") not in self._folders
        )
        self._files.add(plain_name(found))
        return found

    def _numbered(self, above: str, name: str, first: int) -> Iterator[tuple[str, int]]:
        """Yield a path with ever higher numbers, of which 1 is not written, and the next number."""
        stem, dot, ending = name.rpartition(".") if "." in name[1:] else (name, "", "")
        for number in count(first):
            shown = f"{stem} ({number}){dot}{ending}" if number > 1 else name
            yield above + shown, number + 1
