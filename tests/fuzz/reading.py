"""What must hold of reading what a student has handed in, whatever bytes it has."""

import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import nbformat
from hypothesis import strategies as st

from tests.fuzz.archived import archives
from tests.fuzz.damaged import notebooks
from tests.layouts import FOLDER, ONE, RIGHT, A, B, write
from tests.submissions import COURSE
from workbook.course.exercises import find, of_assignment
from workbook.course.text import printable
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.decode import InvalidSubmissionError
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.results import Judged, from_json, to_json
from workbook.grade.submissions.submission import Submission, grade_id, read_submission

# An example has a few MB: it takes a tenth of this.
SECONDS = 5
MEMORY = 2**29

WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
DOES = (
    "os.mkdir", "os.rename", "os.remove", "os.rmdir", "os.symlink", "os.link", "os.chmod",
    "os.chown", "os.truncate", "os.utime", "os.system", "os.exec", "os.fork", "os.posix_spawn",
    "os.kill", "subprocess.Popen", "socket.connect", "socket.bind", "shutil.", "tempfile.",
    "pickle.", "exec",
)  # fmt: skip

DISK = [f"{FOLDER}/{A}", f"{FOLDER}/{B}", "work.zip", f"{FOLDER}/work", "a.tar.gz", "notes.txt"]


@st.composite
def handed_in(draw: st.DrawFn) -> dict[str, Any]:
    """Draw what a student hands in: a notebook alone, or several files, among which one counts."""
    if draw(st.booleans()):
        return {DISK[0]: draw(notebooks())}
    anything = notebooks() | archives() | st.binary(max_size=100)
    return draw(st.dictionaries(st.sampled_from(DISK), anything, min_size=1, max_size=3))


class _Watch:
    """Notes what this process does to anything outside of itself, while it is told to."""

    def __init__(self) -> None:
        self.seen: list[str] | None = None
        sys.addaudithook(self._hook)

    def _hook(self, event: str, args: tuple[Any, ...]) -> None:
        if self.seen is None:
            return
        if event == "open" and isinstance(args[2], int) and not args[2] & WRITES:
            return
        # A module is compiled where it is imported for the first time.
        if (
            event == "open"
            and isinstance(args[0], str | bytes)
            and "__pycache__" not in str(args[0])
        ):
            self.seen.append(f"open {args[:2]}")
        elif event.startswith(DOES) and event != "exec" and "__pycache__" not in str(args):
            self.seen.append(f"{event} {args}")

    @contextlib.contextmanager
    def nothing(self) -> Iterator[None]:
        """Raise AssertionError if anything is done in this context."""
        self.seen = []
        try:
            yield
            seen = self.seen
        finally:
            self.seen = None
        assert not seen, seen


_watch = _Watch()


def _peak() -> int:
    """Return the most memory that this process has had since it was last asked."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")
    return 1024 * int(status.partition("VmHWM:")[2].split()[0])


def _too_long(*args: object) -> None:
    raise AssertionError(f"it took more than {2 * SECONDS} seconds of the processor")


@contextlib.contextmanager
def harmless() -> Iterator[None]:
    """Raise AssertionError where a context takes too long, too much memory, or writes anything."""
    _peak()
    before, started = _peak(), time.process_time()
    handler = signal.signal(signal.SIGPROF, _too_long)
    # For what would never end.
    signal.setitimer(signal.ITIMER_PROF, 2 * SECONDS)
    try:
        with _watch.nothing():
            yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, handler)
    taken, most = time.process_time() - started, _peak() - before
    assert taken < SECONDS, f"it took {taken:.1f} seconds of the processor"
    assert most < MEMORY, f"it took {most >> 20} MiB"


@cache
def judge() -> Judge:
    """Return a judge that knows the exercises; it never runs what is handed in."""
    found = Judge(COURSE, Limits(), UNCONFINED)
    for exercise in (*of_assignment(FOLDER), find("train_it")):
        found.lost(Job("ada", exercise, None, secret=b"secret"), ())
    return found


def check_handed_in(files: dict[str, Any]) -> None:
    """Raise AssertionError unless what a student handed in is read, or named, and does no harm.

    Any exception but those that are documented comes through.
    """
    judge()
    data = {name: one if isinstance(one, bytes) else one.data() for name, one in files.items()}
    with tempfile.TemporaryDirectory() as top:
        students = Path(top) / "submitted"
        write(students / "ada", data)
        write(students, {f"emmy/{ONE.notebook_path}": RIGHT})
        with harmless():
            found = find_submissions(students)
            jobs = [replace(one.job(), secret=b"secret") for one in found.submitted]
            # As if judges had died of it: it is read, and shown, and not run.
            judged = [judge().lost(job, ()) for job in jobs]
        right = [job.data for job in jobs if (job.student, job.exercise) == ("emmy", ONE)]
        assert right == [RIGHT]
        for job, one in zip(jobs, judged, strict=True):
            check_judged(job, one)
        for text in (*found.problems, *found.notes):
            check_sentence(text)
        # Nothing is lost without a word.
        graded = any(one.student == "ada" and one.place for one in found.submitted)
        named = any(text.startswith(("ada:", "ada,")) for text in (*found.problems, *found.notes))
        assert graded or named


def check_judged(job: Job, judged: Judged) -> None:
    """Raise AssertionError unless what was made of a file is well formed."""
    assert not any(".." in name.split("/") or name[:1] == "/" for name in job.beside.files)
    for text in (*job.notes, *job.beside.notes, *judged.result.notes):
        check_sentence(text)
    assert judged.result.points == 0
    assert from_json(to_json(judged.result)) == judged.result
    assert bool(judged.notebook) != job.is_missing
    if judged.notebook:
        nbformat.validate(nbformat.reads(judged.notebook, as_version=4))
        judged.notebook.encode()
    if job.data is not None:
        source = course_notebook(COURSE, "source", job.exercise)
        with contextlib.suppress(InvalidSubmissionError):
            check_submission(read_submission(job.data, source), source)


def check_submission(submission: Submission, source: Any) -> None:
    """Raise AssertionError unless the course's own metadata are on each cell that counts."""
    assert len(submission.numbers) == len(submission.notebook.cells)
    known = {grade_id(cell): cell for cell in source.cells if grade_id(cell)}
    for cell in submission.notebook.cells:
        if name := grade_id(cell):
            assert cell.metadata == known.pop(name).metadata
    assert not [name for name, cell in known.items() if cell.metadata.nbgrader.grade]
    assert set(submission.stubs) <= set(submission.answers.values())
    for text in submission.notes:
        check_sentence(text)


def check_sentence(text: str) -> None:
    """Raise AssertionError unless a text can be written and shown; none may fill a screen."""
    text.encode()
    assert text.strip()
    assert text == printable(text)
    assert len(text) < 5000, text[:300]
