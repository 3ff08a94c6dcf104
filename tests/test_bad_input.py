"""Whatever is handed in, it gets a result with a reason, and the next submission gets its due."""

import copy
import json
import os
import re
import shutil
import time

import nbformat
import pytest
from nbgrader.api import Gradebook

from workbook.course.exercises import find
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import (
    filled_notebook,
    reference_answer,
    solution_cell,
    submit,
)
from workbook.grade.submissions.find import MAX_BYTES, find_submissions, read_file
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
    call_seconds=0.5,
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


def to_bytes(notebook) -> bytes:
    return json.dumps(notebook).encode()


def graded_cells(notebook):
    return [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade")]


# --- Files that are no notebook -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "note"),
    [
        (b"", "the file is empty"),
        (b" \n\t\n", "the file is empty"),
        (b"# Backprop\n\nI could not open it.\n", "the file is not JSON"),
        (b'{"cells": [', "the file is not JSON"),
        (b'{"cells": ["\xff\xfe"]}', "the file is not JSON"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "the file is not JSON"),
        (b"[" * 100_000, "the file is not JSON"),
        (b"9" * 10_000, "the file is not JSON"),
        (b"[]", "the file is JSON, but not a notebook"),
        (b'"linear_forward"', "the file is JSON, but not a notebook"),
        (b"null", "the file is JSON, but not a notebook"),
        (b"NaN", "the file is JSON, but not a notebook"),
        (b'{"name": "linear_forward"}', "it has no cells"),
        (b'{"cells": {"0": {}}, "nbformat": 4}', "it has no cells"),
        (b'{"worksheets": [7], "nbformat": 3}', "cannot be upgraded"),
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


def graded_cells_copied(notebook):
    notebook.cells += [copied(cell) for cell in graded_cells(notebook)]


def graded_cells_lost(notebook):
    lost = graded_cells(notebook)
    notebook.cells = [cell for cell in notebook.cells if cell not in lost]


def setup_cell_lost(notebook):
    (setup,) = [
        cell
        for cell in notebook.cells
        if cell.metadata.get("nbgrader", {}).get("grade_id") == "linear_forward-setup"
    ]
    notebook.cells.remove(setup)


def solution_made_text(notebook):
    cell = solution_cell(notebook)
    text = nbformat.v4.new_markdown_cell(cell.source, metadata=cell.metadata)
    notebook.cells[notebook.cells.index(cell)] = text


def points_changed(notebook):
    graded_cells(notebook)[1].metadata["nbgrader"]["points"] = 800


def lock_removed(notebook):
    graded_cells(notebook)[1].metadata["nbgrader"]["locked"] = False


def metadata_of_other_types(notebook):
    settings = {"grade_id": "linear_forward-Z", "grade": "yes", "points": [1], "solution": {}}
    graded_cells(notebook)[1].metadata["nbgrader"] = settings
    notebook.cells[0].metadata = {"nbgrader": {"grade_id": ["linear_forward"]}}
    notebook.metadata = {"kernelspec": "python3"}


def entries_that_are_no_cells(notebook):
    notebook.cells = [None, 7, "cell", [], *notebook.cells, {}]


def unknown_kernel(notebook):
    notebook.metadata["kernelspec"] = {"name": "julia-1.9", "display_name": "Julia", "language": ""}


def cell_above_raises(notebook):
    at = notebook.cells.index(solution_cell(notebook))
    notebook.cells.insert(at, nbformat.v4.new_code_cell("import a_module_of_my_own"))


def cell_above_asks(notebook):
    at = notebook.cells.index(solution_cell(notebook))
    notebook.cells.insert(at, nbformat.v4.new_code_cell('name = input("Your name? ")'))


def cell_above_prints_megabytes(notebook):
    at = notebook.cells.index(solution_cell(notebook))
    notebook.cells.insert(at, nbformat.v4.new_code_cell("for _ in range(10**5): print('x' * 100)"))


def cell_below_uses_much_memory(notebook):
    notebook.cells.append(nbformat.v4.new_code_cell("table = np.ones((10**6, 10**4))"))


@pytest.mark.parametrize(
    ("change", "status", "points", "note"),
    [
        (no_solution_cell, "invalid", 0, "the cell 'linear_forward' was missing"),
        (solution_in_a_cell_without_metadata, "graded", FULL, "'linear_forward' was missing"),
        (solution_renamed, "graded", FULL, "the cell 'linear_forward' was missing"),
        (draft_above_the_solution, "graded", FULL, "'linear_forward' was there twice; the last"),
        (draft_below_the_solution, "graded", 0, "'linear_forward' was there twice; the last"),
        (graded_cells_copied, "graded", FULL, "the cell 'linear_forward-Z' was there twice"),
        (graded_cells_lost, "graded", FULL, "the cell 'linear_forward-care' was missing"),
        (setup_cell_lost, "graded", FULL, "the cell 'linear_forward-setup' was missing"),
        (solution_made_text, "graded", FULL, "'linear_forward' was no code cell"),
        (points_changed, "graded", FULL, "metadata of the cell 'linear_forward-Z' was changed"),
        (lock_removed, "graded", FULL, "metadata of the cell 'linear_forward-Z' was changed"),
        (metadata_of_other_types, "graded", FULL, "metadata of the cell 'linear_forward-Z'"),
        (entries_that_are_no_cells, "graded", FULL, "4 entries of the notebook were no cells"),
        (unknown_kernel, "graded", FULL, "the notebook names the kernel 'julia-1.9'"),
        (cell_above_raises, "graded", FULL, "failed: ModuleNotFoundError: No module named"),
        (cell_above_asks, "graded", FULL, "failed: RuntimeError: input() has nobody to answer"),
        (cell_above_prints_megabytes, "graded", FULL, "characters printed by one cell"),
        (cell_below_uses_much_memory, "out_of_memory", FULL, "MemoryError"),
    ],
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
    assert result.notes == ("the notebook was of nbformat 3; it was upgraded to 4",)


# --- Code that does what it should not ------------------------------------------------------------


def function(body: str) -> str:
    lines = "\n    ".join(body.strip().splitlines())
    return f"def linear_forward(A, W, b):\n    {lines}\n"


ANSWERS_THAT_FAIL = {
    "syntax error": ("def linear_forward(A, W, b)\n    return 1", "SyntaxError: expected ':'"),
    "indentation": ("def linear_forward(A, W, b):\nreturn 1", "IndentationError"),
    "null byte": ("def linear_forward(A, W, b):\n    return '\0'", "null byte"),
    "raises at import": (f"raise ValueError('no')\n{RIGHT}", "ValueError: no"),
    "exits at import": (f"import sys\nsys.exit(0)\n{RIGHT}", "SystemExit"),
    "no function": ("linear_forward = 7", "does not define linear_forward"),
    "async": (f"async {function('return W @ A + b, (A, W, b)')}", "type coroutine"),
    "generator": (function("yield W @ A + b\nyield A, W, b"), "type generator"),
    "no arguments": ("def linear_forward(): return 1", "TypeError"),
    "sys.exit": (function("raise SystemExit(0)"), "raised SystemExit: 0"),
    "interrupt": (function("raise KeyboardInterrupt"), "raised KeyboardInterrupt"),
    "its own BaseException": (
        f"class Stop(BaseException): pass\n{function('raise Stop')}",
        "raised Stop",
    ),
    "input": (function("return input('Z? ')"), "input() has nobody to answer it"),
    "recursion": (function("return linear_forward(A, W, b)"), "RecursionError"),
    "nested without end": (
        function("Z = []\nfor _ in range(1000): Z = [Z]\nreturn Z, (A, W, b)"),
        "nested too deeply",
    ),
    "contains itself": (function("Z = []\nZ.append(Z)\nreturn Z, Z"), "nested too deeply"),
    "huge": (function("return np.zeros((6000, 6000)), (A, W, b)"), "too large"),
    "huge integer": (function("return 10**1000, (A, W, b)"), "too large"),
    "many parts": (function("return [0] * 10**6, (A, W, b)"), "too many parts"),
    "lambda": (function("return lambda: 1"), "a value of type function is not plain data"),
    "object array": (function("return np.array([A, None], dtype=object), 1"), "object entries"),
    "equals everything": (
        "class Any:\n    def __eq__(self, other): return True\n" + function("return Any(), Any()"),
        "a value of type Any is not plain data",
    ),
    "array that equals everything": (
        "class Any(np.ndarray):\n"
        "    def __eq__(self, other): return np.True_\n"
        "    def __sub__(self, other): return 0 * np.asarray(self)\n"
        + function("return np.zeros((W.shape[0], A.shape[1])).view(Any), (A, W, b)"),
        "Z is not right",
    ),
    "text": (function("return 'W @ A + b'"), "returned a str"),
    "nothing": (function("W @ A + b"), "returned None"),
}


@pytest.mark.parametrize("name", ANSWERS_THAT_FAIL)
def test_answer_that_fails(name, judge, judged):
    answer, message = ANSWERS_THAT_FAIL[name]
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert result.status == "graded"
    assert result.points < FULL
    assert any(message in verdict.message for verdict in result.tests), result.tests[0].message


ANSWERS_THAT_PASS = {
    "prints megabytes": function("print('x' * 10**7)\nreturn W @ A + b, (A, W, b)"),
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


@pytest.mark.parametrize("name", ANSWERS_THAT_PASS)
def test_answer_that_is_right_all_the_same(name, judge, judged):
    result = judged(to_bytes(notebook_of(judge, ANSWERS_THAT_PASS[name])))
    assert (result.status, result.points) == ("graded", FULL), result.tests


ANSWERS_THAT_END_THE_PROCESS = {
    "endless loop": (function("while True: pass"), "timeout", "did not finish in time"),
    "endless loop at import": ("while True: pass\n" + RIGHT, "timeout", "did not finish"),
    "endless loop that ignores signals": (
        "import signal\n"
        "for name in ('SIGTERM', 'SIGINT', 'SIGXCPU'):\n"
        "    signal.signal(getattr(signal, name), signal.SIG_IGN)\n"
        + function(
            "while True:\n    try:\n        while True: pass\n    except BaseException: pass"
        ),
        "timeout",
        "did not finish",
    ),
    "memory": (function("return np.ones((10**5, 10**5)), 1"), "out_of_memory", ""),
    "memory bit by bit": (
        function("kept = []\nwhile True: kept.append(np.empty(10**6))"),
        "out_of_memory",
        "",
    ),
    "os._exit": (function("import os\nos._exit(0)"), "crashed", "ended while linear_forward ran"),
    "os._exit at import": (
        "import os\nos._exit(0)\n" + RIGHT,
        "crashed",
        "the process ended while cell",
    ),
    "aborts": (function("import os\nos.abort()"), "crashed", "(SIGABRT)"),
    "segmentation fault": (
        function("import ctypes\nctypes.string_at(0)"),
        "crashed",
        "(SIGSEGV)",
    ),
    "closes its wire": (function("import os\nos.closerange(3, 64)"), "crashed", ""),
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
    "exception without words": (
        "class Mute(Exception):\n    def __str__(self): raise self\n" + function("raise Mute"),
        "crashed",
        "",
    ),
    "replaces builtins": (
        "import builtins\n" + function("builtins.isinstance = builtins.len = None\nreturn W, A"),
        "crashed",
        "",
    ),
}


@pytest.mark.parametrize("name", ANSWERS_THAT_END_THE_PROCESS)
def test_answer_that_ends_its_process(name, judge, judged):
    answer, status, note = ANSWERS_THAT_END_THE_PROCESS[name]
    started = time.monotonic()
    result = judged(to_bytes(notebook_of(judge, answer)))
    # The limit holds for all tests together; the rest is for the right answer beside it.
    assert time.monotonic() - started < SMALL.notebook_seconds + 5
    assert (result.status, result.points) == (status, 0)
    assert not note or any(note in one for one in result.notes), result.notes
    assert len(set(result.notes)) == len(result.notes)


def test_what_was_earned_before_the_end_stays_earned(judge, judged):
    answer = function(
        "if A.shape[1] == 1:\n    import os\n    os._exit(0)\nreturn W @ A + b, (A, W, b)"
    )
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert result.status == "crashed"
    # The cache (2) and one example (1) are tested with a single example; nothing else is.
    failed = [verdict.name for verdict in result.tests if not verdict.passed]
    assert failed == ["test_cache", "test_one_example_and_one_unit"]
    assert result.points == 5


def test_time_runs_out_for_some_tests_only(judge, judged):
    answer = function("if A.shape[1] == 1:\n    while True: pass\nreturn W @ A + b, (A, W, b)")
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert (result.status, result.points) == ("timeout", 5)
    assert result.limits == {"call_seconds": "0.5 seconds for one call of the function"}


def test_ending_the_warm_process_harms_nobody(judge, judged):
    answer = "import os, signal\nos.kill(os.getppid(), signal.SIGKILL)\n" + RIGHT
    result = judged(to_bytes(notebook_of(judge, answer)))
    assert result.status in ("crashed", "graded")


# --- A whole class of them ------------------------------------------------------------------------

LAST = find("update_parameters")


@pytest.fixture(scope="module")
def bad_class(course, tmp_path_factory):
    """One assignment, handed in by a class of which only the last did all right."""
    folder = tmp_path_factory.mktemp("bad") / "submitted"
    right = reference_answer(course, LAST.name)
    changes = {
        "cells copied": graded_cells_copied,
        "cells lost": graded_cells_lost,
        "kernel unknown": unknown_kernel,
        "no solution": no_solution_cell,
        "raises": cell_above_raises,
        "asks": cell_above_asks,
        "megabytes": cell_above_prints_megabytes,
        "two solutions": draft_above_the_solution,
        "zoë o'brien (2)": lambda n: None,
    }
    for student, change in changes.items():
        notebook = filled_notebook(course, LAST, right)
        change(notebook)
        submit(folder, student, LAST, notebook)
    submit(folder, "syntax", LAST, filled_notebook(course, LAST, "def update_parameters(:"))
    for student, data in {
        "cut off": b'{"cells": [',
        "empty": b"",
        "list": b"[1, 2]",
        "nbformat 3": nbformat.writes(
            nbformat.convert(filled_notebook(course, LAST, right), 3)
        ).encode(),
        "not text": b"\xff\xfe\x00",
    }.items():
        path = folder / student / LAST.notebook_path
        path.parent.mkdir(parents=True)
        path.write_bytes(data)
    shutil.copytree(folder / "zoë o'brien (2)", folder / "link")
    link = folder / "link" / LAST.notebook_path
    link.unlink()
    link.symlink_to(folder / "zoë o'brien (2)" / LAST.notebook_path)
    (folder / "folder" / LAST.notebook_path).mkdir(parents=True)
    pipe = folder / "pipe" / LAST.notebook_path
    pipe.parent.mkdir(parents=True)
    os.mkfifo(pipe)
    return folder


#: Status, points and a word of the note of each submission.
BAD_CLASS = {
    "asks": ("graded", 8, "input() has nobody to answer"),
    "cells copied": ("graded", 8, "was there twice"),
    "cells lost": ("graded", 8, "was missing"),
    "cut off": ("invalid", 0, "not JSON"),
    "empty": ("invalid", 0, "the file is empty"),
    "folder": ("invalid", 0, "is not a regular file"),
    "kernel unknown": ("graded", 8, "julia-1.9"),
    "link": ("invalid", 0, "is not a regular file"),
    "list": ("invalid", 0, "not a notebook"),
    "megabytes": ("graded", 8, "characters printed by one cell"),
    "nbformat 3": ("graded", 8, "nbformat 3"),
    "no solution": ("invalid", 0, "was missing"),
    "not text": ("invalid", 0, "not JSON"),
    "pipe": ("invalid", 0, "is not a regular file"),
    "raises": ("graded", 8, "ModuleNotFoundError"),
    "syntax": ("graded", 0, "SyntaxError"),
    "two solutions": ("graded", 8, "was there twice"),
    "zoë o'brien (2)": ("graded", 8, None),
}


def scores(database) -> dict[str, float]:
    """Return each student's points in the last assignment."""
    with Gradebook(f"sqlite:///{database}") as gradebook:
        submissions = gradebook.find_assignment(LAST.assignment).submissions
        return {submission.student.id: submission.score for submission in submissions}


def test_class_graded_by_workbook(bad_class, workbook_grade, tmp_path):
    submitted = tmp_path / "submitted"
    shutil.copytree(bad_class, submitted, symlinks=True, copy_function=copy_or_make_pipe)
    (submitted / "syntax" / "9_unknown").mkdir()
    (submitted / "follower").mkdir()
    (submitted / "follower" / LAST.assignment).symlink_to(submitted / "syntax" / LAST.assignment)
    command = workbook_grade(submitted, tmp_path / "out", "--no-feedback")
    # The unknown folder, the links, the folder and the pipe could not be graded.
    assert command.exit_code == 3
    results = {
        path.parent.name: json.loads(path.read_text("utf-8"))
        for path in (tmp_path / "out" / "results").glob("*/*.json")
    }
    follower = results.pop("follower")
    assert (follower["status"], follower["points"]) == ("missing", 0)
    assert results.keys() == BAD_CLASS.keys()
    shown = " ".join(command.stdout.split())
    for student, (status, points, note) in BAD_CLASS.items():
        result = results[student]
        assert (student, result["status"], result["points"]) == (student, status, points)
        assert (note is None) == (result["notes"] == [])
        for one in result["notes"]:
            assert f"{student}, update_parameters ({status}): {one}" in shown
        assert note is None or re.search(re.escape(note), " ".join(result["notes"]))
    for student in ("link", "folder", "pipe"):
        assert f"{student}: 10_update_parameters.ipynb is not a regular file" in shown
    assert "syntax: unknown assignment '9_unknown'" in shown
    assert f"follower: {LAST.assignment} is a link; it was left out" in shown
    got = scores(tmp_path / "out" / "gradebook.db")
    assert got == {name: row[1] for name, row in BAD_CLASS.items()}


def test_class_graded_by_nbgrader(bad_class, copy_course, nbgrader_command, tmp_path):
    root = copy_course(tmp_path / "course")
    shutil.copytree(bad_class, root / "submitted", symlinks=True, copy_function=copy_or_make_pipe)
    command = nbgrader_command(root, "autograde", LAST.assignment)
    assert command.returncode == 0, command.stderr
    assert scores(root / "gradebook.db") == {name: row[1] for name, row in BAD_CLASS.items()}
    log = " ".join(command.stderr.split())
    for student, (_, _, note) in BAD_CLASS.items():
        if note is not None:
            assert f"{student}, update_parameters: " in log
            assert note in log


def copy_or_make_pipe(source, target):
    """Copy a file; make a pipe again, which has no content to copy."""
    if os.path.isfile(source):
        shutil.copy(source, target)
    else:
        os.mkfifo(target)


def test_a_file_of_gigabytes_is_not_read(tmp_path):
    huge = tmp_path / "03_linear_forward.ipynb"
    with huge.open("wb") as file:
        # A file with a hole: it takes no room on the disk.
        file.truncate(MAX_BYTES + 1)
    data, problem = read_file(huge)
    assert data is None
    assert "larger than 64 MiB" in problem


def test_one_notebook_of_gigabytes_earns_nothing(tmp_path):
    huge = tmp_path / "ada" / "2_forward_propagation" / "03_linear_forward.ipynb"
    huge.parent.mkdir(parents=True)
    with huge.open("wb") as file:
        file.truncate(MAX_BYTES + 1)
    found = find_submissions(huge)
    assert [(one.student, one.job().data) for one in found.submitted] == [("ada", None)]
    assert "larger than 64 MiB" in found.problems[0]


def test_the_course_itself_is_no_class(tmp_path):
    (tmp_path / "nbgrader_config.py").write_text("", encoding="utf-8")
    (tmp_path / "release" / "1_initialization").mkdir(parents=True)
    with pytest.raises(FileNotFoundError, match=r"is a course, not a class.*submitted"):
        find_submissions(tmp_path)
