"""What student code cannot do, layer by layer, each tried out."""

import contextlib
import os
import re
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import nbformat
import pytest

from tests.machine import OUTER, TIERS, needs_bubblewrap, needs_landlock
from tests.processes import descendants, runs, until
from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.course.hidden_tests import AnswerError
from workbook.grade.judging.doctor import try_probes
from workbook.grade.judging.judge import Judge
from workbook.grade.judging.session import Session
from workbook.grade.judging.student_process import SessionEndedError
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook, reference_answer
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Limits

COURSE = Course(Path(__file__).resolve().parents[1])
SMALL = Limits(cell_seconds=2, call_seconds=2, notebook_seconds=20)

# What one layer alone leaves open; everything else is stopped by each.
OPEN = {
    "both": set(),
    "inner": {"see that a file outside exists"},
    "outer": {
        "use the network (TCP)",
        "use the network (UDP)",
        "use a local service (Unix socket)",
        "start a process",
        "signal its parent",
        "have a file signal its parent",
        "read its parent's environment",
        "change its parent's limits",
        "keep memory that no limit counts",
        "make a namespace of its own",
        "change a file's rights",
        "watch who uses Python's files",
    },
}


LIMITED = {"take more memory", "fill the disk", "make many files"}
# What only root has.
ROOTS = set() if os.geteuid() == 0 else {"have a capability, such as root's"}


@pytest.mark.slow
@pytest.mark.parametrize("layers", TIERS)
def test_each_layer_stops_what_it_should(layers, request):
    tier = request.node.callspec.id
    stopped, _ = try_probes(layers)
    assert {name for name, ended in stopped.items() if not ended} <= OPEN[tier]
    assert len(stopped) == 21


@pytest.mark.slow
def test_the_probes_can_succeed():
    stopped, _ = try_probes(UNCONFINED)
    # These are limited in every case; everything else is open without confinement.
    assert {name for name, ended in stopped.items() if ended} <= LIMITED | ROOTS


@pytest.mark.parametrize("layers", TIERS)
def test_a_right_answer_keeps_its_full_mark(layers):
    judge = Judge(COURSE, SMALL, layers)
    for name in ("linear_activation_forward", "L_model_backward"):
        exercise = find(name)
        answer = "import math, wave, threading\n" + reference_answer(COURSE, name)
        text = nbformat.writes(filled_notebook(COURSE, exercise, answer))
        result = judge.judge(Job("ada", exercise, text.encode()))
        assert (result.status, result.points) == ("graded", exercise.points), result.notes
    judge.close()


@pytest.fixture(scope="module", params=TIERS)
def warm(request):
    with WarmProcess(SMALL, request.param) as warm:
        yield warm


@pytest.fixture
def session(warm):
    session = Session(warm, SMALL, {}, time.monotonic() + SMALL.notebook_seconds)
    yield session
    session.close()


def evaluated(session, expression, before=""):
    """Return what an expression gives in the student's process."""
    assert session.run_cell(1, f"{before}\ndef asked():\n    return {expression}") == []
    return session.call("asked", (), {})


@pytest.mark.slow
def test_neither_another_submission_nor_the_course_can_be_read(session, tmp_path):
    secret = tmp_path / "another.ipynb"
    secret.write_text("another student's answer", encoding="utf-8")
    ours = ("solutions/linear_forward.py", "grader_tests/linear_forward.py", "nbgrader_config.py")
    for path in (secret, *map(COURSE.root.joinpath, ours)):
        with pytest.raises(AnswerError, match=r"FileNotFoundError|PermissionError"):
            evaluated(session, f"open({str(path)!r}).read()")


def test_of_other_files_is_seen_what_the_page_says(warm, session, tmp_path):
    text = (COURSE.root / "SECURITY.md").read_text(encoding="utf-8")
    part = text.partition("## What student code sees of other files without bubblewrap")[2]
    rows = [row.split("|")[1:3] for row in part.partition("\n## ")[0].splitlines() if "| " in row]
    seen, unseen = (
        [code for row in rows[1:] for code in re.findall("`(.+?)`", row[column])]
        for column in (0, 1)
    )
    assert (len(seen), len(unseen)) == (8, 11)
    other = tmp_path / "another.ipynb"
    other.write_text("another student's answer", encoding="utf-8")
    (tmp_path / "link").symlink_to(other)
    places = {"path": str(other), "link": str(tmp_path / "link"), "folder": str(tmp_path)}
    before = "import fcntl, os\n" + "\n".join(f"{n} = {place!r}" for n, place in places.items())
    inside = warm._layers.bubblewrap
    # Inside bubblewrap, processes are those that are inside.
    codes = [one for one in [*seen, *unseen] if not inside or "getppid" not in one]
    for number, code in enumerate(codes):
        before += f"\ndef tried_{number}():\n    try:\n        return bool({code})\n"
        before += "    except OSError:\n        return False"
    tried = ", ".join(f"tried_{number}()" for number in range(len(codes)))
    found = dict(zip(codes, evaluated(session, f"[{tried}]", before), strict=True))
    assert found == {code: code in seen and not inside for code in codes}
    assert other.read_text(encoding="utf-8") == "another student's answer"
    assert sorted(one.name for one in tmp_path.iterdir()) == ["another.ipynb", "link"]


