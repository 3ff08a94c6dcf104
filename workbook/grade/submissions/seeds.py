"""The seeds of a grading: the same for the same answer, and unknown to students.

Each is an HMAC of a secret of the course with the exercise and the answer's code. So the same
answer always meets the same inputs, and an answer that was written with knowledge of them meets
others.
"""

import contextlib
import hmac
import os
import secrets
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from workbook.course.exercises import Exercise
from workbook.course.folder import Course

#: The folder in the course's that holds the secret.
FOLDER = ".workbook-secret"

_FILE = "key"
#: The file with the secret, below a course's folder.
KEY = f"{FOLDER}/{_FILE}"
_BYTES = 32
_OF_OTHERS = 0o077


class SecretError(Exception):
    """The secret of a course can neither be read nor made; the text says why."""


@lru_cache(maxsize=8)
def course_secret(course: Course) -> bytes:
    """Return the secret of a course; make it if there is none yet.

    Raises
    ------
    SecretError
        If it cannot be read, or there is none and none can be made.
    """
    folder = course.root / FOLDER
    try:
        if not folder.exists():
            _make(folder)
        secret = (folder / _FILE).read_bytes()
        if (folder / _FILE).stat().st_mode & _OF_OTHERS:
            # It comes from a copy, which others can read.
            with contextlib.suppress(OSError):
                (folder / _FILE).chmod(0o600)
    except OSError as error:
        raise SecretError(
            f"the seeds of this course's gradings come from {folder / _FILE}, which the first "
            f"grading makes, and which cannot be read or made here: {error.strerror}. Let the user "
            f"who grades write in {course.root}, for the first grading at least"
        ) from error
    if len(secret) != _BYTES:
        raise SecretError(
            f"{folder / _FILE} is damaged: it holds {len(secret)} bytes, not {_BYTES}. Restore "
            "it from a backup, or remove its folder, and the next grading makes a new one"
        )
    return secret


def _make(folder: Path) -> None:
    """Make the secret, unless another grading that has begun at the same time is quicker."""
    # Only its owner can read a folder that is made so, and what is in it.
    made = Path(tempfile.mkdtemp(prefix=f"{FOLDER}-", dir=folder.parent))
    try:
        # In any repository, whatever that one's own list says.
        (made / ".gitignore").write_text("*\n", encoding="ascii")
        with open(os.open(made / _FILE, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(_BYTES))
            file.flush()
            os.fsync(file.fileno())
        # It comes as a whole, or not at all where there is one already.
        made.rename(folder)
    except OSError:
        if not folder.exists():
            raise
    finally:
        shutil.rmtree(made, ignore_errors=True)


def seed_of(secret: bytes, label: str, exercise: Exercise, code: Iterable[str | bytes]) -> int:
    """Return a seed of 32 bits for an answer.

    Parameters
    ----------
    secret : bytes
        The secret of the course.
    label : str
        What the seed is for: seeds of two labels say nothing about each other.
    exercise : Exercise
        What the answer is for.
    code : iterable of str or bytes
        All that decides what the answer does, in order: the files beside the notebook, and the
        texts of the cells that are run. Who handed it in, when, and under what name is no part.
    """
    digest = hmac.new(secret, digestmod="sha256")
    for part in (label, exercise.name, *code):
        data = part if isinstance(part, bytes) else part.encode("utf-8", "surrogatepass")
        # With its length: where one part ends and the next begins makes another answer.
        digest.update(len(data).to_bytes(8, "big") + data)
    return int.from_bytes(digest.digest()[:4], "big")


@dataclass(frozen=True)
class Seeds:
    """What the tests' inputs, the student's process and the functions served to it draw from."""

    tests: int
    student: int
    served: int


def seeds_of(
    secret: bytes, exercise: Exercise, code: Sequence[str | bytes], chosen: int | None = None
) -> Seeds:
    """Return the seeds of a grading; that of the tests may be chosen. See `seed_of`."""
    tests, student, served = (
        seed_of(secret, label, exercise, code) for label in ("tests", "student", "served")
    )
    return Seeds(tests if chosen is None else chosen, student, served)
