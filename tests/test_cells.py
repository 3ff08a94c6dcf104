"""Cells are run as a notebook runs them, and without IPython where they do without it."""

import math
import time
from contextlib import closing
from unittest.mock import Mock

import nbformat
import numpy as np
import pytest

from tests.cells_that_count import MISSING, NAME
from tests.machine import needs_bubblewrap
from tests.submissions import reference_answers
from workbook.course.exercises import NOTEBOOKS
from workbook.grade.judging.judge import Judge
from workbook.grade.judging.notebook_run import NotebookRun
from workbook.grade.judging.places import CodeCell
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.cells import NeedsIPythonError
from workbook.grade.sandbox.confinement import detect_layers
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.answers import filled_notebook, solution_cell
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import UNCONFINED, Layers, Limits

EXERCISE = NOTEBOOKS[0]


@pytest.fixture(scope="module")
def plain():
    """A warm process for what needs little."""
    with WarmProcess(Limits(), UNCONFINED, with_ipython=False) as warm:
        yield warm


@pytest.fixture(scope="module")
def everything():
    """A warm process with everything at hand."""
    with WarmProcess(Limits(), UNCONFINED) as warm:
        yield warm


@pytest.fixture(params=["plain", "everything"])
def run(request):
    """Return a function that runs cells, and returns their errors and what `word` returns."""
    with started(request.getfixturevalue(request.param)) as session:

        def run(*cells):
            errors = [session.run_cell(n, cell) for n, cell in enumerate(cells, 1)]
            return errors, session.call("word", (), {}) if session.defines("word") else None

        yield run


def started(warm):
    return closing(Session(warm, Limits(), {}, time.monotonic() + 60))


PLAIN = [
    "for _ in range(3):\n    x = 5",
    "_, x = 4, 5",
    "x = 5  # what is displayed? In the end: Out",
    "x = 5\nx",
    "x = 25 % 10\nx = (x\n     % 10)",
    "x = 5 if 4 != 5 else 6",
    "x = 5\nprint('why?')\n# why?\n'why?'",
    "from __future__ import annotations\nx = 5",
    "%%time\nx = 5",
    "\n%%capture\nx = 5",
]


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("cell", PLAIN)
def test_plain_python_is_run_as_it_is(run, cell):
    errors, word = run(cell, "def word():\n    return x")
    assert errors == [[], []]
    assert word == 5


FOR_IPYTHON = {
    "a magic": "%time x = 5",
    "two magics": "%matplotlib inline\n%time x = 5",
    "a magic in the middle": "if True:\n    %time x = 5",
    "a cell of a magic": "%%capture said\nx = 5",
    "a value from a magic": "home = %env HOME\nx = 5",
    "help": "x = 5\nx?",
    "more help": "x = 5\nprint??",
    "help first": "x = 5\n?x",
    "the shell": "x = 5 if get_ipython() else 4",
    "its package": "from IPython import get_ipython as shell\nx = 5 if shell() else 4",
    "its display": "x = 5\ndisplay(x)",
    "its input": "x = len(In[0]) + 5",
    "its own names": "x = 5 if _ih else 4",
    "its input, in a call": "x = 5 if len(In) else 4",
    "a cell that is indented": "\n    x = 4\n    x = 5",
    "a prompt": ">>> x = 5",
    "an await": "import asyncio\nx = await asyncio.sleep(0, 5)",
}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("cell", FOR_IPYTHON.values(), ids=FOR_IPYTHON)
def test_what_takes_ipython_is_run_where_it_is(plain, everything, cell):
    with started(plain) as session, pytest.raises(NeedsIPythonError):
        session.run_cell(1, cell)
    with started(everything) as session:
        assert session.run_cell(1, cell) == []
        session.run_cell(2, "def word():\n    return x")
        assert session.call("word", (), {}) == 5


@pytest.mark.parametrize("asks", ["_", "Out[max(Out)]", "list(Out.values())[-1]"])
def test_what_an_earlier_cell_has_shown_is_at_hand(everything, asks):
    with started(everything) as session:
        for number, cell in enumerate(["2 + 3", "y = 1", f"x = {asks}"], 1):
            assert session.run_cell(number, cell) == []
        session.run_cell(4, "def word():\n    return x")
        assert session.call("word", (), {}) == 5


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("cells", MISSING.values(), ids=MISSING)
@pytest.mark.parametrize("in_shell", [False, True])
def test_a_package_that_is_missing_costs_only_what_computes_with_it(everything, cells, in_shell):
    with started(everything) as session:
        for number, cell in enumerate(cells, 1):
            session.run_cell(number, f"get_ipython()\n{cell}" if in_shell else cell)
        Z, _ = session.call(NAME, (np.array([[2.0]]), np.array([[3.0]]), np.array([[1.0]])), {})
    assert Z == 7


