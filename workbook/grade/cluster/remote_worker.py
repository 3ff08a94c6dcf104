"""The work of a cluster's worker, on a machine that has this program but not the course.

It gets the course and the submissions as bytes, calls the functions of
`workbook.grade.workers.tasks` as any worker does, and answers with JSON text, a line a call:
``{"value": ...}``, ``{"error": sentence}``, or, where nothing can be judged by the course,
``{"not_built": sentence}``. Student code runs in the confined process of the judge, never in the
worker, which holds the course and a way to the scheduler.
"""

import atexit
import hashlib
import json
import pickle
import platform
import tempfile
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import dataclass, replace
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import workbook
from workbook.course.exercises import Exercise, use_course
from workbook.course.folder import Course, CourseError
from workbook.grade.cluster.attachments import StrippedJob, with_pictures
from workbook.grade.cluster.course_archive import unpack
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers, readable, weaknesses
from workbook.grade.submissions.limits import UNCONFINED, Layers
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.results import Judged, to_json
from workbook.grade.workers.processor_affinity import bind_to_free_core
from workbook.grade.workers.tasks import Setting, preload

# After that, calls that have not begun go back: another worker may be free for them.
_TURN_SECONDS = 1.0

# One thread does all the work of a worker, however many Dask has given it: hidden tests share
# Python's own state, and Linux ends the students' process with the thread that has started it.
_WORK = ThreadPoolExecutor(1, "judging", bind_to_free_core)


@dataclass(frozen=True)
class Run:
    """The common part of all calls of a run.

    Attributes
    ----------
    course : bytes
        The packed course that each `Setting` among their arguments stands for.
    exercises : tuple of Exercise
        What the submissions are about.
    unconfined : bool
        Whether students' code may run without confinement, where there is none.
    """

    course: bytes
    exercises: tuple[Exercise, ...]
    unconfined: bool


def answers(run: bytes, calls: bytes) -> str:
    """Answer calls in turn until the time for a task is over; the first one in any case.

    Parameters
    ----------
    run : bytes
        The pickled `Run`.
    calls : bytes
        The pickled list of pickled `functools.partial`: Dask, which passes it on, would look at
        each part.
    """
    from distributed import get_worker

    local = partial(_local, run, Path(get_worker().local_directory))
    return _WORK.submit(_answers, local, pickle.loads(calls)).result()


def facts(unconfined: bool) -> str:
    """Return a worker's versions and confinement, as JSON text."""
    try:
        notes, problem = weaknesses(detect_layers(unconfined)), ""
    except NotConfinedError as error:
        notes, problem = [], str(error)
    return json.dumps({"versions": versions(), "notes": notes, "problem": problem})


def versions() -> dict[str, str]:
    """Return the versions of Python and of the packages that decide a mark."""
    names = ("numpy", "nbformat", "distributed", "backprop-workbook")
    found = {"python": platform.python_version()} | {name: version(name) for name in names}
    # A copy that somebody works on has the same number as the one that they started from.
    folder = Path(workbook.__file__).parent
    digest = hashlib.sha256()
    for path in sorted([*folder.rglob("*.py"), *folder.glob("course/data/*.json")]):
        digest.update(path.read_bytes())
    found["backprop-workbook"] += f" ({digest.hexdigest()[:8]})"
    return found


def _local(run: bytes, scratch: Path, argument: Any) -> Any:
    """Return an argument with paths and pictures of this machine's copy of the course."""
    if not isinstance(argument, Setting | StrippedJob):
        return argument
    course, layers = _unpacked(run, scratch)
    if isinstance(argument, StrippedJob):
        return with_pictures(course, argument)
    return replace(argument, root=course.root, layers=layers)


def _answers(local: Callable[[Any], Any], calls: Sequence[bytes]) -> str:
    lines: list[str] = []
    end = time.monotonic() + _TURN_SECONDS
    for call in calls:
        if lines and time.monotonic() > end:
            break
        lines.append(_answer(local, pickle.loads(call)))
    return "\n".join(lines)


def _answer(local: Callable[[Any], Any], call: partial[Any]) -> str:
    try:
        value = call.func(*map(local, call.args), **call.keywords)
        if isinstance(value, Judged):
            return json.dumps({"judged": [to_json(value.result), value.notebook]})
        return json.dumps({"value": value})
    except NotBuiltError as error:
        return json.dumps({"not_built": f"on {platform.node()}, {error}"})
    except Exception as error:
        # Text, as everything that goes back: the command opens no object that a worker has made.
        kind = type(error).__name__
        expected = isinstance(error, NotConfinedError | CourseError)
        said = str(error) if expected else f"{kind}: {error}"
        return json.dumps({"error": f"on {platform.node()}, {said}"})


# Holds the folder of the course of the latest run.
_OPEN = ExitStack()
atexit.register(_OPEN.close)


@lru_cache(maxsize=1)
def _unpacked(run: bytes, scratch: Path) -> tuple[Course, Layers]:
    """Return a run's course, in a folder that only this user can read, and the layers.

    Raises
    ------
    NotBuiltError
        If nothing can be judged by this course.
    """
    _OPEN.close()
    asked: Run = pickle.loads(run)
    layers = detect_layers(asked.unconfined)
    # Also what the judge puts down: Dask removes its workers' folders, whatever ends them.
    tempfile.tempdir = str(scratch)
    # A new folder for each version: caches know files by their paths.
    folder = _OPEN.enter_context(TemporaryDirectory(prefix="course-", dir=scratch))
    # Also where the next course cannot be unpacked, what was found of this one is found no more.
    _OPEN.callback(_unpacked.cache_clear)
    course = unpack(asked.course, _checked_folder(Path(folder), layers))
    use_course(course.root)
    preload(course, asked.exercises)
    return course, layers


def _checked_folder(folder: Path, layers: Layers) -> Path:
    """Return a folder; raise CourseError if students' code can read it."""
    shown = [path for path in readable() if folder.resolve().is_relative_to(path.resolve())]
    if shown and layers != UNCONFINED:
        raise CourseError(
            f"students' code may read {shown[0]}, and with it the worker's folder {folder}; start "
            "the worker with another --local-directory"
        )
    return folder
