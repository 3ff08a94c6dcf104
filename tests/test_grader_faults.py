"""A fault of the grader is never the student's: each mark is right, or not given."""

import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterable
from concurrent.futures import Future
from functools import partial
from pathlib import Path
from types import SimpleNamespace

import nbformat
import pytest
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.coursedir import CourseDirectory

from tests.faults import die
from tests.gradebooks import address
from tests.grader_faults import FAULTS, Disturbed
from tests.reference import by_commit
from tests.submissions import COURSE, answer_text, hand_in
from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.course.nbgrader_course import course_config
from workbook.grade import nbgrader_plugins
from workbook.grade.command import grade_and_show
from workbook.grade.judging.judge import Judge
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.faults import GraderError, JudgeLostError
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.plan import Plan
from workbook.grade.submissions.results import read_results
from workbook.grade.workers.executor import LocalExecutor
from workbook.grade.workers.tasks import preload
from workbook.grade.workers.worker import tell_executor

pytestmark = pytest.mark.slow

EXERCISE = find("update_parameters")
# By student: the known mistake that they have made, and their points.
CLASS = {"ada": ("", 8), "bea": ("", 8), "cleo": (None, 0)}
RIGHT = {student: points for student, (_, points) in CLASS.items()}


@pytest.fixture(scope="module")
def submitted(tmp_path_factory):
    folder = tmp_path_factory.mktemp("class") / "submitted"
    for student, (variant, _) in CLASS.items():
        hand_in(folder, student, EXERCISE, variant)
    return folder


@pytest.fixture
def judge_of():
    """A function that returns a judge with these limits."""
    with contextlib.ExitStack() as stack:
        yield lambda limits: stack.enter_context(
            contextlib.closing(Judge(COURSE, limits, UNCONFINED))
        )


def run(submitted: Path, out: Path, disturbed=None, jobs: int = 1, **options) -> int:
    """Grade the class in processes in which something goes wrong; return the exit status."""
    found = find_submissions(submitted)
    limits = options.pop("limits", Limits())
    layers = options.pop("layers", UNCONFINED)
    plan = Plan(COURSE, found, out, address(out / "gradebook.db"), limits, layers, feedback=False)
    executor = partial(LocalExecutor, jobs, disturbed, limits.judge_memory_bytes)
    return grade_and_show(plan, contextlib.nullcontext((executor, jobs)))


def points(out: Path) -> dict[str, float]:
    return {one.student: one.points for one in read_results(out / "results")}


def marks(out: Path) -> dict[str, float]:
    """Return the automatic marks in the gradebook, by student; none where a cell has none."""
    with Gradebook(address(out / "gradebook.db")) as gradebook:
        scores = {
            one.student.id: [grade.auto_score for book in one.notebooks for grade in book.grades]
            for one in gradebook.assignment_submissions(EXERCISE.assignment)
        }
    return {name: sum(parts) for name, parts in scores.items() if None not in parts}


# These happen only to what is confined: else, a student's own code could do it.
CONFINED = ["server killed"]


def class_of(folder: Path, students: Iterable[str]) -> Path:
    """Write a class of these students, who are right, beside one who is, and one who is not."""
    for student in ("ada", *students):
        hand_in(folder, student, EXERCISE)
    hand_in(folder, "cleo", EXERCISE, None)
    return folder


@pytest.mark.parametrize(
    "faults",
    [CONFINED, by_commit([one for one in FAULTS if one not in CONFINED], 2)],
    ids=["confined", "the others"],
)
def test_a_fault_costs_nobody_a_mark(faults, tmp_path, capfd):
    # Each student's submission meets the fault that they are named after.
    layers = detect_layers() if faults == CONFINED else UNCONFINED
    disturbed = Disturbed({}, dict(zip(faults, faults, strict=True)), tmp_path, EXERCISE)
    out = tmp_path / "out"
    status = run(class_of(tmp_path / "class", faults), out, disturbed, layers=layers)
    said = capfd.readouterr()
    assert "Traceback" not in said.out + said.err
    assert status == 3
    graded = points(out)
    # Little memory may suffice.
    spared = {"little memory"} & graded.keys()
    assert graded == marks(out) == {"ada": 8, "cleo": 0} | dict.fromkeys(spared, 8)
    text = " ".join(said.out.split())
    for fault in {*faults} - spared:
        assert f"{fault}: update_parameters was not graded: " in text
    assert text.count("; run the command again to grade it") == len(faults) - len(spared)


