"""Something dies, is stopped, is full or is locked while a class is graded: the marks are right."""

import contextlib
import csv
import itertools
import json
import os
import pickle
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import nbformat
import pytest

from tests.faults import CannedExecutor, command, die, die_at_first, killed, raise_odd
from tests.gradebooks import address, assert_same_tables, tables
from tests.machine import needs_bubblewrap, without_notes
from tests.processes import descendants, grading, runs, until
from tests.reference import WHOLE
from tests.submissions import COURSE, answer_text, hand_in
from workbook.course.exercises import NOTEBOOKS, find, of_assignment
from workbook.grade.calls import Calls
from workbook.grade.class_run import grade
from workbook.grade.gradebook import gradebook
from workbook.grade.gradebook.assignments import register
from workbook.grade.gradebook.gradebook import GradebookWriter
from workbook.grade.judging.judge import Judge
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.sandbox.fork_server import ForkServer
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.faults import JudgeLostError
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits
from workbook.grade.submissions.plan import Graded, Plan
from workbook.grade.submissions.results import CannotWriteError, read_results
from workbook.grade.workers.executor import LocalExecutor, _Process
from workbook.grade.workers.worker import Workers

pytestmark = pytest.mark.slow

FIRST, SECOND = of_assignment("1_initialization")

# The ends of command lines: of the fork servers of both kinds, and of what they have forked.
STUDENTS, JUDGES = (f"{flag}\0-m\0workbook.grade.sandbox.fork_server\0" for flag in ("-I", "-P"))

# A class, and the same class when some have handed in other answers.
ANSWERS = {
    "ada": ("", ""),
    "emmy": ("biases_as_rows", "keys_from_W0"),
    "josé": (None, "last_layer_missing"),
}
# Another answer of as many points, in other cells; a better one; a notebook taken away.
LATER = {
    "ada": ("", "away"),
    "emmy": ("rand_for_randn", "keys_from_W0"),
    "josé": ("", "last_layer_missing"),
}


def plan_of(submitted: Path, out: Path, db_url: str = "", **more) -> Plan:
    found = find_submissions(submitted)
    db_url = db_url or address(out / "gradebook.db")
    return Plan(COURSE, found, out, db_url, Limits(), UNCONFINED, **more)


@pytest.fixture(scope="module")
def classes(tmp_path_factory):
    """The two classes' submissions, and a gradebook in which the assignment is entered."""
    top = tmp_path_factory.mktemp("classes")
    for name, answers in (("before", ANSWERS), ("later", LATER)):
        for student, variants in answers.items():
            for exercise, variant in zip((FIRST, SECOND), variants, strict=True):
                # One notebook takes far more room on the disk than the gradebook's journal does.
                before = "# A remark.\n" * 8000 if variant == "last_layer_missing" else ""
                if variant != "away":
                    hand_in(top / name, student, exercise, variant, before)
    register(COURSE, address(top / "entered.db"), FIRST.assignment)
    return top


@pytest.fixture(scope="module")
def judge():
    judge = Judge(COURSE, Limits(), detect_layers())
    yield judge
    judge.close()


@pytest.fixture(scope="module")
def canned(classes, judge):
    """What judging each submission of the two classes gives."""
    found = [find_submissions(classes / name).submitted for name in ("before", "later")]
    jobs = [one.job() for one in itertools.chain(*found)]
    return {(job.student, job.exercise.name, job.sha256): judge.grade(job) for job in jobs}


@pytest.fixture(scope="module")
def undisturbed(classes, canned):
    """The folders of two gradings that nothing went wrong with."""
    for name in ("before", "later"):
        out = classes / f"{name} graded"
        out.mkdir()
        shutil.copy(classes / "entered.db", out / "gradebook.db")
        assert grade(plan_of(classes / name, out), lambda: CannedExecutor(canned), 1).problems == []
        results = list(read_results(out / "results"))
        assert sum(one.points for one in results) == 30
        assert [r.points for r in results if (r.student, r.exercise) == ("emmy", FIRST.name)] == [6]
    return classes


def contents(out: Path) -> dict[str, str]:
    """Return the text of every file that was made, results without what differs each time."""
    found = {}
    for path in out.rglob("*"):
        if path.suffix == ".json":
            data = json.loads(path.read_text("utf-8"))
            found[str(path.relative_to(out))] = json.dumps(data | {"seed": 0})
        elif path.suffix in (".ipynb", ".html", ".csv") and path.name != "report.html":
            found[str(path.relative_to(out))] = path.read_text("utf-8")
    return found


