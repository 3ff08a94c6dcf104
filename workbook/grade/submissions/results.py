"""Results of submissions, and their files."""

import contextlib
import fcntl
import json
import os
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import IO, Any

from workbook.course.verdicts import Verdict
from workbook.grade.submissions.disk import refusal

#: In the place of a status: there is no result, and there must be no mark.
NOT_GRADED = "not graded"

# DEL, and all that is no ASCII: whether a character is shown is looked up for these alone.
_NOT_PLAIN = re.compile(r"[\x7f-\U0010ffff]")

# The suffix of a file that is not yet complete.
_PART = ".part"

# The folders that this process keeps from others: it may ask for them again.
_HELD = set[Path]()


@dataclass(frozen=True)
class Result:
    """The outcome of one exercise of one student.

    Attributes
    ----------
    student, assignment, exercise : str
        Names of the three.
    status : str
        "graded", "missing", "invalid", "crashed", "timeout" or "out_of_memory".
    points, max_points : float
        Points that were earned, and that could be earned.
    tests : tuple of Verdict
        One for each hidden test.
    notes : tuple of str
        Remarks on the submission, for the instructor.
    limits : dict of str to str
        Limits that were reached: their names, and their descriptions for the student.
    answered : bool or None
        Whether a cell for an answer was changed; None if the notebook has no such cell.
    untouched : tuple of str
        Names of the cells for an answer that are as they were released.
    written : dict of str to str
        Hashes of the answers that a person marks, by the names of their cells; of those that are
        untouched there is none.
    voided : dict of str to dict
        The tests whose points are not as they were judged: how the test counts ("" if it has only
        got points of another one), and the ``points`` and ``max_points`` that it was judged with.
    submission_sha256, tests_sha256 : str
        Hashes of the submitted file ("" if missing) and of all that decides its mark.
    seed : int
        Seed of the tests' inputs.
    seconds : float
        Wall time that grading took.
    versions : dict of str to str
        Of Python, NumPy and this program.
    """

    student: str
    assignment: str
    exercise: str
    status: str
    points: float
    max_points: float
    tests: tuple[Verdict, ...]
    notes: tuple[str, ...] = ()
    limits: dict[str, str] = field(default_factory=dict)
    answered: bool | None = None
    untouched: tuple[str, ...] = ()
    written: dict[str, str] = field(default_factory=dict)
    voided: dict[str, dict[str, Any]] = field(default_factory=dict)
    submission_sha256: str = ""
    tests_sha256: str = ""
    seed: int = 0
    seconds: float = 0.0
    versions: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Judged:
    """The outcome of judging one submission.

    Attributes
    ----------
    result : Result
        The outcome of every hidden test.
    notebook : str
        Text of the autograded notebook; "" if nothing was submitted.
    """

    result: Result
    notebook: str


def to_json(result: Result) -> str:
    """Return the text of a result's file."""
    text = json.dumps(vars(result), indent=1, ensure_ascii=False, default=vars) + "\n"
    # A terminal that shows the file must not be steered by what a student wrote.
    return _NOT_PLAIN.sub(_escaped, text)


def _escaped(found: re.Match[str]) -> str:
    return found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1]


def from_json(text: str) -> Result:
    """Read a result's file; raise ValueError if it is not one."""
    data: Any = json.loads(text)
    if isinstance(data, dict):
        # An older version of the program wrote it without.
        data.setdefault("written", {})
        data.setdefault("voided", {})
    if not isinstance(data, dict) or set(data) != {f.name for f in fields(Result)}:
        raise ValueError("not a result")
    data["tests"] = tuple(Verdict(**verdict) for verdict in data["tests"])
    data["notes"], data["limits"] = tuple(data["notes"]), dict(data["limits"])
    data["untouched"] = tuple(data["untouched"])
    return Result(**data)


def result_path(folder: Path, student: str, exercise: str) -> Path:
    """Return the path of a result's file in the folder ``results``."""
    return folder / student / f"{exercise}.json"


class CannotWriteError(Exception):
    """A file cannot be written, such as on a full disk; the text says which one, and why."""


def write_result(folder: Path, result: Result, outdated: Iterable[Path] = ()) -> None:
    """Write a result's file in the folder ``results``; see `whole_file`."""
    path = result_path(folder, result.student, result.exercise)
    write_text(path, to_json(result), outdated)


