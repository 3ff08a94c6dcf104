"""A course in mid-term: notebooks of an older release are graded and checked as if nothing were."""

import nbformat
import pytest
from nbgrader.utils import compute_checksum

from tests.older_releases import is_in, older_notebook, solved
from tests.reference import COURSE
from tests.submissions import reference_answers, to_bytes
from workbook.course.checksums import checksum, is_as_released, plain_checksum
from workbook.course.exercises import EXERCISES, NOTEBOOKS, PAGES, find
from workbook.grade.submissions.answers import filled_notebook, submit
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.notebooks import course_notebook
from workbook.grade.submissions.submission import read_submission
from workbook.learn.workspace.standings import standings

# Those that the older release had already.
OLDER = [one for one in NOTEBOOKS if is_in("unversioned", one)]
each_notebook = pytest.mark.parametrize("exercise", OLDER, ids=lambda e: e.name)


@each_notebook
def test_an_untouched_notebook_of_an_older_release_gets_no_note(exercise):
    source = course_notebook(COURSE, "source", exercise)
    read = read_submission(to_bytes(older_notebook(exercise)), source)
    assert read.notes == ()
    assert set(read.answers) == set(exercise.functions)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize(
    "exercise",
    [*EXERCISES, *(pytest.param(lab, marks=pytest.mark.slow) for lab in OLDER if lab.is_lab)],
    ids=lambda e: e.name,
)
def test_right_answers_in_an_older_release_earn_full_marks(exercise, judge):
    notebook = solved(COURSE, exercise, older_notebook(exercise))
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.status, result.notes) == (exercise.points, "graded", ())


@pytest.mark.slow
def test_a_folder_of_an_older_release_passes_in_progress(tmp_path):
    for exercise in EXERCISES:
        submit(tmp_path, "", exercise, solved(COURSE, exercise, older_notebook(exercise)))
    found = {one.exercise.name: one for one in standings(tmp_path)}
    assert [found[e.name].detail for e in EXERCISES if found[e.name].state != "passing"] == []


@each_notebook
def test_a_notebook_says_of_which_release_it_is(exercise):
    for kind in ("source", "release"):
        notebook = course_notebook(COURSE, kind, exercise)
        assert notebook.metadata.workbook.release[0].isdigit()
        graded = [c.metadata.nbgrader.grade_id for c in notebook.cells if "nbgrader" in c.metadata]
        assert notebook.metadata.workbook["cells"] == graded


@pytest.mark.parametrize("what", [*NOTEBOOKS, *PAGES], ids=lambda e: e.name)
def test_every_released_cell_carries_a_checksum_that_holds(what):
    for cell in course_notebook(COURSE, "release", what).cells:
        assert is_as_released(cell, cell.source)
        if "nbgrader" in cell.metadata:
            assert checksum(cell, cell.source) == compute_checksum(cell)
        assert not is_as_released(cell, cell.source + " x")


def older(exercise, change):
    """Return a right notebook of a release that differs from today's by a change."""
    notebook = filled_notebook(COURSE, exercise, None)
    change({cell.metadata.get("nbgrader", {}).get("grade_id"): cell for cell in notebook.cells})
    for cell in notebook.cells:
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader.checksum = compute_checksum(cell)
    return solved(COURSE, exercise, notebook)


def other_imports(cells):
    cells[
        "linear_forward-setup"
    ].source = "import numpy as np\nimport math\nfrom workbook import show"


def other_points(cells):
    cells["linear_forward-Z"].metadata.nbgrader.points = 1.0


def other_tests(cells):
    cells["linear_forward-Z"].source = "# Hidden tests of old.\nassert True"


def other_check(cells):
    cells["linear_forward-check"].source = "check(linear_forward, verbose=True)"


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("change", [other_imports, other_points, other_tests, other_check])
def test_what_only_the_course_has_changed_is_no_students_doing(change, judge):
    exercise = find("linear_forward")
    notebook = older(exercise, change)
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.notes) == (8, ())


def test_a_cell_that_an_older_release_did_not_have_is_not_missing(judge):
    exercise = find("linear_forward")
    notebook = filled_notebook(COURSE, exercise, reference_answers(COURSE, exercise))
    lost = ("linear_forward-cache", "linear_forward-setup")
    notebook.cells = [
        c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("grade_id") not in lost
    ]
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert result.points == 8
    assert result.notes == tuple(f"the cell {name!r} was missing" for name in lost[::-1])
    for had in (["linear_forward", "linear_forward-check"], None, "all", [{}]):
        notebook.metadata.workbook = nbformat.from_dict({"release": "0.0.9", "cells": had})
        result = judge.judge(Job("s", exercise, to_bytes(notebook)))
        assert (result.points, result.notes) == (8, ())


def test_what_a_student_defined_above_older_imports_is_not_taken_away(judge):
    """Today's imports bring a `relu` of their own, which the older ones did not."""
    exercise = find("L_model_forward")
    answer = (
        "def L_model_forward(X, parameters):\n"
        "    caches, A, L = [], X, len(parameters) // 2\n"
        "    for l in range(1, L + 1):\n"
        "        W, b = parameters[f'W{l}'], parameters[f'b{l}']\n"
        "        Z = W @ A + b\n"
        "        caches.append(((A, W, b), Z))\n"
        "        A = relu(Z) if l < L else 1 / (1 + np.exp(-Z))\n"
        "    return A, caches\n"
    )
    notebook = older_notebook(exercise)
    (cell,) = [c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution")]
    cell.source = answer
    helper = "import numpy as np\ndef relu(Z):\n    return np.maximum(0, Z)"
    notebook.cells.insert(1, nbformat.v4.new_code_cell(helper))
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.notes) == (12, ())


def test_an_older_stub_is_no_answer_and_takes_the_place_of_none(judge):
    exercise = find("linear_forward")
    right = reference_answers(COURSE, exercise)["linear_forward"]

    def other_stub(cells):
        cells[
            "linear_forward"
        ].source = "def linear_forward(A, W, b):\n    raise NotImplementedError"

    notebook = older(exercise, other_stub)
    cell = next(c for c in notebook.cells if c.metadata.get("nbgrader", {}).get("solution"))
    cell.source = "def linear_forward(A, W, b):\n    raise NotImplementedError"
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.untouched) == (0, ("linear_forward",))
    notebook.cells.insert(0, nbformat.v4.new_code_cell(f"import numpy as np\n{right}"))
    assert judge.judge(Job("s", exercise, to_bytes(notebook))).points == 8


def test_an_experiment_of_an_older_release_is_not_run(judge):
    exercise = find("initialise_it")
    notebook = solved(COURSE, exercise, filled_notebook(COURSE, exercise, None))
    for cell in notebook.cells:
        if cell.metadata.get("tags"):
            cell.source = "raise SystemError"
            cell.metadata.workbook.checksum = plain_checksum(cell.source)
    result = judge.judge(Job("s", exercise, to_bytes(notebook)))
    assert (result.points, result.notes) == (exercise.points, ())
