"""What a worker of a cluster does, on a machine that has this program but not the course.

It gets the course and the submission as bytes, judges as any worker does (`workbook.grade.work`),
and answers with JSON text: ``{"value": ...}``, or ``{"error": sentence}``. Student code runs in the
confined process of the judge, never in the worker, which holds the course and a way to the
scheduler.
"""

import atexit
import hashlib
import json
import platform
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import workbook
from workbook.course import Course, CourseError
from workbook.grade import work
from workbook.grade.confinement import (
    UNCONFINED,
    Layers,
    NotConfinedError,
    chosen,
    readable,
    weaker,
)
from workbook.grade.jobs import Job
from workbook.grade.limits import Limits
from workbook.grade.marks import Marks
from workbook.grade.packing import unpack
from workbook.grade.results import from_json, to_json
from workbook.grade.work import Judged, Setting

# One thread does all the work of a worker, however many Dask has given it: hidden tests share
# Python's own state, and Linux ends the students' process with the thread that has started it.
_WORK = ThreadPoolExecutor(1, "judging")


def judge(course: bytes, limits: Limits, unconfined: bool, job: Job) -> str:
    """Return the result of a submission, and its autograded notebook."""
    return _answer(_in_one_thread, _judge, _scratch(), course, limits, unconfined, job)


def show(course: bytes, limits: Limits, unconfined: bool, job: Job, result: str) -> str:
    """Return an earlier result of the same submission, with its autograded notebook."""
    return _answer(_in_one_thread, _show, _scratch(), course, limits, unconfined, job, result)


def feedback(title: str, notebook: str, marks: Marks) -> str:
    """Return the page that a student gets back for an autograded notebook."""
    return _answer(_in_one_thread, work.feedback, title, notebook, marks)


def facts(unconfined: bool) -> str:
    """Return what the command wants to know of a worker: its versions, and its confinement."""
    return _answer(_facts, unconfined)


def versions() -> dict[str, str]:
    """Return the versions of what decides a mark, as far as it is not the course."""
    names = ("numpy", "nbformat", "distributed", "backprop-workbook")
    found = {"python": platform.python_version()} | {name: version(name) for name in names}
    # A copy that somebody works on has the same number as the one that they started from.
    found["backprop-workbook"] += f" ({_program()[:8]})"
    return found


def _program() -> str:
    """Return a hash of the program's files."""
    folder = Path(workbook.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.glob("learn/data/*.json")]):
        digest.update(path.read_bytes())
    return digest.hexdigest()


def _answer(function: Callable[..., Any], *args: Any) -> str:
    try:
        return json.dumps({"value": function(*args)})
    except Exception as error:
        # Text, as everything that goes back: the command opens no object that a worker has made.
        kind = type(error).__name__
        expected = isinstance(error, NotConfinedError | CourseError)
        here = f"on {platform.node()}, "
        return json.dumps({"error": here + (str(error) if expected else f"{kind}: {error}")})


def _in_one_thread(function: Callable[..., Any], *args: Any) -> Any:
    return _WORK.submit(function, *args).result()


def _judge(scratch: str, course: bytes, limits: Limits, unconfined: bool, job: Job) -> list[str]:
    return _sent(work.judge(_setting(scratch, course, limits, unconfined), job))


def _show(
    scratch: str, course: bytes, limits: Limits, unconfined: bool, job: Job, result: str
) -> list[str]:
    setting = _setting(scratch, course, limits, unconfined)
    return _sent(work.show(setting, job, from_json(result)))


def _sent(judged: Judged) -> list[str]:
    return [to_json(judged.result), judged.notebook]


def _setting(scratch: str, course: bytes, limits: Limits, unconfined: bool) -> Setting:
    layers = _layers(unconfined)
    return Setting(_PLACE.course(course, Path(scratch), layers).root, limits, layers)


@lru_cache(maxsize=2)
def _layers(unconfined: bool) -> Layers:
    return chosen(unconfined)


def _facts(unconfined: bool) -> dict[str, Any]:
    try:
        notes, problem = weaker(_layers(unconfined)), ""
    except NotConfinedError as error:
        notes, problem = [], str(error)
    return {"versions": versions(), "notes": notes, "problem": problem}


def _scratch() -> str:
    """Return the folder of the Dask worker that this is; Dask removes it, even after a kill."""
    from distributed import get_worker

    return str(get_worker().local_directory)


class _Place:
    """Where a worker keeps the course that it judges: one, the latest."""

    def __init__(self) -> None:
        self._packed = b""
        self._folder: TemporaryDirectory[str] | None = None
        self._course: Course | None = None

    def course(self, packed: bytes, scratch: Path, layers: Layers) -> Course:
        """Return the course, unpacked into a folder that only this user can read."""
        if self._course is None or packed != self._packed:
            self.clear()
            # A new folder for each version: caches know files by their paths.
            self._folder = TemporaryDirectory(prefix="course-", dir=scratch)
            self._course = unpack(packed, _hidden(Path(self._folder.name), layers))
            self._packed = packed
        return self._course

    def clear(self) -> None:
        """Remove the folder."""
        self._course = None
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None


_PLACE = _Place()
atexit.register(_PLACE.clear)


def _hidden(folder: Path, layers: Layers) -> Path:
    """Return a folder, if students' code cannot read it."""
    shown = [path for path in readable() if folder.resolve().is_relative_to(path.resolve())]
    if shown and layers != UNCONFINED:
        raise CourseError(
            f"students' code may read {shown[0]}, and with it the worker's folder {folder}; start "
            "the worker with another --local-directory"
        )
    return folder
