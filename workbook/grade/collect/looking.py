"""A first look at every file: what it is, and which exercise it belongs to."""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from workbook.course.exercises import Exercise
from workbook.grade.collect.named_work import Work
from workbook.grade.collect.sources import SourceFile
from workbook.grade.submissions.archives import is_archive
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.identify import Match, exercise_named, exercises_of

_MOST_KEPT = 64 * 2**20
_HEAD = 512


@dataclass(frozen=True)
class SeenFile:
    """A file of the archive or folder.

    Attributes
    ----------
    number : int
        Its place among all files.
    path : str
        Its path.
    modified : float
        When it was last changed, in seconds since 1970; 0 if that is not known.
    problem : str
        Why it cannot be read.
    exercise : Exercise or None
        The exercise whose notebook it is.
    is_answered : bool
        Whether there is an answer in this notebook.
    is_archive : bool
        Whether it is an archive.
    digest : str
        A hash of its content.
    data : bytes
        Its content, where that may say something of the others.
    work : Work or None
        The work that says itself whose it is, if the file is in such a ZIP file.
    """

    number: int
    path: str
    modified: float
    problem: str = ""
    exercise: Exercise | None = None
    is_answered: bool = False
    is_archive: bool = False
    digest: str = ""
    data: bytes = b""
    work: Work | None = None

    @property
    def sent_as(self) -> str:
        """The path of what was handed in: that of the work, or of the file itself."""
        return self.work.path if self.work else self.path

    @property
    def inside(self) -> str:
        """The file's path in the work; "" if it is in none."""
        return self.path[len(self.work.path) + 1 :] if self.work else ""


def look(files: Iterable[SourceFile], keep: Callable[[str], bool]) -> Iterator[SeenFile]:
    """Yield what each file is.

    Parameters
    ----------
    files : iterable of SourceFile
        The files.
    keep : callable
        Tells from a path whether the file may say something of the others.
    """
    for number, one in enumerate(files):
        data, problem = one.read()
        if data is None:
            yield SeenFile(number, one.path, one.modified, problem, work=one.work)
            continue
        found = match_of(data, one.path.rpartition("/")[2])
        yield SeenFile(
            number,
            one.path,
            one.modified,
            exercise=found.exercise if found else None,
            is_answered=found is not None and found.answered > 0,
            is_archive=found is None and is_archive(data[:_HEAD]),
            digest=content_hash(data),
            data=data if len(data) <= _MOST_KEPT and keep(one.path) else b"",
            work=one.work,
        )


def content_hash(data: bytes) -> str:
    """Return a hash of a file's content."""
    return hashlib.sha256(data).hexdigest()


def match_of(data: bytes, name: str) -> Match | None:
    """Return the exercise whose notebook a file is: its cells say it, else its name."""
    if ".ipynb" not in name.lower() and not data[:100].lstrip().startswith(b"{"):
        return None
    try:
        found = exercises_of(decode(data)[0], name)
    except InvalidSubmissionError:
        named = exercise_named(name) if ".ipynb" in name.lower() else None
        return Match(named, 0) if named else None
    return max(found, key=lambda one: (one.alone, one.answered), default=None)
