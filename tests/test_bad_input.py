"""Whatever is handed in, it gets a result with a reason, and the next submission gets its due."""

import copy
import os
import time

import nbformat
import pytest

from tests.submissions import graded_cells, to_bytes
from workbook.course.exercises import ASSIGNMENTS, find
from workbook.course.zip_files import MAX_FILE_BYTES
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import filled_notebook, solution_cell
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import Limits

EXERCISE = find("linear_forward")
FULL = 8

RIGHT = """
def linear_forward(A, W, b):
    return W @ A + b, (A, W, b)
"""

SMALL = Limits(
    cell_seconds=2.0,
    call_seconds=1.0,
    notebook_seconds=3.0,
    memory_bytes=512 * 2**20,
    output_characters=10_000,
)


@pytest.fixture(scope="module")
def judge(course):
    """A judge with small limits: one warm process for all submissions of this file."""
    judge = Judge(course, SMALL)
    yield judge
    judge.close()


@pytest.fixture
def judged(judge):
    """Judge a file, and a right answer after it, which must not have suffered."""

    def run(data: bytes | None):
        result = judge.judge(Job("someone", EXERCISE, data))
        beside = judge.judge(Job("someone else", EXERCISE, right_data(judge)))
        assert (beside.status, beside.points, beside.notes) == ("graded", FULL, ())
        assert all(verdict.passed != bool(verdict.message) for verdict in result.tests)
        assert sum(verdict.max_points for verdict in result.tests) == FULL
        return result

    return run


def right_data(judge) -> bytes:
    return to_bytes(notebook_of(judge, RIGHT))


def notebook_of(judge, answer):
    return filled_notebook(judge._course, EXERCISE, answer)


# --- Files that are no notebook -------------------------------------------------------------------


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"# Backprop\n\nI could not open it.\n", "the file is not JSON"),
        (b'{"cells": [', "the file is not JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is a picture, not a notebook"),
        (b"[" * 100_000, "the file is not JSON"),
        (b"9" * 10_000, "the file is not JSON"),
        (b"[]", "the file is JSON, but not a notebook"),
        (b'"linear_forward"', "the file is JSON, but not a notebook"),
        (b"null", "the file is JSON, but not a notebook"),
        (b"NaN", "the file is JSON, but not a notebook"),
        (b'{"name": "linear_forward"}', "it has no cells"),
        (b'{"cells": {"0": {}}, "nbformat": 4}', "it has no cells"),
        (b'{"worksheets": [7], "nbformat": 3}', "has no cells"),
        (b'{"worksheets": [], "nbformat": "three"}', "old format"),
    ],
)
def test_file_that_is_no_notebook(data, note, judged):
    result = judged(data)
    assert (result.status, result.points) == ("invalid", 0)
    assert note in result.notes[0]
    assert {verdict.message for verdict in result.tests} == {result.notes[0]}


def test_missing_file(judged):
    result = judged(None)
    assert (result.status, result.points) == ("missing", 0)
    assert result.notes == ("no notebook was submitted",)


UNTELLABLE = """
class Untellable(ValueError):
    def __str__(self):
        return self.mesage

def linear_forward(A, W, b):
    raise Untellable(A.shape)
"""


def test_an_exception_whose_message_cannot_be_had(judged, judge):
    result = judged(to_bytes(notebook_of(judge, UNTELLABLE)))
    assert (result.status, result.points) == ("graded", 0)
    assert all("Untellable" in verdict.message for verdict in result.tests)
    assert "cannot be shown" in result.tests[0].message


# --- Notebooks whose cells are not as they were released ------------------------------------------

DRAFT = "def linear_forward(A, W, b):\n    return None\n"


def no_solution_cell(notebook):
    notebook.cells.remove(solution_cell(notebook))


def solution_in_a_cell_without_metadata(notebook):
    cell = solution_cell(notebook)
    notebook.cells[notebook.cells.index(cell)] = nbformat.v4.new_code_cell(cell.source)


def solution_renamed(notebook):
    solution_cell(notebook).metadata["nbgrader"]["grade_id"] = "my_answer"


def copied(cell, **changes):
    """Return a cell as JupyterLab copies it: with its metadata, and an identifier of its own."""
    return nbformat.from_dict({**copy.deepcopy(cell), "id": f"copy-of-{cell.id}", **changes})


def draft_above_the_solution(notebook):
    cell = solution_cell(notebook)
    notebook.cells.insert(notebook.cells.index(cell), copied(cell, source=DRAFT))


