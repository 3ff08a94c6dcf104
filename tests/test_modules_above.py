"""Modules in the folders above a notebook, or of other assignments, that it imports."""

import pytest

from tests.layouts import notebook, write, zipped
from workbook.course.exercises import find
from workbook.grade.submissions.find import find_submissions
from workbook.grade.submissions.handed_in import FilePlace
from workbook.grade.submissions.modules_above import above_on_disk, may_reach_above

ONE = find("linear_forward")
PLACE = ONE.notebook_path
REACHES = (
    "import sys\nsys.path.append('..')\nfrom helpers import times\n"
    "def linear_forward(A, W, b):\n    return times(W, A) + b, (A, W, b)"
)
USES, PLAIN = notebook(ONE, REACHES), notebook(ONE, REACHES.replace("sys.path", "list()"))
TIMES = b"def times(a, b):\n    return a @ b\n"
HELPERS = {"helpers.py": TIMES}
LARGE = b"#" * (5 * 2**20 + 1)
EXPLAINED = ("the nearest", "beside it", "before another", "all above", "nearest in")

FOUND = {
    "above": {PLACE: USES, "helpers.py": TIMES, "other.py": b"", "helpers.txt": b""},
    "two above": {f"course/{PLACE}": USES, "helpers.py": TIMES},
    "of another assignment": {PLACE: USES, "1_initialization/helpers.py": TIMES},
    "in an archive": {"a.zip": zipped((PLACE, USES), ("helpers.py", TIMES))},
    "deep in an archive": {"a.zip": zipped((f"a/b/{PLACE}", USES), ("a/helpers.py", TIMES))},
    "the nearest": {f"course/{PLACE}": USES, "course/helpers.py": TIMES, "helpers.py": b"x"},
    "before another assignment's": {
        PLACE: USES,
        "helpers.py": TIMES,
        "1_initialization/helpers.py": b"x",
    },
    "all above before another assignment's": {
        f"a/{PLACE}": USES,
        "helpers.py": TIMES,
        "a/1_initialization/helpers.py": b"x",
    },
    "nearest in an archive": {
        "a.zip": zipped((PLACE, USES), ("1_initialization/helpers.py", b"x"), ("helpers.py", TIMES))
    },
    "indented by a tab": {
        PLACE: notebook(ONE, REACHES.replace("from helpers", "if 1:\n\tfrom helpers")),
        "helpers.py": TIMES,
    },
    "behind a colon": {
        PLACE: notebook(ONE, REACHES.replace("from helpers", "if 1: from helpers")),
        "helpers.py": TIMES,
    },
    "in the place of what is installed": {
        PLACE: notebook(ONE, "import sys\nsys.path.insert(0, '..')\nimport helpers, pytest"),
        "helpers.py": TIMES,
    },
    "beside it": {PLACE: USES, "2_forward_propagation/helpers.py": TIMES, "helpers.py": b"x"},
}
OTHERS = {
    "not on the path": {PLACE: PLAIN, "helpers.py": TIMES},
    "another folder": {PLACE: USES, "elsewhere/helpers.py": TIMES},
    "a module of Python's": {PLACE: notebook(ONE, f"import abc\n{REACHES}"), "abc.py": b"1 / 0"},
    "installed here": {PLACE: notebook(ONE, f"import pytest\n{REACHES}"), "pytest.py": b"1 / 0"},
    "too large": {PLACE: USES, "helpers.py": LARGE},
    "too large in an archive": {"a.zip": zipped((PLACE, USES), ("helpers.py", LARGE))},
}  # fmt: skip


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
    assert not any("helpers.py" in note for note in notes) or layout.startswith(EXPLAINED)


@pytest.mark.parametrize("layout", OTHERS)
def test_nothing_else_does(layout, tmp_path):
    write(tmp_path / "submitted" / "ada", OTHERS[layout])
    (tmp_path / "submitted" / "bob").mkdir()
    given, notes = job(tmp_path / "submitted")
    assert given.beside.files == {}
    said = [*given.beside.notes, *notes]
    last = [name for name in OTHERS[layout] if name != PLACE][-1].replace("a.zip", "helpers.py")
    assert sum(last in one for one in said) == 1
    assert not layout.startswith("too large") or "or above it, ../helpers.py (5.0 MiB)" in said[0]


def test_a_notebook_is_looked_through_if_it_names_a_way_to_another_folder():
    for way in ("sys.path.append", "os.chdir", "%cd ..", "PYTHONPATH"):
        assert may_reach_above(b'{"source": "' + way.encode() + b'"}')
    assert not may_reach_above(b"import os, sys; sys.exit(); os.getcwd(); %cdrom; pythonpath")


def test_the_limits_hold_for_all_of_them_together(tmp_path):
    names = [f"m{number}" for number in range(150)]
    uses = notebook(ONE, "import sys\nsys.path.append('..')\nimport " + ", ".join(names))
    data = {f"2_forward_propagation/{number}.csv": b"1, 2" for number in range(100)}
    write(tmp_path / "submitted" / "ada", {PLACE: uses} | data | {f"{n}.py": b"" for n in names})
    (tmp_path / "submitted" / "bob").mkdir()
    beside = job(tmp_path / "submitted")[0].beside
    assert len(beside.files) == 200
    assert {f"{name}.py" for name in names} < {*beside.files}
    assert beside.notes[0].startswith("of the files beside the notebook, ")


def test_each_notebook_is_read_once_however_many_modules_there_are(tmp_path, monkeypatch):
    write(tmp_path / "submitted" / "ada", {PLACE: USES, **{f"z/{n}.py": b"" for n in range(50)}})
    (tmp_path / "submitted" / "bob").mkdir()
    read = []
    monkeypatch.setattr(
        FilePlace, "read", lambda place, own=FilePlace.read: read.append(place.name) or own(place)
    )
    find_submissions(tmp_path / "submitted")
    # Once to find it, and once for what it imports.
    assert read == [PLACE] * 2


def test_nothing_is_read_above_a_students_folder(tmp_path):
    home = tmp_path / "ada" / "course" / "submitted" / "ada"
    write(tmp_path / "ada", HELPERS | {"course/submitted/ada/x.txt": b""})
    assert above_on_disk(home, "ada", USES) == []


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