def assert_whole(out: Path) -> None:
    """See that every file that a killed run has left can be read to its end."""
    for path in out.rglob("*"):
        if path.suffix in (".json", ".ipynb"):
            json.loads(path.read_text("utf-8"))
        elif path.suffix == ".html":
            end = r"</html>\s*(<!-- marks \w{16} -->\s*)?"
            assert re.search(rf"{end}\Z", path.read_text("utf-8")), path
        elif path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                # The student, a column for each notebook, the total.
                assert {len(row) for row in csv.reader(file)} == {1 + len(NOTEBOOKS) + 1}
    if (out / "gradebook.db").exists():
        with contextlib.closing(sqlite3.connect(out / "gradebook.db")) as db:
            assert db.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            # Unless it is there, `nbgrader db upgrade` does harm.
            assert db.execute("SELECT COUNT(*) FROM alembic_version").fetchone() == (1,)


def seeds(out: Path) -> dict[tuple[str, str, str], int]:
    return {
        (one.student, one.exercise, one.submission_sha256): one.seed
        for one in read_results(out / "results")
    }


def assert_as_if_nothing_had_happened(out: Path, expected: Path) -> None:
    assert contents(out) == contents(expected)
    assert_same_tables(tables(out / "gradebook.db"), tables(expected / "gradebook.db"))
    odd = [p.name for p in out.rglob("*") if p.name.endswith(".part") or "-journal" in p.name]
    assert odd == []


def killed_at_each(plan: Plan, canned, expected: Path, fresh: Callable[[], None], step: int, note):
    """Kill a run at every so many of its moments, each time from the start, and run it again."""
    number = 1
    while True:
        fresh()
        if not killed(plan, canned, number, note):
            return
        moment = f"killed at {number}: {note.read_text('utf-8')}"
        try:
            assert_whole(plan.out)
            before = seeds(plan.out)
            graded = grade(plan, lambda: CannedExecutor(canned), 1)
            assert graded.problems == []
            assert_as_if_nothing_had_happened(plan.out, expected)
            # Nothing that had its result was judged again.
            after = seeds(plan.out)
            assert all(after[key] == before[key] for key in before.keys() & after.keys())
        except AssertionError as error:
            error.add_note(moment)
            raise
        number += step


def test_a_first_grading_killed_at_any_moment(undisturbed, canned, tmp_path):
    plan = plan_of(undisturbed / "before", tmp_path / "out")

    def fresh() -> None:
        shutil.rmtree(plan.out, ignore_errors=True)
        # Of a student who has left the class meanwhile.
        (plan.out / "results" / "leo").mkdir(parents=True)
        (plan.out / "results" / "leo" / f"{FIRST.name}.json.part").touch()
        shutil.copy(undisturbed / "entered.db", plan.out / "gradebook.db")

    note = tmp_path / "note"
    killed_at_each(plan, canned, undisturbed / "before graded", fresh, 11 if WHOLE else 47, note)


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("feedback", [True, False], ids=["feedback", "no feedback"])
def test_a_regrade_killed_at_any_moment(feedback, undisturbed, canned, tmp_path):
    plan = plan_of(undisturbed / "later", tmp_path / "out", feedback=feedback)
    expected = tmp_path / "expected"
    shutil.copytree(undisturbed / "later graded", expected)
    if not feedback:
        # There are the pages of what has not changed, and of nothing else.
        for page in expected.glob("feedback/*/*/*.html"):
            earlier = undisturbed / "before graded" / page.relative_to(expected)
            if page.read_bytes() != earlier.read_bytes():
                page.unlink()

    def fresh() -> None:
        shutil.rmtree(plan.out, ignore_errors=True)
        shutil.copytree(undisturbed / "before graded", plan.out)

    note = tmp_path / "note"
    killed_at_each(plan, canned, expected, fresh, 7 if WHOLE else 41, note)


def test_a_gradebook_killed_while_it_is_made(undisturbed, canned, tmp_path):
    plan = plan_of(undisturbed / "before", tmp_path / "out")
    moments = ("CREATE TABLE comment", "INSERT INTO alembic_version", "INSERT INTO source_cell")
    # Each run goes on from where the one before was killed.
    for moment in moments:
        assert killed(plan, canned, moment, tmp_path / "note")
        assert_whole(plan.out)
    assert grade(plan, lambda: CannedExecutor(canned), 1).problems == []
    assert_as_if_nothing_had_happened(plan.out, undisturbed / "before graded")