def draft_below_the_solution(notebook):
    notebook.cells.append(copied(solution_cell(notebook), source=DRAFT))


def setup_cell_lost(notebook):
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    del notebook.cells[names.index("linear_forward-setup")]


def solution_made_text(notebook):
    cell = solution_cell(notebook)
    text = nbformat.v4.new_markdown_cell(cell.source, metadata=cell.metadata)
    notebook.cells[notebook.cells.index(cell)] = text


def points_changed(notebook):
    graded_cells(notebook)[1].metadata["nbgrader"]["points"] = 800


def metadata_of_other_types(notebook):
    settings = {"grade_id": "linear_forward-Z", "grade": "yes", "points": [1], "solution": {}}
    graded_cells(notebook)[1].metadata["nbgrader"] = settings
    notebook.cells[0].metadata = {"nbgrader": {"grade_id": ["linear_forward"]}}
    notebook.metadata = {"kernelspec": "python3"}


def entries_that_are_no_cells(notebook):
    notebook.cells = [None, 7, "cell", [], *notebook.cells, {}]


def unknown_kernel(notebook):
    notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": ""}


def cell_above(source):
    """Return a change that adds a cell above the answer."""

    def change(notebook):
        at = notebook.cells.index(solution_cell(notebook))
        notebook.cells.insert(at, nbformat.v4.new_code_cell(source))

    return change


RAISES = cell_above("import a_module_of_my_own")
ASKS = cell_above('name = input("Your name? ")')
NEEDS_MEMORY = cell_above("import numpy as np\ntable = np.ones((10**6, 10**4))")
PRINTS_MEGABYTES = cell_above("for _ in range(10**5): print('x' * 100)")


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    ("change", "status", "points", "note"),
    [
        (no_solution_cell, "invalid", 0, "the cell 'linear_forward' was missing"),
        (solution_in_a_cell_without_metadata, "graded", FULL, "'linear_forward' was missing"),
        (solution_renamed, "graded", FULL, "the cell 'linear_forward' was missing"),
        (draft_above_the_solution, "graded", FULL, "there twice; the last answer counts"),
        (draft_below_the_solution, "graded", 0, "there twice; the last answer counts"),
        (setup_cell_lost, "graded", FULL, "the cell 'linear_forward-setup' was missing"),
        (solution_made_text, "graded", FULL, "'linear_forward' was not a code cell"),
        (points_changed, "graded", FULL, "metadata of the cell 'linear_forward-Z' was changed"),
        (metadata_of_other_types, "graded", FULL, "metadata of the cell 'linear_forward-Z'"),
        (entries_that_are_no_cells, "graded", FULL, "4 entries of the notebook were not cells"),
        (unknown_kernel, "graded", FULL, "the notebook names the kernel 'julia-1.9'"),
        (RAISES, "graded", FULL, "failed: ModuleNotFoundError: No module named"),
        (ASKS, "graded", FULL, "did nothing: nobody can answer while your work is graded"),
        (PRINTS_MEGABYTES, "graded", FULL, "characters printed by one cell"),
        (NEEDS_MEMORY, "graded", FULL, "MemoryError"),
    ],
    ids=lambda value: getattr(value, "__name__", None),
)
def test_notebook_with_other_cells(change, status, points, note, judge, judged):
    notebook = notebook_of(judge, RIGHT)
    change(notebook)
    result = judged(to_bytes(notebook))
    assert (result.status, result.points) == (status, points)
    assert any(note in one for one in result.notes), result.notes


def test_notebook_of_nbformat_3(judge, judged):
    result = judged(nbformat.writes(nbformat.convert(notebook_of(judge, RIGHT), 3)).encode())
    assert (result.status, result.points) == ("graded", FULL)
    assert result.notes == ("the notebook had nbformat 3; it was upgraded to 4",)


def test_a_note_quotes_what_no_file_can_hold(judge, judged):
    notebook = nbformat.convert(notebook_of(judge, RIGHT), 3)
    data = nbformat.writes(notebook).replace('"nbformat": 3', '"nbformat": "\\ud800"')
    result = judged(data.encode())
    assert (result.status, result.points) == ("graded", FULL)
    assert result.notes == (
        "the notebook had nbformat \N{REPLACEMENT CHARACTER}; it was upgraded to 4",
    )


# --- Code that does what it should not ------------------------------------------------------------


def function(body: str) -> str:
    lines = "\n    ".join(body.strip().splitlines())
    return f"def linear_forward(A, W, b):\n    {lines}\n"