def test_what_goes_wrong_once_is_tried_again(tmp_path):
    faults = ["no process", "judge killed"]
    once = Disturbed(dict(zip(faults, faults, strict=True)), {}, tmp_path, EXERCISE)
    assert run(class_of(tmp_path / "class", faults), tmp_path / "out", once) == 0
    assert {path.name for path in tmp_path.glob("first *")} == {f"first {one}" for one in faults}
    assert points(tmp_path / "out") == {"ada": 8, "cleo": 0} | dict.fromkeys(faults, 8)


def test_the_next_run_takes_up_what_was_not_graded(submitted, tmp_path, capfd):
    out = tmp_path / "out"
    assert run(submitted, out) == 0
    assert marks(out) == RIGHT
    # Another answer, and a judge that dies of it: the mark of the earlier answer does not stay.
    shutil.copytree(submitted, tmp_path / "submitted")
    hand_in(tmp_path / "submitted", "bea", EXERCISE, None)
    fault = Disturbed({}, {"bea": "judge killed"}, tmp_path, EXERCISE)
    assert run(tmp_path / "submitted", out, fault) == 3
    assert "the process that worked on it died" in " ".join(capfd.readouterr().out.split())
    assert marks(out) == {"ada": 8, "cleo": 0}
    assert "bea" not in points(out)
    assert not list(out.glob("*/bea/*/*"))
    # What the others have stays as it is.
    assert run(tmp_path / "submitted", out) == 0
    assert marks(out) == RIGHT | {"bea": 0}


# Two tests get right answers; then a judge with little memory gets a large one.
LARGE = """
calls = []

def linear_forward(A, W, b):
    calls.append(A)
    right = W @ A + b, (A, W, b)
    return right if len(calls) <= 12 else np.ones((1900, 2000))
"""


def test_what_a_judge_dies_of_twice_is_the_end_of_that_submission_alone(tmp_path, capfd):
    exercise = find("linear_forward")
    for student in ("ada", "bea", "cleo"):
        path = hand_in(tmp_path / "submitted", student, exercise)
        if student == "bea":
            notebook = filled_notebook(COURSE, exercise, LARGE)
            path.write_text(nbformat.writes(notebook), encoding="utf-8")
    limits = Limits(judge_memory_bytes=36 * 2**20)
    preloading = partial(preload, COURSE, (exercise,))
    assert run(tmp_path / "submitted", tmp_path / "out", preloading, limits=limits) == 0
    results = {one.student: one for one in read_results(tmp_path / "out" / "results")}
    assert [results[name].points for name in ("ada", "cleo")] == [8, 8]
    large = results["bea"]
    assert large.status == "out_of_memory"
    # What was earned before stays.
    assert large.points == sum(one.points for one in large.tests if one.passed) > 0
    (message,) = {one.message for one in large.tests if not one.passed}
    assert large.notes == (message,)
    assert "too large for the memory of the grader" in message


def test_a_judge_that_is_killed_by_what_it_has_in_hand(tmp_path):
    with LocalExecutor(1) as executor:
        with pytest.raises(JudgeLostError) as lost:
            executor.submit(note_and_die, ("so far",)).result()
        assert lost.value.earned == ("so far",)
        # What it had in hand before does not count.
        with pytest.raises(JudgeLostError) as lost:
            executor.submit(note_and_die, None).result()
        assert lost.value.earned is None


def note_and_die(value):
    tell_executor(("before",))
    tell_executor(value)
    die()


@contextlib.contextmanager
def busy(count: int):
    """Let this process, and what it starts, share one core with so many others that use it."""
    cores = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(cores)})
    command = [sys.executable, "-c", "while True: pass"]
    # The system may divide its time by sessions first.
    others = [subprocess.Popen(command, start_new_session=True) for _ in range(count)]
    try:
        yield
    finally:
        os.sched_setaffinity(0, cores)
        for other in others:
            other.kill()
            other.wait()


# It takes a third of the limit where a core is free for it.
SLOW = "import time\nend = time.process_time() + 0.2\nwhile time.process_time() < end: pass\n"