def test_a_students_process_that_is_killed_loses_no_more_than_that(judge, monkeypatch):
    exercise = find("linear_forward")
    calls = []

    def call_and_kill(session, *args):
        calls.append(args)
        if len(calls) == 3:
            # The fork: the youngest process of the program.
            os.kill(max(started_by(os.getpid(), STUDENTS)), signal.SIGKILL)
        return together(session, *args)

    together = Session.calls
    monkeypatch.setattr(Session, "calls", call_and_kill)
    notebook = filled_notebook(COURSE, exercise, answer_text(exercise))
    result = judge.judge(Job("ada", exercise, nbformat.writes(notebook).encode()))
    assert len(calls) > 3
    assert sum(not verdict.passed for verdict in result.tests) <= 1


LAST = find("update_parameters")


@pytest.fixture
def slow_class(tmp_path):
    """Five right answers, each of which takes a second to be judged."""
    for student in ("ada", "bea", "cleo", "dora", "eve"):
        hand_in(tmp_path / "submitted", student, LAST, before="import time\ntime.sleep(1)\n")
    return tmp_path


def disturbed(folder: Path, results: int, disturb: Callable[[int], None]) -> tuple[int, list[str]]:
    """Run `workbook grade`, and disturb it when there are so many results; return how it ended.

    When it has ended, nothing is left of what it had started.
    """
    out = folder / "out"
    out.mkdir(exist_ok=True)
    for name in ("marks.csv", "report.html"):
        (out / name).write_text("of an earlier run", encoding="utf-8")
    with grading(COURSE, folder, "--jobs", "1") as process:
        until(lambda: len(list(out.glob("results/*/*.json"))) >= results, process)
        until(lambda: started_by(process.pid, STUDENTS), process)
        started = descendants(process.pid)
        disturb(process.pid)
        _, errors = process.communicate(timeout=120)
    until(lambda: not any(map(runs, started)))
    until(lambda: not list((folder / "tmp").glob("workbook-*")))
    return process.returncode, without_notes(errors)


def stop(how: signal.Signals, pid: int) -> None:
    """Stop a command. Ctrl+C reaches every process of the terminal."""
    (os.killpg if how == signal.SIGINT else os.kill)(pid, how)


def kill_a_worker(pid: int) -> None:
    os.kill(max(started_by(pid, JUDGES)), signal.SIGKILL)


def started_by(pid: int, program: str) -> list[int]:
    return [one for one in descendants(pid) if program in command_line(one)]


def command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_text(encoding="utf-8")
    except OSError:
        return ""


def test_the_command_is_stopped_again_and_again_and_goes_on(slow_class):
    kept: dict[tuple[str, str, str], int] = {}
    said = {signal.SIGINT: "Interrupted", signal.SIGTERM: "Terminated", signal.SIGKILL: ""}
    out = slow_class / "out"
    for number, how in enumerate(said, 1):
        status, errors = disturbed(slow_class, number, partial(stop, how))
        assert status == (-how if how == signal.SIGKILL else 128 + how)
        line = f"{said[how]}. To go on, run the command again: what has been judged is kept."
        assert errors == (["", line] if said[how] else [])
        now = seeds(out)
        assert number <= len(now) < 5
        assert kept.items() <= now.items()
        # No table of an earlier run, or of half a class, is taken for this one's.
        assert not (out / "marks.csv").exists()
        assert not (out / "report.html").exists()
        kept = now
    # Now a worker dies; the command does not.
    assert disturbed(slow_class, len(kept), kill_a_worker) == (0, [])
    assert kept.items() <= seeds(out).items()
    assert [one.points for one in read_results(out / "results")] == [8] * 5
    grades = tables(out / "gradebook.db")["grade"].values()
    assert sum(row["auto_score"] for row in grades) == 5 * 8
    assert len(list(out.glob("feedback/*/*/*.html"))) == 5


def test_nbgrader_is_killed_and_goes_on(undisturbed, copy_course, nbgrader_command, tmp_path):
    root = copy_course(tmp_path / "course")
    shutil.copytree(undisturbed / "before", root / "submitted")
    shutil.copy(undisturbed / "entered.db", root / "gradebook.db")
    arguments = [sys.executable, "-m", "nbgrader", "autograde", FIRST.assignment]
    with subprocess.Popen(arguments, cwd=root, stderr=subprocess.DEVNULL) as command:
        until(lambda: list(root.glob("autograded/*/*/*.ipynb")))
        started = descendants(command.pid)
        command.kill()
    until(lambda: not any(map(runs, started)))
    # nbgrader itself would leave alone what it has begun.
    done = nbgrader_command(root, "autograde", FIRST.assignment, "--force")
    assert done.returncode == 0, done.stderr
    expected = undisturbed / "before graded"
    assert_same_tables(tables(root / "gradebook.db"), tables(expected / "gradebook.db"))


