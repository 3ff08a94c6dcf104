"""Judging on a Dask cluster: a real scheduler and workers, which run on this machine."""

import contextlib
import json
import os
import signal
import socket
import subprocess
import sys
import sysconfig
from dataclasses import asdict
from pathlib import Path

import pytest

pytest.importorskip("distributed", reason='needs Dask: pip install "backprop-workbook[cluster]"')

import numpy
import psutil
from dask import config as dask_config

from tests.attacks.arena import Arena, by_cluster
from tests.attacks.combinations import path_without
from tests.attacks.suite import chosen
from tests.faults import kill_the_grandparent
from tests.processes import descendants, grading, runs, until
from tests.reference import before_a_release
from tests.submissions import answer_text, hand_in
from workbook.course.exercises import find
from workbook.course.folder import Course, CourseError
from workbook.course.verdicts import Verdict
from workbook.grade.cluster import client, local_cluster, remote_worker
from workbook.grade.cluster.client import ClusterError
from workbook.grade.cluster.cluster import ClusterExecutor, ClusterLostError, _deliver, _Submitted
from workbook.grade.gradebook.marks import Marks
from workbook.grade.judging.judge import Judge
from workbook.grade.sandbox.confinement import NotConfinedError, detect_layers
from workbook.grade.submissions.answers import filled_notebook, submit
from workbook.grade.submissions.faults import JudgeLostError
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.plan import NotBuiltError
from workbook.grade.submissions.results import read_results
from workbook.grade.workers import tasks
from workbook.grade.workers.tasks import Setting

pytestmark = pytest.mark.slow

PATIENCE = 60

# Long enough for a worker to be killed meanwhile.
SLOWLY = "import time\ntime.sleep(0.5)\n"

# A student who looks for the scheduler, and gives the right answer only if it is out of reach.
CURIOUS = """
import socket

try:
    socket.create_connection(("127.0.0.1", {port}), 2)
    reached = True
except OSError:
    reached = False


def update_parameters(params, grads, learning_rate):
    if reached:
        raise RuntimeError("there is the scheduler")
    return {{
        name: value - learning_rate * grads[f"d{{name}}"] for name, value in params.items()
    }}
"""


@contextlib.contextmanager
def running(folder: Path, *command, errors=subprocess.DEVNULL):
    """Run a program in a folder; it ends with the test."""
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": errors}
    process = subprocess.Popen(command, cwd=folder, **quiet)
    try:
        yield process
    finally:
        process.terminate()
        try:
            process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def dask(folder: Path, *args):
    """Run ``dask`` as a user does; the folder holds no course."""
    return running(folder, Path(sysconfig.get_path("scripts"), "dask"), *args)


LOOPBACK = ("--host", "127.0.0.1", "--no-dashboard", "--dashboard-address", "127.0.0.1:0")


@contextlib.contextmanager
def scheduler(folder: Path):
    file = folder / "scheduler.json"
    with dask(folder, "scheduler", *LOOPBACK, "--port", "0", "--scheduler-file", file) as process:
        until(file.exists, process)
        address = until(lambda: read_address(file), process)
        yield address, process


def read_address(file: Path) -> str:
    with contextlib.suppress(ValueError):
        return json.loads(file.read_text(encoding="utf-8"))["address"]
    return ""


def worker(folder: Path, address: str):
    options = ("--nthreads", "1", "--no-nanny", "--local-directory", folder)
    return dask(folder, "worker", address, *LOOPBACK, *options)


@pytest.fixture(scope="module")
def address(tmp_path_factory):
    """The address of a scheduler that has no workers yet."""
    with scheduler(tmp_path_factory.mktemp("scheduler")) as (address, _):
        yield address


