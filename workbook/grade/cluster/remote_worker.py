"""The work of a cluster's worker, on a machine that has this program but not the course.

It gets the course and the submissions as bytes, calls the functions of
`workbook.grade.workers.tasks` as any worker does, and answers with JSON text, a line a call:
``{"value": ...}``, ``{"error": sentence}``, after a fault of the grader ``{"fault": sentence,
"earned": verdicts or null}``, or, where nothing can be judged by the course,
``{"not_built": sentence}``. The judge is a process of its own, as on the command's own machine:
when it dies, the worker lives on. Student code runs in a confined process of the judge's, never in
the worker, which holds the course and a way to the scheduler.
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
from dataclasses import asdict, dataclass, replace
from functools import lru_cache, partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import workbook
from workbook.course.exercises import Exercise, use_course
from workbook.course.folder import Course, CourseError
from workbook.grade.cluster.attachments import StrippedJob, restore_pictures
from workbook.grade.cluster.course_archive import unpack
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers, readable, weaknesses
from workbook.grade.submissions.faults import GraderError, JudgeLostError
from workbook.grade.submissions.limits import UNCONFINED, Layers
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.results import Judged, to_json
from workbook.grade.workers.executor import LocalExecutor
from workbook.grade.workers.tasks import Setting, preload

# After that, calls that have not begun go back: another worker may be free for them.
_TURN_SECONDS = 1.0

# One thread does all the work of a worker, however many Dask has given it: a call at a time.
_WORK = ThreadPoolExecutor(1, "judging")


@dataclass(frozen=True)
class RunSetting:
    """The common part of all calls of a run.

    Attributes
    ----------
    course : bytes
        The packed course that each `Setting` among their arguments stands for.
    exercises : tuple of Exercise
        What the submissions are about.
    unconfined : bool
        Whether students' code may run without confinement, where there is none.
    memory_bytes : int
        What a judge may have beyond what it has at the start.
    """

    course: bytes
    exercises: tuple[Exercise, ...]
    unconfined: bool
    memory_bytes: int


@dataclass(frozen=True)
class _Here:
    """A run's course on this machine, the layers that it offers, and the process of the judge."""

    course: Course
    layers: Layers
    judge: LocalExecutor


def answers(run: bytes, calls: bytes) -> str:
    """Answer calls in turn until the time for a task is over; the first one in any case.

    Parameters
    ----------
    run : bytes
        The pickled `RunSetting`.
    calls : bytes
        The pickled list of pickled `functools.partial`: Dask, which passes it on, would look at
        each part.
    """
    from distributed import get_worker

    here = partial(_unpacked, run, Path(get_worker().local_directory))
    return _WORK.submit(_answers, here, pickle.loads(calls)).result()


def worker_facts(unconfined: bool) -> str:
    """Return a worker's versions and confinement, as JSON text."""
    try:
        notes, problem = weaknesses(detect_layers(unconfined)), ""
    except NotConfinedError as error:
        notes, problem = [], str(error)
    return json.dumps({"versions": worker_versions(), "notes": notes, "problem": problem})


def worker_versions() -> dict[str, str]:
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


def _local(here: _Here, argument: Any) -> Any:
    """Return an argument with paths and pictures of this machine's copy of the course."""
    if isinstance(argument, StrippedJob):
        return restore_pictures(here.course, argument)
    if isinstance(argument, Setting):
        return replace(argument, root=here.course.root, layers=here.layers)
    return argument


def _answers(here: Callable[[], _Here], calls: Sequence[bytes]) -> str:
    lines: list[str] = []
    end = time.monotonic() + _TURN_SECONDS
    for call in calls:
        if lines and time.monotonic() > end:
            break
        lines.append(_answer(here, pickle.loads(call)))
    return "\n".join(lines)


def _answer(here: Callable[[], _Here], call: partial[Any]) -> str:
    try:
        arguments = [_local(here(), one) for one in call.args]
        value = here().judge.submit(call.func, *arguments, **call.keywords).result()
        if isinstance(value, Judged):
            return json.dumps({"judged": [to_json(value.result), value.notebook]})
        return json.dumps({"value": value})
    except NotBuiltError as error:
        return json.dumps({"not_built": f"on {platform.node()}, {error}"})
    except GraderError as error:
        earned = error.earned if isinstance(error, JudgeLostError) else None
        verdicts = earned and [asdict(one) for one in earned]
        return json.dumps({"fault": f"on {platform.node()}, {error}", "earned": verdicts})
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
def _unpacked(run: bytes, scratch: Path) -> _Here:
    """Return what a run needs here; the course is in a folder that only this user can read.

    Raises
    ------
    NotBuiltError
        If nothing can be judged by this course.
    """
    _OPEN.close()
    asked: RunSetting = pickle.loads(run)
    layers = detect_layers(asked.unconfined)
    # Also what the judge puts down: Dask removes its workers' folders, whatever ends them.
    tempfile.tempdir = str(scratch)
    # A new folder for each version: caches know files by their paths.
    folder = _OPEN.enter_context(TemporaryDirectory(prefix="course-", dir=scratch))
    # Also where the next course cannot be unpacked, what was found of this one is found no more.
    _OPEN.callback(_unpacked.cache_clear)
    course = unpack(asked.course, _checked_folder(Path(folder), layers))
    use_course(course.root)
    judge = LocalExecutor(1, partial(preload, course, asked.exercises), asked.memory_bytes)
    _OPEN.callback(judge.shutdown, cancel_futures=True)
    return _Here(course, layers, judge)


def _checked_folder(folder: Path, layers: Layers) -> Path:
    """Return a folder; raise CourseError if students' code can read it."""
    shown = [path for path in readable() if folder.resolve().is_relative_to(path.resolve())]
    if shown and layers != UNCONFINED:
        raise CourseError(
            f"students' code may read {shown[0]}, and with it the worker's folder {folder}; start "
            "the worker with another --local-directory"
        )
    return folder