def test_a_worker_that_dies_costs_one_retry_of_one_call(tmp_path):
    found: dict[str, list[int]] = {"before": [], "dying": [], "after": []}

    def kept(name: str) -> Callable[..., None]:
        return lambda future: found[name].append(future.result())

    with contextlib.ExitStack() as stack:
        calls = Calls(partial(LocalExecutor, 2), Graded(), stack)
        for number in range(4):
            calls.work(kept("before"), abs, -number)
        calls.work(kept("dying"), die_at_first, tmp_path / "marks")
        for number in range(6):
            calls.work(kept("after"), die_at_first, mark(tmp_path / str(number)))
        while calls.pending:
            calls.settle_one()
    assert sorted(found["before"]) == [0, 1, 2, 3]
    assert found["dying"] == [2]
    # Called once each, also those that waited for the process that died.
    assert found["after"] == [2] * 6


def mark(path: Path) -> Path:
    """Return a file that says that a function has been called before."""
    path.write_text("x", encoding="ascii")
    return path


def test_a_call_that_kills_each_worker_fails_alone():
    with LocalExecutor(1) as executor:
        calls = [executor.submit(abs, -1), executor.submit(die), executor.submit(abs, -2)]
        assert [calls[0].result(), calls[2].result()] == [1, 2]
        with pytest.raises(JudgeLostError, match="the process that worked on it died"):
            calls[1].result()


def test_a_worker_that_dies_while_it_answers_is_noticed(tmp_path):
    server = ForkServer(Workers(str(tmp_path), None))
    process = _Process(server)
    # More than fits into the pipe: it is still sending.
    process.send(pickle.dumps(partial(bytes, 2**24)))
    until(lambda: process._connection.poll())
    process.kill()
    with pytest.raises(JudgeLostError, match="died"):
        process.receive()
    process.end()
    server.close()


def test_an_error_is_passed_on_as_it_is():
    with LocalExecutor(1) as executor:
        with pytest.raises(ZeroDivisionError):
            executor.submit(divmod, 1, 0).result()
        # A function of the moment has no name to be found by.
        with pytest.raises((AttributeError, pickle.PicklingError)):
            executor.submit(lambda: 1)
        # Nor has every answer a form in which it can be sent, or every exception.
        with pytest.raises(TypeError, match="cannot pickle"):
            executor.submit(threading.Lock).result()
        with pytest.raises(RuntimeError, match="OddError: 1, 2"):
            executor.submit(raise_odd).result()


def test_what_is_under_way_is_dropped_when_the_run_ends_early():
    calls = []
    with contextlib.suppress(KeyboardInterrupt), LocalExecutor(1) as executor:
        calls = [executor.submit(time.sleep, 3600) for _ in range(4)]
        raise KeyboardInterrupt
    assert [call.done() for call in calls] == [True] * 4


