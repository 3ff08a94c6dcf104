"""What the learner has answered to the lessons' questions, in a file beside the notebooks."""

import contextlib
import json
import os
import time
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from workbook.course.questions import questions
from workbook.course.text import without_surrogates
from workbook.learn.finding import learners_folder
from workbook.learn.whole_file import read_whole, write_whole

#: The file, in the folder with all of the learner's notebooks.
ANSWERS_FILE = "quiz_answers.json"
_DAMAGED_FILE = "quiz_answers_damaged.json"
_VERSION = 1
_ABOUT = (
    "Your answers to the questions in the notebooks, as quiz() and progress() show them. They are "
    "not graded, and nothing is sent anywhere. If you delete this file, they are forgotten."
)
#: Somebody else writes the file for a fraction of a second; after that long, nobody does any more.
_WAIT_SECONDS, _LOOK_SECONDS = 2.0, 0.01


@dataclass(frozen=True)
class Answered:
    """What the learner has answered to one question.

    Attributes
    ----------
    first, last : str
        The first answer and the last one, as text.
    right : bool
        Whether the right answer was given; of an open question, whether anything was.
    tries : int
        How many answers were given, up to the right one.
    """

    first: str
    last: str
    right: bool
    tries: int


@dataclass(frozen=True)
class Count:
    """How many questions of a notebook are answered rightly, of how many."""

    right: int
    all: int

    def __str__(self) -> str:
        return f"{self.right} of {self.all}"


def answers_in(folder: Path) -> dict[str, Answered]:
    """Return what was answered, by the names of the questions.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks. Where its file is missing, damaged or
        cannot be read, nothing was answered.
    """
    try:
        return _answers(_read(folder / ANSWERS_FILE))
    except OSError:
        return {}


def counts(folder: Path) -> dict[str, Count]:
    """Return how many questions of each notebook are answered rightly, if it has any.

    Parameters
    ----------
    folder : Path
        A folder of notebooks; where there are none around, there is nothing to count.
    """
    home = learners_folder(folder)
    given = answers_in(home) if home else {}
    found: dict[str, Count] = {}
    for one in questions().values() if home else ():
        before = found.get(one.notebook, Count(0, 0))
        right = one.name in given and given[one.name].right
        found[one.notebook] = Count(before.right + right, before.all + 1)
    return found


def about_questions(asked: Mapping[str, Count]) -> str:
    """Return a sentence on how many questions of the course are answered; "" if it has none."""
    if not asked:
        return ""
    right, every = (sum(getattr(one, name) for one in asked.values()) for name in ("right", "all"))
    rightly = "rightly, where there is a right answer"
    return f"Questions: {right} of {every} answered ({rightly}). They are not graded."


def keep_answer(folder: Path, name: str, answer: str, right: bool) -> bool:
    """Add an answer to the file; return whether that was possible.

    A wrong answer after the right one changes nothing: somebody wants to know why it is wrong.

    Parameters
    ----------
    folder : Path
        The folder with all of the learner's notebooks.
    name : str
        Name of the question.
    answer : str
        The answer, as text.
    right : bool
        Whether it is right.
    """
    path = folder / ANSWERS_FILE
    with contextlib.suppress(OSError), _alone(folder):
        found = _read(path)
        if found is None:
            # Whatever it holds is the learner's.
            os.replace(path, folder / _DAMAGED_FILE)
        elif found.get("version", _VERSION) != _VERSION:
            # It is of a newer release, which knows what else is in it.
            return False
        given = _answers(found)
        before = given.get(name)
        now = _after(before, without_surrogates(answer), right)
        if now != before:
            answers = {one: asdict(entry) for one, entry in {**given, name: now}.items()}
            held = {"about": _ABOUT, "version": _VERSION, "answers": answers}
            write_whole(path, f"{json.dumps(held, ensure_ascii=False, indent=1)}\n".encode())
        return True
    return False


def _after(before: Answered | None, answer: str, right: bool) -> Answered:
    if before is None:
        return Answered(answer, answer, right, 1)
    if before.right and (not right or answer == before.last):
        return before
    tries = before.tries + (not before.right)
    return Answered(before.first, answer, before.right or right, tries)


def _read(path: Path) -> dict[str, Any] | None:
    """Return what the file holds; nothing if there is no file, None if it is damaged."""
    try:
        found = json.loads(read_whole(path).decode("utf-8-sig"))
    except FileNotFoundError:
        return {}
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None


def _answers(found: dict[str, Any] | None) -> dict[str, Answered]:
    """Return the answers that are whole, of what the file holds."""
    entries = (found or {}).get("answers")
    given = {}
    for name, entry in entries.items() if isinstance(entries, dict) else ():
        with contextlib.suppress(TypeError):
            one = Answered(**entry)
            if {key: type(value) for key, value in asdict(one).items()} == _TYPES:
                given[name] = one
    return given


_TYPES = {key: type(value) for key, value in asdict(Answered("", "", True, 1)).items()}


@contextlib.contextmanager
def _alone(folder: Path) -> Iterator[None]:
    """Let no other notebook write the file meanwhile.

    The lock is a file that only one can make. One that somebody has left is taken after a while.
    """
    lock = folder / f".{ANSWERS_FILE}.lock"
    end = time.monotonic() + _WAIT_SECONDS
    while True:
        try:
            os.close(os.open(lock, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            break
        except (FileExistsError, PermissionError):
            # Windows refuses a name that is just being freed.
            if not os.access(folder, os.W_OK):
                raise
            if time.monotonic() > end:
                break
            time.sleep(_LOOK_SECONDS)
    try:
        yield
    finally:
        with contextlib.suppress(OSError):
            os.unlink(lock)
