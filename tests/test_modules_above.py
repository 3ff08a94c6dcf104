"""Modules in the folders above a notebook, or of other assignments, that it imports."""

import pytest

from tests.layouts import notebook, write, zipped
from workbook.course.exercises import find
from workbook.grade.submissions.find import find_submissions

ONE = find("linear_forward")
PLACE = ONE.notebook_path
REACHES = (
    "import sys\nsys.path.append('..')\nfrom helpers import times\n"
    "def linear_forward(A, W, b):\n    return times(W, A) + b, (A, W, b)"
)
USES, PLAIN = notebook(ONE, REACHES), notebook(ONE, REACHES.replace("sys.path", "list()"))
TIMES = b"def times(a, b):\n    return a @ b\n"
HELPERS = {"helpers.py": TIMES}

FOUND = {
    "above": {PLACE: USES, "helpers.py": TIMES, "other.py": b"", "helpers.txt": b""},
    "two above": {f"course/{PLACE}": USES, "helpers.py": TIMES},
    "of another assignment": {PLACE: USES, "1_initialization/helpers.py": TIMES},
    "in an archive": {"a.zip": zipped((PLACE, USES), ("helpers.py", TIMES))},
    "deep in an archive": {"a.zip": zipped((f"a/b/{PLACE}", USES), ("a/helpers.py", TIMES))},
    "the nearest": {f"course/{PLACE}": USES, "course/helpers.py": TIMES, "helpers.py": b"x"},
    "beside it": {PLACE: USES, "2_forward_propagation/helpers.py": TIMES, "helpers.py": b"x"},
}
OTHERS = {
    "not on the path": {PLACE: PLAIN, "helpers.py": TIMES},
    "another folder": {PLACE: USES, "elsewhere/helpers.py": TIMES},
    "a module of Python's": {PLACE: notebook(ONE, f"import abc\n{REACHES}"), "abc.py": b"1 / 0"},
    "too large": {PLACE: USES, "helpers.py": b"#" * (5 * 2**20 + 1)},
}


def job(folder):
    found = find_submissions(folder)
    (ours,) = [one for one in found.submitted if (one.student, one.exercise) == ("ada", ONE)]
    return ours.job(), found.notes


@pytest.mark.parametrize("layout", FOUND)
def test_a_module_that_is_imported_from_above_goes_along(layout, tmp_path):
    write(tmp_path / "submitted" / "ada", FOUND[layout])
    (tmp_path / "submitted" / "bob").mkdir()
    given, notes = job(tmp_path / "submitted")
    assert given.beside.files == HELPERS
    assert not any("helpers.py" in note for note in notes) or layout in ("the nearest", "beside it")


@pytest.mark.parametrize("layout", OTHERS)
def test_nothing_else_does(layout, tmp_path):
    write(tmp_path / "submitted" / "ada", OTHERS[layout])
    (tmp_path / "submitted" / "bob").mkdir()
    assert job(tmp_path / "submitted")[0].beside.files == {}


def test_nothing_of_another_student_does(tmp_path):
    folder = tmp_path / "submitted"
    write(folder, {f"ada/{PLACE}": USES, "bob/1_initialization/helpers.py": TIMES})
    (folder / "ada" / "1_initialization").symlink_to(folder / "bob" / "1_initialization")
    write(folder, {"helpers.py": TIMES, "zoe/03_linear_forward.ipynb": USES})
    found = find_submissions(folder)
    ours = [one.job() for one in found.submitted if one.exercise == ONE and one.place]
    assert [(one.student, one.beside.files) for one in ours] == [("ada", {}), ("zoe", {})]


def test_the_answer_that_imports_it_is_right(judge, tmp_path):
    write(tmp_path / "submitted" / "ada", FOUND["above"])
    (tmp_path / "submitted" / "bob").mkdir()
    assert judge.judge(job(tmp_path / "submitted")[0]).points == 8