@pytest.fixture
def slow_class(course, tmp_path, address):
    """Eight answers that take half a second each, and one that looks for the scheduler."""
    exercise, folder = find("update_parameters"), tmp_path / "submitted"
    for number in range(4):
        hand_in(folder, f"right {number}", exercise, before=SLOWLY)
        hand_in(folder, f"wrong {number}", exercise, "plus_for_minus", SLOWLY)
    answer = SLOWLY + CURIOUS.format(port=address.rpartition(":")[2])
    submit(folder, "curious", exercise, filled_notebook(course, exercise, answer))
    return folder


def outcomes(results) -> dict:
    """Return what was found of each submission, except what is other each time."""
    return {
        result.student: (
            result.status,
            result.points,
            [(test.name, test.passed, test.points, test.diagnosis) for test in result.tests],
            result.notes,
            result.tests_sha256,
        )
        for result in results
    }


@contextlib.contextmanager
def grading_without_workers(address, submissions, course, tmp_path):
    """Run ``workbook grade`` until it waits for workers, and says so."""
    out, words = tmp_path / "out", tmp_path / "words"
    options = ("--course", course.root, "--out", out, "--no-feedback", "--cluster", address)
    command = [sys.executable, "-m", "workbook.cli", "grade", submissions, *options]
    with words.open("wb") as errors, running(tmp_path, *command, errors=errors) as process:
        until(lambda: f"{address} has no workers yet" in words.read_text(), process)
        yield process, out


def test_a_killed_worker_costs_no_mark(address, slow_class, course, tmp_path):
    folders = [tmp_path / "first", tmp_path / "second"]
    for folder in folders:
        folder.mkdir()
    with (
        grading_without_workers(address, slow_class, course, tmp_path) as (grading, out),
        worker(folders[0], address) as first,
        worker(folders[1], address) as second,
    ):
        until(lambda: all(map(courses, folders)) and any(out.glob("results/*/*")), grading)
        first.kill()
        assert len(list(out.glob("results/*/*.json"))) < 9
        # Nobody else can read the course on the worker's machine.
        assert {path.stat().st_mode & 0o777 for path in map(only, folders)} == {0o700}
        assert grading.wait(timeout=PATIENCE) == 0
        assert second.poll() is None
    # The one that could leave properly has left nothing.
    assert courses(folders[1]) == []
    found = outcomes(read_results(out / "results"))
    # Of those that are alike, one tells whether a worker judges as this machine does.
    jobs = {one.student: one.job() for one in find_submissions(slow_class).submitted}
    assert found.keys() == jobs.keys()
    with contextlib.closing(Judge(course, Limits())) as local:
        some = outcomes(local.judge(jobs[name]) for name in ("right 0", "wrong 0", "curious"))
    assert {name: found[name] for name in some} == some
    assert found["curious"][1] == found["right 0"][1] == 8 > found["wrong 0"][1]
    assert len((out / "marks.csv").read_text(encoding="utf-8").splitlines()) == 10


def only(folder: Path) -> Path:
    (found,) = courses(folder)
    return found


def courses(folder: Path) -> list[Path]:
    return list(folder.rglob("course-*"))


@pytest.fixture(scope="module")
def scheduler_of_one(tmp_path_factory):
    """The address of a scheduler with one worker, and its process."""
    folder = tmp_path_factory.mktemp("cluster")
    with scheduler(folder) as (address, process), worker(folder, address):
        yield address, process


@pytest.fixture
def one_worker(scheduler_of_one):
    """The address of a scheduler with one worker."""
    return scheduler_of_one[0]


def judged(executor, course, name):
    """Return the result of the right answer to an exercise."""
    exercise = find(name)
    notebook = filled_notebook(course, exercise, answer_text(exercise))
    job = Job("ada", exercise, json.dumps(notebook).encode())
    # As `workbook grade` asks: the folder means nothing to the worker.
    setting = Setting(course.root, Limits(), None)
    return executor.submit(tasks.judge, setting, job).result(PATIENCE)


def joined(address, course, exercises=()):
    said = []
    return ClusterExecutor(
        address,
        course,
        exercises=exercises,
        limits=Limits(),
        unconfined=False,
        processes=1,
        say=said.append,
    )