@needs_bubblewrap  # for a disk of its own
def test_a_full_disk_is_said_and_leaves_nothing_half_written(undisturbed, canned, tmp_path):
    disk, kept, task = tmp_path / "disk", tmp_path / "kept", tmp_path / "task"
    disk.mkdir()
    plan = plan_of(undisturbed / "before", disk / "out")
    # Room for nothing; for results; for the gradebook's tables; for its marks; for notebooks; for
    # all; feedback or none.
    steps = [(0, True), (60, True), (260, False), (400, False), (420, True), (2**13, True)]
    task.write_bytes(pickle.dumps((plan, canned, steps, kept)))
    small_disk = ["bwrap", "--dev-bind", "/", "/", "--size", str(2**23), "--tmpfs", str(disk)]
    done = subprocess.run(
        [*small_disk, "--", sys.executable, "-m", "tests.faults", str(task)],
        cwd=COURSE.root,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    runs = [json.loads(line) for line in done.stdout.splitlines()]
    assert [status for status, _ in runs] == [3, 3, 3, 3, 3, 0]
    gradebook = "/gradebook.db) cannot be written ("
    named = ("/results/", gradebook, gradebook, "/autograded/", "/feedback/")
    for name, (_, said) in zip(named, runs[:-1], strict=True):
        assert name in " ".join(said.split())
        assert "run the command again: what has been judged is kept" in " ".join(said.split())
        assert "full" in said or "No space left on device" in said
    known: dict[tuple[str, str, str], int] = {}
    for number in range(len(steps)):
        out = kept / str(number)
        assert_whole(out)
        # What was there stays, and is not judged again.
        assert known.items() <= seeds(out).items()
        known = seeds(out)
    assert_as_if_nothing_had_happened(out, undisturbed / "before graded")


@pytest.fixture
def out(undisturbed, tmp_path):
    """A folder of its own with the results of a class, but with an empty gradebook."""
    out = tmp_path / "out"
    shutil.copytree(undisturbed / "before graded", out)
    shutil.copy(undisturbed / "entered.db", out / "gradebook.db")
    return out


@pytest.fixture
def locked(out):
    """The gradebook, held by another program until it is told to let go."""
    with contextlib.closing(sqlite3.connect(out / "gradebook.db")) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield other


def quick(out: Path) -> str:
    """Return the address of a gradebook for which SQLite itself waits only for a moment."""
    return f"{address(out / 'gradebook.db')}?timeout=0.05"


def test_a_gradebook_that_is_held_is_waited_for(
    out, locked, undisturbed, canned, monkeypatch, capsys
):
    monkeypatch.setattr(gradebook.time, "sleep", lambda seconds: locked.rollback())
    plan = plan_of(undisturbed / "before", out, quick(out))
    assert command(plan, canned) == 0
    assert capsys.readouterr().err == "Waiting: another program holds the gradebook.\n"
    assert_as_if_nothing_had_happened(out, undisturbed / "before graded")


def without_marks(files: dict[str, str]) -> dict[str, str]:
    """Leave out the table of marks, which is the gradebook's and cannot be made without it."""
    return {name: text for name, text in files.items() if name != "marks.csv"}


def test_a_gradebook_that_is_held_too_long_loses_nothing(
    out, locked, undisturbed, canned, monkeypatch, capsys
):
    monkeypatch.setattr(gradebook, "GradebookWriter", partial(GradebookWriter, patience=0))
    plan = plan_of(undisturbed / "before", out, quick(out))
    before = seeds(out), without_marks(contents(out))
    assert command(plan, canned) == 3
    said = " ".join(capsys.readouterr().out.split())
    assert f"another program holds the gradebook ({out / 'gradebook.db'}): close it" in said
    assert "until then there is no marks.csv" in said
    assert f"Written to {out}: report.html, results/" in said
    assert (seeds(out), contents(out)) == before
    locked.rollback()
    assert command(plan, canned) == 0
    assert seeds(out) == before[0]
    assert_as_if_nothing_had_happened(out, undisturbed / "before graded")


def no_database(path: Path) -> None:
    path.write_text("This is a text.\n" * 1000, encoding="utf-8")


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


def read_only(path: Path) -> None:
    path.chmod(0o444)
    if os.access(path, os.W_OK):
        pytest.skip("root writes all the same")


def of_an_older_nbgrader(path: Path) -> None:
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("ALTER TABLE student DROP COLUMN lms_user_id")


@pytest.mark.in_turns(2)
@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (no_database, "cannot be written (file is not a database): fix that, and run"),
        (a_folder, "cannot be written (unable to open database file): fix that"),
        (read_only, "cannot be written (attempt to write a readonly database): fix that"),
        (
            of_an_older_nbgrader,
            "an older version of nbgrader: run `nbgrader db upgrade --db sqlite:",
        ),
    ],
)
def test_a_gradebook_that_cannot_be_used(spoil, said, out, undisturbed, canned, capsys):
    spoil(out / "gradebook.db")
    plan = plan_of(undisturbed / "before", out)
    before = without_marks(contents(out))
    assert command(plan, canned) == 3
    assert said in " ".join(capsys.readouterr().out.split())
    assert contents(out) == before


def test_a_folder_that_cannot_be_written(undisturbed, canned, tmp_path, capsys):
    (tmp_path / "out").write_text("a file", encoding="utf-8")
    assert command(plan_of(undisturbed / "before", tmp_path / "out"), canned) == 3
    (line,) = capsys.readouterr().err.splitlines()
    assert line.startswith(f"Error: {tmp_path / 'out'} cannot be written (File exists). Fix that")


def test_a_table_that_cannot_be_written_is_not_said_to_be(
    out, undisturbed, canned, capsys, monkeypatch
):
    def refuse(path: Path, _: object) -> None:
        raise CannotWriteError(f"{path} cannot be written (Permission denied)")

    monkeypatch.setattr("workbook.grade.report.tables.write_marks", refuse)
    assert command(plan_of(undisturbed / "before", out), canned) == 3
    said = " ".join(capsys.readouterr().out.split())
    assert f"- {out / 'marks.csv'} cannot be written (" in said
    assert f"Written to {out}: results/, autograded/" in said