def write_text(path: Path, text: str, outdated: Iterable[Path] = ()) -> None:
    """Write a file, whole or not at all; see `whole_file`."""
    with whole_file(path, outdated) as file:
        file.write(text)


@contextlib.contextmanager
def whole_file(
    path: Path, outdated: Iterable[Path] = (), encoding: str | None = "utf-8", mode: int = 0o666
) -> Iterator[IO[Any]]:
    """Open a file that appears complete or not at all, even if the program is killed.

    Parameters
    ----------
    path : pathlib.Path
        Where to write; its folder is made if necessary.
    outdated : iterable of pathlib.Path
        Files that belong to the old content. They are removed just before it is replaced.
    encoding : str, optional
        How the file is encoded; None for a file of bytes.
    mode : int, optional
        What the owner and others may do with it, within what the system lets new files have.

    Raises
    ------
    CannotWriteError
        If it cannot be written; the old content is still there then.
    """
    part = path.with_name(path.name + _PART)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # One that a killed program left may be for everybody.
        part.unlink(missing_ok=True)
        handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        kind, newline = ("w", "") if encoding else ("wb", None)
        with open(handle, kind, encoding=encoding, newline=newline) as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        for other in outdated:
            other.unlink(missing_ok=True)
        part.replace(path)
    except OSError as error:
        why = refusal(error, path.parent)
        raise CannotWriteError(f"{path} cannot be written ({why})") from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)


def remove(*paths: Path) -> None:
    """Remove files, if they exist; raise CannotWriteError if one cannot be removed."""
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise CannotWriteError(f"{path} cannot be removed ({error.strerror})") from error


@contextlib.contextmanager
def prepared(out: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Make the folder of a run, and keep it from others while this one works; see `alone_in`.

    Incomplete files that a killed run has left behind are removed.

    Parameters
    ----------
    out : pathlib.Path
        The folder.
    say : callable
        Called with a sentence if another command has to end first.

    Raises
    ------
    CannotWriteError
        If the folder cannot be made, or a file cannot be removed.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_write(out, error) from error
    with alone_in(out, say):
        for folder in ("results", "autograded", "feedback"):
            for place, _, names in os.walk(out / folder):
                remove(*(Path(place) / name for name in names if name.endswith(_PART)))
        yield


@contextlib.contextmanager
def alone_in(out: Path, say: Callable[[str], None]) -> Iterator[None]:
    """Keep other commands from writing into the folder of a grading, if it is there.

    Of two in one folder the second would remove and replace what the first has not yet written to
    the end; and the first would then write what it still takes for the marks.

    Parameters
    ----------
    out : pathlib.Path
        The folder.
    say : callable
        Called with a sentence if another command has to end first.

    Raises
    ------
    CannotWriteError
        If the folder cannot be opened.
    """
    here = out.resolve()
    if here in _HELD:
        yield
        return
    try:
        handle = os.open(out, os.O_RDONLY)
    except FileNotFoundError:
        yield
        return
    except OSError as error:
        raise _cannot_write(out, error) from error
    try:
        # Some network drives lock no folder.
        with contextlib.suppress(OSError):
            _wait_for(handle, out, say)
        _HELD.add(here)
        yield
    finally:
        _HELD.discard(here)
        os.close(handle)


def _cannot_write(out: Path, error: OSError) -> CannotWriteError:
    return CannotWriteError(f"{out} cannot be written ({error.strerror})")


def _wait_for(handle: int, out: Path, say: Callable[[str], None]) -> None:
    """Lock a folder; the lock ends with the process, however that ends."""
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        say(f"Another command is at work in {out}. This one waits until it has ended.")
        fcntl.flock(handle, fcntl.LOCK_EX)


def read_results(folder: Path) -> Iterator[Result]:
    """Yield the results of all students, of this and of earlier gradings, student by student."""
    for path in sorted(folder.glob("*/*.json")):
        result = read_result(folder, path.parent.name, path.stem)
        if result is not None:
            yield result


def read_result(folder: Path, student: str, exercise: str) -> Result | None:
    """Return an earlier result, or None if there is none that can be read."""
    try:
        path = result_path(folder, student, exercise)
        return from_json(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, TypeError):
        return None