ANSWERS_THAT_FAIL = {
    "syntax error": ("def linear_forward(A, W, b)\n    return 1", "SyntaxError: expected ':'"),
    "indentation": ("def linear_forward(A, W, b):\nreturn 1", "IndentationError"),
    "null byte": ("def linear_forward(A, W, b):\n    return '\0'", "null byte"),
    "no function": ("linear_forward = 7", "linear_forward is not a function where its tests"),
    "a result under its name": (
        f"{function('return W @ A + b, (A, W, b)')}linear_forward = linear_forward.__name__",
        "gives the name another value",
    ),
    "deleted": (f"{function('return W @ A + b, (A, W, b)')}del linear_forward", "or deletes it"),
    "defined elsewhere": ("from math import sqrt", "does not define linear_forward"),
    "async": (
        f"async {function('return W @ A + b, (A, W, b)')}",
        "the function returned a coroutine",
    ),
    "generator": (function("yield W @ A + b\nyield A, W, b"), "the function returned a generator"),
    "no arguments": ("def linear_forward(): return 1", "TypeError"),
    "sys.exit": (function("raise SystemExit(0)"), "raised SystemExit: 0"),
    "its own": (f"class Stop(BaseException): pass\n{function('raise Stop')}", "raised Stop"),
    "input": (function("return input('Z? ')"), "input() has nobody to answer it"),
    "recursion": (function("return linear_forward(A, W, b)"), "RecursionError"),
    "contains itself": (
        function("Z = []\nZ.append(Z)\nreturn Z, Z"),
        "Z is a list; it should be a NumPy array",
    ),
    "huge": (function("return np.zeros((6000, 6000)), (A, W, b)"), "too large"),
    "lambda": (function("return lambda: 1"), "the function returned a function"),
    "text": (function("return 'W @ A + b'"), "returned a str"),
    "nothing": (function("W @ A + b"), "returned None"),
}


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(("answer", "message"), ANSWERS_THAT_FAIL.values(), ids=ANSWERS_THAT_FAIL)
def test_answer_that_fails(answer, message, judge, judged):
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert result.status == "graded"
    assert result.points < FULL
    assert any(message in verdict.message for verdict in result.tests), result.tests[0].message


ANSWERS_THAT_PASS = {
    "prints megabytes": function("print('x' * 10**7)\nreturn W @ A + b, (A, W, b)"),
    "raises at import": f"raise ValueError('no')\n{RIGHT}",
    "exits at import": f"import sys\nsys.exit(0)\n{RIGHT}",
    "endless loop at import": f"while True: pass\n{RIGHT}",
    "object with a call": "class F:\n    def __call__(self, A, W, b):\n"
    "        return W @ A + b, (A, W, b)\nlinear_forward = F()",
    "replaces NumPy's comparison": f"np.array_equal = np.allclose = lambda *a, **k: True\n{RIGHT}",
    "replaces print": f"import builtins\nbuiltins.print = None\n{RIGHT}",
    "closes stdout": f"import sys\nsys.stdout.close()\n{RIGHT}",
    "inline figures": f"%matplotlib inline\n{RIGHT}",
    "leaves a thread": f"import threading, time\n"
    f"threading.Thread(target=time.sleep, args=(60,)).start()\n{RIGHT}",
    "tries to leave a process": "import subprocess\ntry:\n    subprocess.Popen(['sleep', '60'])\n"
    f"except OSError:\n    pass\n{RIGHT}",
}


def endless_are_slow(names):
    """Mark those that are ended when their time is up."""
    return [
        pytest.param(name, marks=pytest.mark.slow) if name.startswith("endless") else name
        for name in names
    ]


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("name", endless_are_slow(ANSWERS_THAT_PASS))
def test_answer_that_is_right_all_the_same(name, judge, judged):
    result = judged(to_bytes(notebook_of(judge, ANSWERS_THAT_PASS[name])))
    assert (result.status, result.points) == ("graded", FULL), result.tests


