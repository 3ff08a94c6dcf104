"""Finds the files that still name a student who was removed from a course."""

import os
import re
import stat
import unicodedata
from pathlib import Path

from workbook.course.folder import COURSE_PACKAGES, Course
from workbook.grade.report.tables import ANONYMOUS
from workbook.grade.roster.roster import Student

#: Folders with a folder for each student.
FOLDERS = ("submitted", "autograded", "results", "feedback")
#: Pages and tables on the whole class.
TABLES = ("marks.csv", "report.html", ANONYMOUS)
# What is not searched: the course's own parts, and others' work, who may write what they like.
_NOT_SEARCHED = {*FOLDERS, *COURSE_PACKAGES, "assignments", "source", "release", "workbook", "docs",
                 "tests", "visual_representation", "__pycache__", "node_modules"}  # fmt: skip
_LARGEST_SEARCHED = 20 * 2**20


def pattern_of(student: Student) -> re.Pattern[str]:
    """Return a pattern that finds a student's identifier, name or address as whole words."""
    first, last = _escaped(student.first_name), _escaped(student.last_name)
    words = [_escaped(one) for one in (student.id, student.email) if one]
    if first and last:
        words += [rf"{first}[\W_]*{last}", rf"{last}[\W_]*{first}"]
    return re.compile(rf"(?<![^\W_])({'|'.join(words)})(?![^\W_])", re.IGNORECASE)


def _escaped(text: str) -> str:
    return re.escape(composed(text))


def composed(text: str) -> str:
    """Return a text with each accented letter as one character, however it was written."""
    return unicodedata.normalize("NFC", text)


def mentions(course: Course, out: Path, student: Student) -> list[Path]:
    """Return the files beside the course that still name a student, for somebody to look at."""
    pattern = pattern_of(student)
    found = []
    for root in dict.fromkeys([course.root, out.resolve()]):
        for folder, folders, names in os.walk(root):
            folders[:] = sorted(
                one for one in folders if one not in _NOT_SEARCHED and not one.startswith(".")
            )
            # The tables have just been made of what is left.
            paths = (Path(folder, name) for name in sorted(names) if name not in TABLES)
            found += [path for path in paths if _mentions(path, pattern, root)]
    return sorted({*found})


def _mentions(path: Path, pattern: re.Pattern[str], root: Path) -> bool:
    if pattern.search(composed(str(path.relative_to(root)))):
        return True
    try:
        if not stat.S_ISREG(path.lstat().st_mode) or path.stat().st_size > _LARGEST_SEARCHED:
            return False
        data = path.read_bytes()
    except OSError:
        return False
    # A table may be as a spreadsheet has written it.
    wide = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    texts = (data.decode(one, "replace") for one in (("utf-16",) if wide else ("utf-8", "cp1252")))
    return any(pattern.search(composed(text)) for text in texts)
