"""How far a grading is, in a terminal and without one, and the time spent."""

import contextlib
import os
import pty
import re
import subprocess
import sys
from collections import defaultdict
from concurrent.futures import Executor, Future
from functools import partial

import pytest

from workbook.grade.class_run import grade
from workbook.grade.report.progress_bar import Lines, duration, progress_bar, time_spent
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.limits import Limits
from workbook.grade.submissions.plan import Graded, Plan, SummaryLine

# Twenty submissions and more are worth a bar.
SCRIPT = """
import sys
from workbook.grade.report.progress_bar import progress_bar

total = int(sys.argv[1])
with progress_bar(total) as tick:
    for done in range(1, total + 1):
        tick(done, done // 20)
        if done == 5:
            print("the gradebook is [bold]locked[/bold]; waiting", file=sys.stderr)
print("this is for standard output")
"""


def read(terminal):
    # Linux raises an error when nobody has the other end open any more.
    with contextlib.suppress(OSError):
        return os.read(terminal, 65536)
    return b""


def in_terminal(total, **environment):
    """Run the script with standard error in a terminal, and return what went to each of the two."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT, str(total)],
        stdout=subprocess.PIPE,
        stderr=theirs,
        env={**os.environ, "TERM": "xterm", "COLUMNS": "80", **environment},
    ) as process:
        os.close(theirs)
        shown = b"".join(iter(partial(read, ours), b""))
        os.close(ours)
        output = process.stdout.read().decode()
    assert process.returncode == 0
    return shown.decode(), output


def test_a_terminal_gets_a_live_bar():
    shown, output = in_terminal(40)
    assert output == "this is for standard output\n"
    # Without colours; whatever moves the cursor begins a line.
    plain = re.sub(r"\x1b\[[\d;]*m", "", shown)
    lines = re.sub(r"\x1b\[[\d;?]*[A-Za-z]|\r", "\n", plain).splitlines()
    last = [line for line in lines if "40/40" in line][-1]
    assert last.startswith("Finishing ")
    assert re.search(r"40/40 2 failed \S+/s \S+ left$", last)
    assert len(last) <= 80
    # What is said meanwhile stands above the bar, whole.
    assert "the gradebook is [bold]locked[/bold]; waiting" in lines
    # The bar goes away, and the cursor comes back.
    assert shown.rstrip("\r\n").endswith("\x1b[2K")
    assert shown.rindex("\x1b[?25h") > shown.rindex("\x1b[?25l")


@pytest.mark.parametrize(("total", "environment"), [(19, {}), (40, {"TERM": "dumb"})])
def test_no_bar_for_a_few_or_for_a_simple_terminal(total, environment):
    shown, output = in_terminal(total, **environment)
    assert shown == "the gradebook is [bold]locked[/bold]; waiting\r\n"
    assert output == "this is for standard output\n"


def test_no_bar_without_a_terminal(capfd, monkeypatch):
    # Some systems ask for colour where there is no terminal.
    monkeypatch.setenv("FORCE_COLOR", "1")
    with progress_bar(40) as tick:
        for done in range(1, 41):
            tick(done, 0)
    assert capfd.readouterr() == ("", "")


@pytest.fixture
def lines():
    """A function that lets submissions be done at given times, and returns what is said."""

    def said(total, times):
        now, texts = [0.0], []
        tick = Lines(total, texts.append, lambda: now[0])
        for done, seconds in enumerate(times, 1):
            now[0] = seconds
            tick(done, done // 100)
        return texts

    return said


def test_lines_come_now_and_then(lines):
    texts = lines(2000, (0.05 * done for done in range(1, 2001)))
    # Every tenth, ten seconds apart; the end is said by the summary.
    assert len(texts) == 9
    assert texts[0] == "Graded 200 of 2,000, 2 failed, 20.0 a second, about 1 min 30 s left"
    assert texts[-1] == "Graded 1,800 of 2,000, 18 failed, 20.0 a second, about 10 s left"


def test_a_short_grading_says_nothing(lines):
    assert lines(1000, (0.009 * done for done in range(1, 1001))) == []


def test_a_slow_grading_gives_a_sign_of_life_every_minute(lines):
    texts = lines(5000, (10.0 * done for done in range(1, 31)))
    assert [text.split(" of ")[0] for text in texts] == [f"Graded {n}" for n in (6, 12, 18, 24, 30)]
    assert texts[0].endswith("0.1 a second, about 13 h 52 min left")


def test_the_rate_is_that_of_what_is_judged_now(lines):
    # The first half has not changed and goes by in a moment.
    texts = lines(1000, (0.001 * done if done <= 500 else done - 500 for done in range(1, 601)))
    assert texts[-1].startswith("Graded 570 of 1,000, 5 failed, 1.0 a second")


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0.04, "0.0 s"), (9.94, "9.9 s"), (9.96, "10 s"), (59.4, "59 s"), (59.6, "1 min 0 s"),
     (3599.9, "1 h 0 min"), (7500, "2 h 5 min")],
)  # fmt: skip
def test_durations(seconds, text):
    assert duration(seconds) == text


def spent(lines, **seconds):
    line = SummaryLine("ada", "compute_cost", "graded", 10, ())
    return Graded([line] * lines, lines - 5, seconds=defaultdict(float, seconds))


def test_what_a_class_took():
    assert time_spent(
        spent(1205, total=75.2, reading=1.04, gradebook=9.2, report=0.81, waiting=60, judging=110)
    ).splitlines() == [
        "1,200 judged, 5 had not changed: 1 min 15 s.",
        "Of that: reading 1.0 s, gradebook 9.2 s, grades and report 0.8 s, waiting for the judges "
        "1 min 0 s, other 4.2 s. The judges judged for 1 min 50 s, all together.",
    ]


def test_what_a_notebook_took():
    assert time_spent(spent(6, total=2.0)) == "1 judged, 5 had not changed: 2.0 s."


class Broken(Executor):
    """No call succeeds."""

    def submit(self, fn, /, *args, **kwargs):
        future = Future()
        future.set_exception(RuntimeError("out of order"))
        return future


@pytest.mark.slow
def test_what_fails_is_done_too(submitted, course, tmp_path):
    found = find_submissions(submitted / "li wei")
    ticks = []
    plan = Plan(course, found, tmp_path, f"sqlite:///{tmp_path}/gradebook.db", Limits(), None)
    outcome = grade(plan, Broken, 1, tick=lambda *numbers: ticks.append(numbers))
    assert ticks == [(n, n) for n in range(1, len(found.submitted) + 1)]
    assert len(outcome.problems) == len(ticks)
    assert outcome.seconds["total"] >= outcome.seconds["gradebook"] > 0
    assert outcome.seconds["judging"] == 0