ANSWERS_THAT_END_THE_PROCESS = {
    "endless loop": (function("while True: pass"), "timeout", "did not finish in time"),
    "os._exit": (function("import os\nos._exit(0)"), "crashed", "ended while linear_forward ran"),
    "aborts": (function("import os\nos.abort()"), "crashed", "(SIGABRT)"),
    "bad address": (function("import ctypes\nctypes.string_at(0)"), "crashed", "(SIGSEGV)"),
    "writes rubbish on every wire": (
        "import os\n"
        + function(
            "for handle in range(3, 64):\n"
            "    try: os.write(handle, b'\\0\\0\\0\\5full!' * 100)\n"
            "    except OSError: pass\n"
            "return W @ A + b, (A, W, b)"
        ),
        "crashed",
        "broke off",
    ),
    "replaces builtins": (
        "import builtins\n" + function("builtins.isinstance = builtins.len = None\nreturn W, A"),
        "crashed",
        "",
    ),
}


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("name", endless_are_slow(ANSWERS_THAT_END_THE_PROCESS))
def test_answer_that_ends_its_process(name, judge, judged):
    answer, status, note = ANSWERS_THAT_END_THE_PROCESS[name]
    started = time.monotonic()
    result = judged(to_bytes(notebook_of(judge, answer)))
    # The limit holds for all tests together; the rest is for the right answer beside it, and for
    # time in which the machine had no core for them, which is given back.
    assert time.monotonic() - started < 20
    assert (result.status, result.points) == (status, 0)
    assert not note or any(note in one for one in result.notes), result.notes
    assert len(set(result.notes)) == len(result.notes)


SLOW = {"call_seconds": "1 second for one call of the function"}


@pytest.mark.parametrize(
    ("body", "status", "limits"),
    [
        ("import os; os._exit(0)", "crashed", {}),
        pytest.param("while True: pass", "timeout", SLOW, marks=pytest.mark.slow),
    ],
)
def test_what_was_earned_beside_the_end_stays_earned(body, status, limits, judge, judged):
    answer = function(f"if A.shape[1] == 1:\n    {body}\nreturn W @ A + b, (A, W, b)")
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert (result.status, result.points, result.limits) == (status, 6, limits)
    # The cache (1) and one example (1) are tested with a single example; nothing else is.
    failed = [verdict.name for verdict in result.tests if not verdict.passed]
    assert failed == ["test_cache", "test_one_example_and_one_unit"]


# --- What lies in a class's folder ----------------------------------------------------------------


def test_what_cannot_be_read_is_named_and_its_neighbours_are_not_lost(tmp_path):
    notebook = EXERCISE.notebook_path
    for student in ("ada", "link", "folder", "pipe", "follower"):
        (tmp_path / student / EXERCISE.assignment).mkdir(parents=True)
    (tmp_path / "ada" / notebook).write_text("{}", encoding="utf-8")
    (tmp_path / "ada" / "9_unknown").mkdir()
    (tmp_path / "link" / notebook).symlink_to(tmp_path / "ada" / notebook)
    (tmp_path / "folder" / notebook).mkdir()
    os.mkfifo(tmp_path / "pipe" / notebook)
    (tmp_path / "follower" / EXERCISE.assignment).rmdir()
    (tmp_path / "follower" / EXERCISE.assignment).symlink_to(tmp_path / "ada" / EXERCISE.assignment)
    found = find_submissions(tmp_path, EXERCISE)
    assert {one.student: (one.path is None, one.is_missing) for one in found.submitted} == {
        "ada": (False, False),
        "follower": (True, True),
        **dict.fromkeys(("folder", "link", "pipe"), (True, False)),
    }
    assert found.problems == (
        "ada: unknown assignment '9_unknown'; the course has " + ", ".join(ASSIGNMENTS),
        "folder: 03_linear_forward.ipynb is not a regular file; it earns no points",
        f"follower: {EXERCISE.assignment} is a link; it was left out",
        "link: 03_linear_forward.ipynb is not a regular file; it earns no points",
        "pipe: 03_linear_forward.ipynb is not a regular file; it earns no points",
    )
    jobs = {one.student: one.job() for one in found.submitted}
    assert (jobs["ada"].data, jobs["ada"].problem) == (b"{}", "")
    assert jobs["pipe"].problem == "03_linear_forward.ipynb is not a regular file"


def test_one_notebook_of_gigabytes_earns_nothing(tmp_path):
    huge = tmp_path / "ada" / EXERCISE.notebook_path
    huge.parent.mkdir(parents=True)
    with huge.open("wb") as file:
        # A file with a hole: it takes no room on the disk.
        file.truncate(MAX_FILE_BYTES + 1)
    found = find_submissions(huge)
    assert [(one.student, one.job().data) for one in found.submitted] == [("ada", None)]
    assert "larger than 256 MiB" in found.problems[0]


def test_the_course_itself_is_no_class(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("", encoding="utf-8")
    (tmp_path / "release" / "1_initialization").mkdir(parents=True)
    with pytest.raises(FileNotFoundError, match=r"is a course, not a class.*submitted"):
        find_submissions(tmp_path)