def test_a_worker_judges_by_the_course_that_came_with_the_submission(
    one_worker, course, copy_course, tmp_path
):
    changed = Course(copy_course(tmp_path / "course"))
    tests = changed.tests("linear_forward")
    text = tests.read_text(encoding="utf-8")
    support = changed.root / "grader_tests" / "support.py"
    support.write_text(support.read_text(encoding="utf-8") + "\nEXTRA = 'changed'\n")
    lines = text.splitlines()
    (at,) = [n for n, line in enumerate(lines) if line.startswith("from solutions.")]
    lines[at:at] = ["from grader_tests.support import EXTRA"]
    added = "\n\n@pytest.mark.points(1)\ndef test_extra(student, rng):\n"
    added += f'{" " * 4}"""It is new."""\n{" " * 4}assert not EXTRA, EXTRA\n'
    tests.write_text("\n".join(lines) + added, encoding="utf-8")
    for one, wanted in ((course, 8), (changed, 8)):
        with joined(one_worker, one) as executor:
            found = judged(executor, one, "linear_forward")
        assert found.result.points == wanted
        assert [test.message for test in found.result.tests if not test.passed] == (
            ["changed"] if one is changed else []
        )
        assert "def linear_forward" in found.notebook
    # Where the marks would not fit into the notebooks, nothing is judged.
    told = r"^on .*, source/ is older than the hidden tests of 03_linear_forward; run `workbook b"
    with (
        joined(one_worker, changed, [find("linear_forward")]) as executor,
        pytest.raises(NotBuiltError, match=told),
    ):
        judged(executor, changed, "linear_forward")
    # By then, the worker has removed the course that it had before.
    with joined(one_worker, course) as executor:
        assert judged(executor, course, "linear_forward").result.points == 8


def test_a_local_cluster(course, monkeypatch):
    # Dask gives up a task after the third death of a worker; here, after the first.
    monkeypatch.setitem(local_cluster._CONFIG, "distributed.scheduler.allowed-failures", 0)
    with joined("local", course) as executor:
        # A judge that dies leaves its worker alone.
        with pytest.raises(JudgeLostError, match=r"^on .*, the process that worked on it died"):
            executor.submit(os._exit, 1).result(PATIENCE)
        deadly = executor.submit(kill_the_grandparent)
        assert judged(executor, course, "compute_cost").result.points == 10
        with pytest.raises(ClusterError, match="each worker that has tried it died"):
            deadly.result(PATIENCE)
        own = psutil.Process()
        listening = [
            one.laddr.ip
            for process in [own, *own.children(recursive=True)]
            for one in process.net_connections("inet")
            if one.status == psutil.CONN_LISTEN
        ]
        # Other users of this machine can connect; they have no key.
        assert set(listening) == {"127.0.0.1"}
        assert executor._client.client.scheduler.address.startswith("tls://")
        # Dask keeps what it has sent, and by a thousand messages the notebooks of a large class.
        senders = executor._client._cluster.scheduler.client_comms.values()
        assert [sender.recent_message_log.maxlen for sender in senders] == [10]


# They look for whatever listens, for keys, and for other processes.
SEEKERS = ("network-services_sought", "search-keys_sought", "processes-neighbours_looked_into")


def test_student_code_finds_neither_scheduler_nor_worker(tmp_path, monkeypatch):
    # Without bubblewrap, they would be in sight: nothing but the inner layer is in between.
    monkeypatch.setenv("PATH", path_without("bwrap", tmp_path))
    with Arena(tmp_path / "arena", chosen(SEEKERS)) as arena:
        outcome = by_cluster(arena)
        assert outcome.exit_status == 0, outcome.said[-3000:]
        assert "Workers of local: 2" in outcome.said
        assert outcome.status == dict.fromkeys(SEEKERS, "graded")
        assert {outcome.marks[name] for name in SEEKERS} == {0.0}
        assert {outcome.marks[arena.beside[name]] for name in SEEKERS} == {8.0}
        assert [*arena.harms(), *outcome.survivors] == []