def test_time_in_which_the_machine_was_busy_does_not_count(judge_of):
    notebook = filled_notebook(COURSE, EXERCISE, SLOW + answer_text(EXERCISE))
    endless = filled_notebook(COURSE, EXERCISE, "while True: pass")
    judge = judge_of(Limits(cell_seconds=0.6, call_seconds=0.6, notebook_seconds=30))
    with busy(4):
        judge.start()
        jobs = [Job("ada", EXERCISE, nbformat.writes(one).encode()) for one in (notebook, endless)]
        honest, other = map(judge.judge, jobs)
    # A loop that takes too long is passed over, and named.
    assert (honest.status, honest.points, honest.notes) == ("graded", 8, ())
    # What would never end still comes to an end.
    assert (other.status, other.points) == ("timeout", 0)


class Faulty:
    """Stands before the judge of an nbgrader command, and fails so many times."""

    def __init__(self, workers, times: int) -> None:
        self._workers, self._left = workers, times

    def submit(self, *call):
        if self._left:
            self._left -= 1
            failed = Future()
            failed.set_exception(GraderError("the machine is on fire"))
            return failed
        return self._workers.submit(*call)


def test_nbgrader_enters_no_mark_either(copy_course, monkeypatch, tmp_path):
    root = copy_course(tmp_path / "course")
    course = Course(root)
    hand_in(root / "submitted", "ada", EXERCISE)
    db_url = address(root / "gradebook.db")
    config = course_config(course, root, db_url, EXERCISE.assignment)

    def autograde(faults: int) -> tuple[bool, str, list[float | None]]:
        workers = Faulty(nbgrader_plugins._workers(0), faults)
        monkeypatch.setattr(nbgrader_plugins, "_workers", lambda memory: workers)
        api = NbGraderAPI(CourseDirectory(config=config), config=config)
        said = api.autograde(EXERCISE.assignment, "ada")
        monkeypatch.undo()
        with Gradebook(db_url) as gradebook:
            (notebook,) = gradebook.find_submission(EXERCISE.assignment, "ada").notebooks
            scores = [grade.auto_score for grade in notebook.grades]
        return said["success"], said["log"], scores

    # Once is no matter; and where it fails again, not even the mark of before is left.
    success, _, scores = autograde(1)
    assert success
    assert sum(scores) == 8
    success, log, scores = autograde(2)
    assert not success
    assert "ada: update_parameters was not graded: the machine is on fire; there are no m" in log
    assert set(scores) == {None}
    assert not list(root.glob("autograded/ada/*/*.ipynb"))
    assert sum(autograde(0)[2]) == 8


@pytest.mark.skipif(not detect_layers().bubblewrap, reason="there is no disk of its own")
def test_files_beside_for_which_there_is_no_room_are_no_fault_of_the_student():
    files = {f"{number}.csv": b"x" * 2**20 for number in range(3)}
    limits = Limits(written_bytes=2**21)
    with WarmProcess(limits, detect_layers(), with_ipython=False) as warm:
        session = Session(warm, limits, {}, time.monotonic() + 60)
        with pytest.raises(GraderError, match=r"beside the notebook .* .No space left on device"):
            session.put_files(files)
        session.close()


@pytest.mark.parametrize(
    ("full", "said"),
    [
        ({"f_bavail": 0}, "the disk with the temporary folder is full"),
        ({"f_favail": 0}, "the disk with the temporary folder takes no further file: it has no"),
    ],
)
def test_a_full_disk_is_no_limit_that_a_student_has_reached(full, said, monkeypatch):
    with WarmProcess(Limits(), UNCONFINED, with_ipython=False) as warm:
        write = "raise OSError(28, 'No space left on device')"
        session = Session(warm, Limits(), {}, time.monotonic() + 60)
        session.run_cell(1, write)
        assert session.reached == {"written_bytes"}
        disk = {"f_bavail": 2**30, "f_frsize": 4096, "f_files": 9, "f_favail": 9} | full
        monkeypatch.setattr(os, "statvfs", lambda path: SimpleNamespace(**disk))
        with pytest.raises(GraderError, match=said):
            session.run_cell(2, write)
        session.close()