def test_what_a_missing_package_leaves_out_is_noted(everything):
    cell = "import nsp\n@nsp.jit\ndef word(x=nsp.one, y: nsp.two = 2, z=lambda: nsp):\n    return x"
    with started(everything) as session:
        session.run_cell(1, cell)
        first, second = session.notes
        assert session.call("word", (), {}) is None
    assert first.startswith("cell 1: line 2 (`@nsp.jit`) did nothing: the package that it needs")
    assert second.startswith("cell 1: line 3 (`def word(x=nsp.one,")
    assert second.endswith("the default is None instead")


@pytest.mark.parametrize(
    ("status", "options", "fails"),
    [("", "", False), ("0", "", False), ("3", "", True), ("3", "-e ", False)],
)
def test_a_program_that_is_run_fails_by_its_status(everything, status, options, fails):
    program = f"import sys\nx = 5\nsys.exit({status})"
    with started(everything) as session:
        session.run_cell(1, f"with open('ends.py', 'w') as file:\n    file.write({program!r})")
        errors = session.run_cell(2, f"%run {options}ends.py")
        session.run_cell(3, "def word():\n    return x")
        assert session.call("word", (), {}) == 5
    assert len(errors) == fails


UNKNOWN = {
    "not installed": ("%%memit -r 1\nx = 5", 1, "%%memit"),
    "below empty lines": ("\n\n%%heat\nx = 5", 3, "%%heat"),
    "no name": ("%%\nx = 5", 1, "%%"),
    "a space in it": ("%% time\nx = 5", 1, "%%"),
    "of a line": ("%%matplotlib inline\nx = 5", 1, "%%matplotlib"),
    "above another": ("%%notify\n%%time\nx = 5", 1, "%%notify"),
}


@pytest.mark.parametrize(("cell", "line", "said"), UNKNOWN.values(), ids=UNKNOWN)
def test_a_cell_magic_that_is_not_there_costs_its_line_alone(everything, cell, line, said):
    with started(everything) as session:
        (failure,) = session.run_cell(1, cell)
        assert failure["message"] == f"Cell magic `{said}` not found"
        assert failure["line"] == line
        session.run_cell(2, "def word():\n    return x")
        assert session.call("word", (), {}) == 5


@pytest.mark.parametrize(
    "text", ["SELECT *\nFROM t", "cdef int f(int x):\n    return x", "graph TD"]
)
def test_a_cell_of_another_language_is_noted_once(everything, text):
    with started(everything) as session:
        assert len(session.run_cell(1, f"%%other\n{text}")) == 1


OUTER = pytest.param(Layers(True, 0, False), marks=needs_bubblewrap)


@pytest.mark.slow
@pytest.mark.parametrize("layers", [detect_layers(), OUTER, UNCONFINED], ids=str)
def test_a_notebook_goes_on_where_ipython_is(course, layers):
    """Nothing of it is run twice in one process."""
    notebook = filled_notebook(course, EXERCISE, reference_answers(course, EXERCISE))
    place = notebook.cells.index(solution_cell(notebook))
    once = "import sys\nassert not hasattr(sys, 'was_here'), 'twice'\nsys.was_here = True"
    more = [nbformat.v4.new_code_cell(cell) for cell in (once, "%time y = 5", "assert y == 5")]
    notebook.cells[place:place] = more
    job = Job("li wei", EXERCISE, nbformat.writes(notebook).encode())
    judge = Judge(course, Limits(notebook_seconds=20), layers)
    try:
        for _ in range(2):
            result = judge.judge(job)
            assert result.points == result.max_points
            assert result.notes == ()
    finally:
        judge.close()


def test_the_start_of_a_process_is_not_the_students_time(monkeypatch):
    session = Mock()
    session.close.side_effect = lambda: setattr(session, "ended", "closed")
    session.run_cell.side_effect = [NeedsIPythonError, []]
    session.reached, session.notes = set(), []
    started = []
    # A process takes an hour to start.
    monkeypatch.setattr(time, "monotonic", lambda: 3600.0 * len(started))

    def start(with_ipython, seconds):
        started.append((with_ipython, seconds))
        session.ended, session.deadline = None, time.monotonic() + seconds
        return session

    run = NotebookRun(start, 5.0, 5.0, False, [CodeCell(1, "%time x = 5")])
    assert run.running_session() is session
    assert started == [(False, 5.0), (True, 5.0)]