@contextlib.contextmanager
def grading_by_itself(course, tmp_path):
    """Run ``workbook grade --cluster local``, as from a terminal, among files with bad names."""
    for name in ("numpy", "distributed", "multiprocessing", "pickle", "workbook"):
        (tmp_path / f"{name}.py").write_text("open('IMPORTED', 'w').close()")
    with grading(course, tmp_path, "--no-feedback", "--cluster", "local", "--jobs", "2") as process:
        yield process, tmp_path / "tmp"
    assert not (tmp_path / "IMPORTED").exists()


SIGNALS = [signal.SIGKILL, signal.SIGINT, signal.SIGTERM]


@before_a_release
@pytest.mark.parametrize("how", SIGNALS)
def test_a_stopped_command_leaves_nothing_and_goes_on(how, slow_class, course, tmp_path):
    out = tmp_path / "out"
    with grading_by_itself(course, tmp_path) as (process, scratch):
        until(lambda: list(out.glob("results/*/*.json")), process)
        started = descendants(process.pid)
        # Ctrl+C reaches all processes of a terminal.
        (os.killpg if how == signal.SIGINT else os.kill)(process.pid, how)
        said = process.communicate(timeout=PATIENCE)[1]
        assert how == signal.SIGKILL or "what has been judged is kept" in said
        until(lambda: not any(map(runs, started)))
        left = {path.name.partition("-")[0] for path in scratch.iterdir()}
        # Python's own, which is empty, if nothing could be put away; Dask clears its folder.
        assert left <= ({"dask", "pymp"} if how == signal.SIGKILL else {"dask"})
        kept = {path: path.stat().st_mtime_ns for path in out.glob("results/*/*.json")}
    assert 1 <= len(kept) < 9
    with grading_by_itself(course, tmp_path) as (process, scratch):
        said = process.communicate(timeout=PATIENCE)[1]
        assert process.returncode == 0, said
        assert list(scratch.glob("dask-*/[sw]*-*")) == []
    assert {path: path.stat().st_mtime_ns for path in kept} == kept
    points = {result.student: result.points for result in read_results(out / "results")}
    assert points == {student: 3 if "wrong" in student else 8 for student in points}
    assert len(points) == 9


def test_a_page_comes_from_a_worker(one_worker, course):
    with joined(one_worker, course) as executor:
        found = judged(executor, course, "compute_cost")
        marks = Marks()
        made = executor.submit(tasks.feedback, found.notebook, marks)
        page, seconds = made.result(PATIENCE)
        assert "06_compute_cost" in page
        assert 0 < seconds < PATIENCE
        job = Job("ada", find("compute_cost"), b"no notebook")
        shown = executor.submit(
            tasks.show_earlier, Setting(course.root, Limits(), None), job, found.result
        )
        # The result of another file is refused on arrival.
        with pytest.raises(ValueError, match="the result of another submission"):
            shown.result(PATIENCE)


def test_a_scheduler_that_goes_ends_the_run(scheduler_of_one, course):
    """The last one that uses it."""
    address, process = scheduler_of_one
    with joined(address, course) as executor:
        judged(executor, course, "compute_cost")
        process.kill()
        # It passes by what catches the failure of one submission.
        assert not issubclass(ClusterLostError, Exception)
        with pytest.raises(ClusterLostError, match="is gone"):
            judged(executor, course, "compute_cost")


@pytest.fixture
def one_notebook(tmp_path):
    return hand_in(tmp_path, "ada", find("update_parameters"), None)


