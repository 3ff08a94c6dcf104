"""What works in every kernel works while a notebook is graded, or does nothing."""

import itertools
import re
import time
from contextlib import closing

import nbformat
import pytest

from tests.kernel_cells import NEED_MORE_THAN_A_KERNEL, REFUSED, cells
from tests.kernels import execute
from tests.machine import FILTERED
from tests.reference import WHOLE, sample
from workbook.grade.judging.session import Session
from workbook.grade.sandbox.cells import NeedsIPythonError
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import Limits

LIMITS = Limits(cell_seconds=20, notebook_seconds=300)
# What cells leave in one session may be in the way of others; they share one for speed.
TOGETHER = 30


# With IPython under bubblewrap, and with neither; before a release every combination.
EACH = [
    pytest.param((*layers.values, full), marks=layers.marks, id=f"{layers.id}-{name}")
    for (full, name), layers in sample(
        itertools.product([(True, "everything"), (False, "plain")], FILTERED), 3
    )
]


@pytest.fixture(scope="module", params=EACH)
def warm(request):
    with WarmProcess(LIMITS, *request.param) as warm:
        yield warm


def started(warm):
    return closing(Session(warm, LIMITS, {}, time.monotonic() + LIMITS.notebook_seconds))


def error_of(session, source, number=1):
    """Run a cell, and return what it raised, or None."""
    return next(iter(session.run_cell(number, source)), None)


def notes_of(session, source, number=1):
    """Run a cell, and return the notes on lines that did nothing."""
    before = len(session.notes)
    session.run_cell(number, source)
    return session.notes[before:]


def failures(warm, sources):
    """Return the errors of cells, by their sources."""
    found = {}
    for start in range(0, len(sources), TOGETHER):
        with started(warm) as session:
            for number, source in enumerate(sources[start : start + TOGETHER], 1):
                try:
                    error = error_of(session, source, number)
                except NeedsIPythonError:
                    continue
                if error:
                    found[source] = error
    return found


@pytest.mark.slow
def test_no_cell_fails_that_never_fails_in_a_kernel(warm):
    allowed = cells()
    failed = failures(warm, [cell for cell in allowed if cell not in REFUSED])
    assert not failed


def test_what_is_refused_is_refused_in_words(warm):
    with started(warm) as session:
        for number, (source, words) in enumerate(REFUSED.items(), 1):
            error = error_of(session, source, number)
            assert re.search(words, f"{error['type']}: {error['message']}"), source
        # Each costs itself only.
        assert error_of(session, "x = 1", 99) is None


@pytest.mark.slow
@pytest.mark.skipif(not WHOLE, reason="it tries the table, and nothing of the program")
def test_the_table_is_of_cells_that_work_in_a_kernel(tmp_path):
    wanted = [one for one in cells() if one not in NEED_MORE_THAN_A_KERNEL and "exit" not in one]
    wanted = [one for one in wanted if "quit" not in one and "%reset -f" not in one]
    failed = {}
    for start in range(0, len(wanted), 2 * TOGETHER):
        batch = [nbformat.v4.new_code_cell(one) for one in wanted[start : start + 2 * TOGETHER]]
        done = execute(nbformat.v4.new_notebook(cells=batch), tmp_path)
        failed |= {
            cell.source: output.evalue
            for cell in done.cells
            for output in cell.outputs
            if output.output_type == "error"
        }
    assert not failed


NOTED = {
    "!ls": "line 1 (`!ls`) did nothing: grading runs no shell commands",
    "x = 1\nfiles = !ls": "line 2 (`files = !ls`) did nothing: grading runs no shell commands",
    "!pip install pandas": "did nothing: grading installs nothing",
    "%pip install pandas": "did nothing: grading installs nothing",
    "%conda install pandas": "did nothing: grading installs nothing",
    "!apt-get -y install git": "did nothing: grading installs nothing",
    "%%bash\nls": "did nothing: grading runs no shell commands",
    "import os\nos.system('pip install pandas')": "line 2 (`os.system('pip install pandas')`)",
    "import subprocess\nsubprocess.run(['ls'])": "line 2 (`subprocess.run(['ls'])`) did nothing",
    "\n\n!ls": "line 3 (`!ls`) did nothing",
    "!mkdir /made": "line 1 (`!mkdir /made`) did nothing",
    "!mkdir -m 755 x": "line 1 (`!mkdir -m 755 x`) did nothing",
    "import os\nos.system('mkdir out\\npython make.py')": "did nothing: grading runs no shell",
    "%%capture\n!ls": "line 2 (`!ls`) did nothing",
    "%%time\nx = 1\n!ls": "line 3 (`!ls`) did nothing",
    "name = input()": "nobody can answer while your work is graded",
    "def f():\n    breakpoint()\nf()": "line 2 (`breakpoint()`) did nothing: there is no debugger",
}


@pytest.mark.parametrize(("cell", "said"), NOTED.items())
def test_what_did_nothing_is_noted(warm, cell, said):
    with started(warm) as session:
        try:
            (note,) = notes_of(session, cell, 3)
        except NeedsIPythonError:
            assert not warm.with_ipython
            return
        assert note.startswith("cell 3: ")
        assert said in note


def test_a_function_of_another_cell_is_noted_where_it_is_called(warm):
    with started(warm) as session:
        assert notes_of(session, "def f():\n    x = 1\n    breakpoint()") == []
        (note,) = notes_of(session, "y = 1\nf()", 2)
        assert note.startswith("cell 2: line 2 (`f()`) did nothing")


def test_most_lines_get_no_note(warm):
    with started(warm) as session:
        assert notes_of(session, "import os\nx = os.getcwd()\nprint(x)") == []
        asks = "import platform, uuid\nplatform.platform()\nplatform.processor()\nuuid.uuid1()"
        assert notes_of(session, asks) == []


EMPTY = {
    "x = !ls": "len(x) == 0 and x.n == '' and list(x) == []",
    "x = %sx ls": "len(x) == 0",
    "%%bash --out x\nls": "x == ''",
    "import subprocess\nx = subprocess.check_output(['ls'])": "x == b''",
    "import subprocess\nx = subprocess.run('ls', shell=True, capture_output=True, text=True)":
        "(x.returncode, x.stdout, x.stderr) == (0, '', '')",
    "import os\nx = os.popen('ls').read()": "x == ''",
    "x = input('Name? ')": "x == ''",
    "import getpass\nx = getpass.getuser()": "x == 'student'",
    "from pathlib import Path\nx = Path.home() == Path.cwd()": "x is True",
    "import matplotlib as m\nm.use('TkAgg')\nx = m.get_backend().lower()": "x == 'agg'",
}  # fmt: skip


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("cell", "true"), EMPTY.items())
def test_what_is_asked_for_gives_a_plain_answer(warm, cell, true):
    with started(warm) as session:
        try:
            assert error_of(session, cell) is None
        except NeedsIPythonError:
            assert not warm.with_ipython
            return
        session.run_cell(2, f"def asked():\n    return {true}")
        assert session.call("asked", (), {}) is True


def test_a_loop_that_waits_for_an_answer_ends(warm):
    with started(warm) as session:
        error = error_of(session, "while input('Again? ') != 'n':\n    pass")
    assert (error["type"], error["message"]) == (
        "EOFError",
        "nobody answers while your work is graded",
    )