def test_a_limit_of_the_system_cannot_be_raised_again(session):
    with pytest.raises(AnswerError, match=r"ValueError|PermissionError"):
        evaluated(session, "resource.setrlimit(resource.RLIMIT_AS, (-1, -1))", "import resource")


def test_no_urgent_data_and_no_signals_by_files(warm, session):
    if not warm._layers.seccomp:
        pytest.skip("this layer leaves it open")
    before = (
        "import fcntl, os, socket\n"
        "one, other = socket.socketpair()\n"
        "def ended(action):\n"
        "    try:\n        action()\n"
        "    except PermissionError:\n        return 'refused'\n"
        "    return 'done'"
    )
    tried = {
        "one.send(b'x')": "done",
        "one.send(b'x', socket.MSG_OOB)": "refused",
        "one.sendmsg([b'x'])": "refused",
        "one.sendmsg([b'x'], (), socket.MSG_OOB)": "refused",
        "fcntl.fcntl(one, fcntl.F_GETFL)": "done",
        "fcntl.fcntl(one, fcntl.F_SETOWN, os.getpid())": "refused",
        "fcntl.fcntl(one, fcntl.F_SETSIG, 9)": "refused",
        "fcntl.ioctl(one, 0x8901, bytes(4))": "refused",
    }
    for action, end in tried.items():
        assert evaluated(session, f"ended(lambda: {action})", before) == end, action


# With stacks so small that no limit on memory counts them, and started by many at once.
BOMB = """
import threading, time
threading.stack_size(2**15)
most = 0
def start_others():
    global most
    try:
        while True:
            threading.Thread(target=start_others, daemon=True).start()
            most = max(most, threading.active_count())
    except RuntimeError:
        time.sleep(20)
starter = threading.Thread(target=start_others, daemon=True)
starter.start()
starter.join(0.5)
"""


def test_threads_are_limited_whoever_grades(warm, session):
    with contextlib.suppress(SessionEndedError):
        session.run_cell(1, BOMB)
        # Those that had asked before there were too many may still be let through.
        assert session.run_cell(2, f"assert most <= {2 * SMALL.processes}, most") == []
        session.run_cell(3, "threading.Thread(target=print).start()")
    assert "processes" in session.reached
    if session.ended is not None:
        assert not warm._layers.seccomp
        assert SMALL.named("processes") in str(session.ended)


def test_threads_that_end_are_not_counted(session):
    start = "thread = threading.Thread(target=print)\n    thread.start()\n    thread.join()"
    assert session.run_cell(1, f"import threading\nfor _ in range(200):\n    {start}") == []
    assert session.reached == set()


FORKS = "import os, time\nfor _ in range(1000):\n    if os.fork() == 0:\n        time.sleep(20)"


@pytest.mark.slow
@needs_bubblewrap
@pytest.mark.parametrize("cell", [FORKS, "import os\nwhile True:\n    os.fork()"])
def test_processes_are_limited_where_there_is_no_filter(cell):
    with (
        WarmProcess(SMALL, OUTER) as warm,
        closing(Session(warm, SMALL, {}, time.monotonic() + SMALL.notebook_seconds)) as session,
    ):
        said = ""
        try:
            (error,) = session.run_cell(1, cell)
            said = error["type"]
        except SessionEndedError as ended:
            said = str(ended)
        assert said == "BlockingIOError" or SMALL.named("processes") in said


def test_no_capability_is_left(session):
    before = (
        "import ctypes\nlibc = ctypes.CDLL(None)\nsets = (ctypes.c_uint32 * 6)()\n"
        "header = (ctypes.c_uint32 * 2)(0x20080522, 0)\n"
        "failed = libc.capget(header, sets)\n"
        "bounding = [n for n in range(41) if libc.prctl(23, n) > 0]"
    )
    assert evaluated(session, "[failed, *sets]", before) == [0] * 7
    # What a program could bring; where nobody may take that away, nobody has it.
    assert os.geteuid() or evaluated(session, "bounding", before) == []


@pytest.mark.slow
@needs_landlock
def test_a_judge_that_is_killed_takes_its_students_along(tmp_path):
    program = (
        "import sys, time, threading\n"
        "from workbook.grade.sandbox.confinement import detect_layers\n"
        "from workbook.grade.submissions.limits import Limits\n"
        "from workbook.grade.judging.session import Session\n"
        "from workbook.grade.sandbox.warm_process import WarmProcess\n"
        "warm = WarmProcess(Limits(), detect_layers())\n"
        "session = Session(warm, Limits(), {}, time.monotonic() + 60)\n"
        "session.run_cell(1, 'def f():\\n    while True: pass')\n"
        "print(warm._server.process.pid, flush=True)\n"
        "session.call('f', (), {})\n"
    )
    judge = subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, text=True)
    assert judge.stdout is not None
    warm = int(judge.stdout.readline())
    time.sleep(0.5)
    group = descendants(warm)
    judge.kill()
    judge.wait()
    judge.stdout.close()
    until(lambda: not any(map(runs, [warm, *group])))