def test_cells_share_a_namespace_whoever_runs_them(everything):
    with started(everything) as session:
        for cell in ("a = 1", "%time b = a + 1", "c = b + 2", "!true\ndef word():\n    return c"):
            assert session.run_cell(1, cell) == []
        assert session.call("word", (), {}) == 4


def test_the_first_cell_finds_an_empty_namespace(run):
    errors, word = run(
        "names = [name for name in globals() if not name.startswith('_')]",
        "def word():\n    return names",
    )
    assert errors == [[], []]
    # IPython has some of its own; `exec` does without packages that are not installed.
    own = {"In", "Out", "get_ipython", "exit", "quit", "open", "exec"}
    assert set(word) <= {"names", *own}


def test_what_a_cell_imports_from_the_future_holds_for_the_next_ones(run):
    errors, word = run(
        "from __future__ import annotations", "def word(x: missing = 3):\n    return x"
    )
    assert errors == [[], []]
    assert word == 3


def test_what_a_notebook_defines_is_found_where_python_looks_for_it(run):
    errors, word = run(
        "import dataclasses, inspect, pickle\n\n\n@dataclasses.dataclass\nclass Pair:\n    a: int",
        "def word():\n    pair = pickle.loads(pickle.dumps(Pair(3)))\n"
        "    return [pair == Pair(3), inspect.getsource(word)]",
    )
    assert errors == [[], []]
    assert word[0] is True
    assert word[1].startswith("def word():\n    pair = ")


@pytest.mark.parametrize(
    ("cell", "kind", "message", "line"),
    [
        ("x = 1\ny = (x\n", "SyntaxError", "'(' was never closed", 2),
        ("for i in range(3):\n", "IndentationError", "expected an indented block", 1),
        ("x = 1\nx = = 2", "SyntaxError", "invalid syntax", 2),
        ("\n\nx = 1 +", "SyntaxError", "invalid syntax", 3),
        ("def f()\n    return 1", "SyntaxError", "expected ':'", 1),
        ("x = '", "SyntaxError", "unterminated string literal", 1),
        ("1 = x", "SyntaxError", "cannot assign to literal", 1),
    ],
)
def test_a_cell_that_is_no_python_says_so_as_python_does(run, cell, kind, message, line):
    ((error,),), _ = run(cell)
    assert (error["type"], error["line"]) == (kind, line)
    assert message in error["message"]
    # Python shows the line, but not where a text has no end.
    assert error["source"] in (cell.splitlines()[line - 1].strip(), "")


@pytest.mark.parametrize("cell", ["\0", "(" * 10_000, "-" * 200_000 + "1", "x = " + "9" * 10_000])
def test_a_cell_that_python_cannot_take_is_an_error_like_any_other(run, cell):
    errors, word = run(cell, "def word():\n    return 3")
    assert errors[0][0]["type"] in ("SyntaxError", "ValueError", "RecursionError", "MemoryError")
    assert word == 3


LEAVES_TRACES = """
import os, random
import numpy as np

def word():
    before = [os.listdir(), "left" in globals(), np.pi]
    globals()["left"], np.pi = 1, 3
    try:
        open("mine", "w").close()
        os.mkdir("deep")
        open("deep/er", "w").close()
    except OSError:
        pass
    at_home = os.environ["HOME"] == os.getcwd()
    drawn = [np.random.rand(), random.random(), np.random.default_rng().random()]
    return before, at_home, *map(float, drawn)
"""


@pytest.mark.slow
def test_forks_without_end_start_from_nothing():
    """One set of rules serves for some of them; there are more here."""
    seen = set()
    with WarmProcess(Limits(), detect_layers(), with_ipython=False) as warm:
        for number in range(150):
            with started(warm) as session:
                session.run_cell(1, LEAVES_TRACES)
                before, at_home, *drawn = session.call("word", (), {})
            assert before == [[], False, math.pi], number
            assert at_home
            seen.update(drawn)
        assert warm.alive
    # Only what the system draws differs: the other generators start where the judge says.
    assert len(seen) == 150 + 2