def closed_port():
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("address", "why"),
    [
        ("tcp://127.0.0.1:{closed}", "Timed out trying to connect"),
        ("tls://127.0.0.1:{closed}", "check your TLS configuration"),
        ("tcp://127.0.0.1:{silent}", "silence for 0.5 seconds"),
        ("nowhere", "missing port number"),
        ("ftp://127.0.0.1:{closed}", "unknown address scheme 'ftp'"),
    ],
)
def test_no_scheduler(address, why, one_notebook, workbook_grade, tmp_path, monkeypatch):
    monkeypatch.setattr(client, "_CONNECT_SECONDS", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as server:
        address = address.format(closed=closed_port(), silent=server.getsockname()[1])
        done = workbook_grade(one_notebook, tmp_path / "out", "--cluster", address)
    assert done.exit_code == 2
    assert f"no Dask scheduler answers at {address}" in done.stderr
    assert why in done.stderr
    assert not (tmp_path / "out").exists()


def test_without_dask(one_notebook, workbook_grade, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "workbook.grade.cluster.cluster", None)
    done = workbook_grade(one_notebook, tmp_path / "out", "--cluster", "local")
    assert done.exit_code == 2
    assert 'pip install "backprop-workbook[cluster]"' in done.stderr


def test_a_worker_without_confinement_is_named(monkeypatch):
    def nothing(unconfined):
        raise NotConfinedError("this system offers no confinement for student code")

    monkeypatch.setattr(remote_worker, "detect_layers", nothing)
    with pytest.raises(ClusterError, match=r"worker tcp://a:1 cannot judge: .* no confinement"):
        client._notes("tcp://a:1", remote_worker.worker_facts(False))


def test_a_worker_without_the_program_is_named():
    with pytest.raises(ClusterError, match=r"tcp://a:1 cannot judge .*No module.*pip install"):
        client._notes("tcp://a:1", ModuleNotFoundError("No module named 'workbook'"))


def test_another_version_is_told(monkeypatch):
    facts = remote_worker.worker_facts(True)
    assert not any("may differ" in note for note in client._notes("tcp://a:1", facts))
    monkeypatch.setattr(remote_worker, "worker_versions", lambda: {"numpy": "0.1"})
    (note,) = [note for note in client._notes("tcp://a:1", facts) if "may differ" in note]
    assert note == f"numpy is {numpy.__version__} there and 0.1 here, so marks may differ"


def test_dask_knows_its_settings():
    """One that it does not know changes nothing: a large notebook was a warning in the terminal."""
    for name in {**client._CONFIG, **local_cluster._CONFIG}:
        dask_config.get(name)


def test_no_course_where_students_can_read():
    python = Path(sys.prefix) / "scratch"
    with pytest.raises(CourseError, match="--local-directory"):
        remote_worker._checked_folder(python, detect_layers())
    assert remote_worker._checked_folder(python, UNCONFINED) == python
    assert remote_worker._checked_folder(Path("/var/scratch"), detect_layers()) == Path(
        "/var/scratch"
    )


@before_a_release
def test_a_long_temporary_folder_is_one_sentence(slow_class, course, tmp_path):
    long = tmp_path / ("t" * 90)
    long.mkdir()
    command = [
        sys.executable,
        "-P",
        "-m",
        "workbook.cli",
        "grade",
        slow_class,
        "--cluster",
        "local",
    ]
    done = subprocess.run(
        [*command, "--course", course.root, "--out", tmp_path / "out"],
        env={**os.environ, "TMPDIR": str(long)}, cwd=tmp_path, capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert "set TMPDIR to a folder with a shorter one" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_fault_of_a_worker_is_told_as_one():
    verdict = Verdict("test_Z", "Z is right", True, 2.0, 2.0)
    for earned, found in ((None, None), ([asdict(verdict)], (verdict,))):
        call = _Submitted(b"")
        _deliver(call, json.dumps({"fault": "on a, the judge died", "earned": earned}))
        with pytest.raises(JudgeLostError, match="on a, the judge died") as lost:
            call.answer.result()
        assert lost.value.earned == found
