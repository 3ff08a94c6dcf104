"""What was found is graded, with the same marks by `workbook grade` and `nbgrader autograde`."""

import json
import shutil

import pytest

from tests.conftest import run_module, run_nbgrader
from tests.layouts import (
    FOLDER,
    ONE,
    RIGHT,
    RIGHT_TWO,
    STUB,
    TWO,
    A,
    B,
    notebook,
    tarred,
    write,
    zipped,
)
from tests.test_nbgrader import marks
from workbook.grade.submissions.results import read_results

pytestmark = pytest.mark.slow


def with_outputs(data, megabytes):
    """Return a notebook whose last cell of code has printed so much."""
    raw = json.loads(data)
    cell = [one for one in raw["cells"] if one["cell_type"] == "code"][-1]
    lines = [f"{n:98}\n" for n in range(megabytes * 10**4)]
    cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": lines}]
    return json.dumps(raw, indent=1).encode()


HELPER = b"""
import numpy as np

def weights(rows, columns):
    return np.random.randn(rows, columns) * 0.01
"""
IMPORTED = notebook(
    ONE,
    "from helpers import weights\n\n\ndef initialize_parameters(n_x, n_h, n_y):\n"
    "    return {'W1': weights(n_h, n_x), 'b1': np.zeros((n_h, 1)),\n"
    "            'W2': weights(n_y, n_h), 'b2': np.zeros((n_y, 1))}\n",
)
DOUBLED = f"{FOLDER}/{FOLDER}"

# Each student's files, and the points of the first two exercises.
CLASS = {
    "browser": ({f"{FOLDER}/{ONE.notebook} (1).ipynb": RIGHT, f"{FOLDER}/{A}": STUB}, (8, 0)),
    "doubled": ({f"{FOLDER}/{FOLDER}/{A}": RIGHT, f"{FOLDER}/{FOLDER}/{B}": RIGHT_TWO}, (8, 8)),
    "straight": ({A: RIGHT, B: RIGHT_TWO}, (8, 8)),
    "zip": ({f"{FOLDER}.zip": zipped((A, RIGHT), (B, RIGHT_TWO))}, (8, 8)),
    "swapped": ({f"{FOLDER}/{A}": RIGHT_TWO, f"{FOLDER}/{B}": RIGHT}, (8, 8)),
    "elsewhere": ({f"2_forward_propagation/{A}": RIGHT}, (8, 0)),
    "UTF-16": ({f"{FOLDER}/{A}": RIGHT.decode().encode("utf-16"), f"{B}.txt": RIGHT_TWO}, (8, 8)),
    "torn": ({f"{FOLDER}/{A}": RIGHT[:-999], f"{FOLDER}/{B}": b"<!DOCTYPE html>"}, (0, 0)),
    "outputs": ({f"{FOLDER}/{B}": RIGHT_TWO}, (8, 8)),
    "beside": ({f"{DOUBLED}/{A}": IMPORTED, f"{DOUBLED}/helpers.py": HELPER}, (8, 0)),
    "beside in tar": ({"a.tgz": tarred((f"x/{A}", IMPORTED), ("x/helpers.py", HELPER))}, (8, 0)),
    "nothing": ({"essay.pdf": b"%PDF"}, (0, 0)),
}  # fmt: skip


@pytest.fixture(scope="module")
def graded(copy_course, tmp_path_factory):
    root = copy_course(tmp_path_factory.mktemp("found") / "course")
    for student, (files, _) in CLASS.items():
        write(root / "submitted" / student, files)
    write(root / "submitted" / "outputs", {f"{FOLDER}/{A}": with_outputs(RIGHT, 70)})
    out = root.parent / "out"
    ours = run_module("workbook.cli", "grade", "submitted", "--out", out, cwd=root)
    yield out, root, ours
    shutil.rmtree(root.parent, ignore_errors=True)


def test_workbook_grade(graded):
    out, _, ours = graded
    assert ours.returncode == 0, ours.stderr + ours.stdout
    results = {(one.student, one.exercise): one for one in read_results(out / "results")}
    got = {
        student: tuple(results[student, one.name].points for one in (ONE, TWO)) for student in CLASS
    }
    assert got == {student: points for student, (_, points) in CLASS.items()}
    notes = {key: " ".join(one.notes) for key, one in results.items()}
    assert "MB of saved outputs were left out" in notes["outputs", ONE.name]
    assert "breaks off" in notes["torn", ONE.name]
    assert "an HTML page" in notes["torn", TWO.name]
    assert "was saved as UTF-16" in notes["UTF-16", ONE.name]
    assert results["nothing", ONE.name].status == "missing"
    assert "essay.pdf: neither a notebook nor" in " ".join(ours.stdout.split())


@pytest.mark.in_turns(3, "both ways")
def test_nbgrader_autograde_sees_the_same(graded):
    out, root, _ = graded
    theirs = run_nbgrader("autograde", FOLDER, cwd=root)
    assert theirs.returncode == 0, theirs.stderr
    ours = {
        key: score
        for key, score in marks(out / "gradebook.db").items()
        if key[1] in (A[:-6], B[:-6])
    }
    got = marks(root / "gradebook.db")
    assert got == ours
    assert {student for student, _, _ in got} == CLASS.keys() - {"nothing"}
    assert "the notebook was found as" in theirs.stderr
    page = root / "autograded" / "outputs" / FOLDER / A
    assert "of saved output are left out here" in page.read_text(encoding="utf-8")
    assert page.stat().st_size < 2**20
