"""Honest notebooks keep their marks, whatever their authors play with beside the answers."""

import nbformat
import pytest

from workbook.course.exercises import find
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import filled_notebook, reference_answers
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import Limits

pytestmark = pytest.mark.slow

LIMITS = Limits(cell_seconds=0.7, call_seconds=0.7, notebook_seconds=15)


@pytest.fixture(scope="module")
def judge(course):
    judge = Judge(course, LIMITS)
    yield judge
    judge.close()


@pytest.fixture
def solved(course):
    """A function that returns a notebook with right answers, or others, to an exercise."""

    def fill(name, **answers):
        exercise = find(name)
        return filled_notebook(course, exercise, reference_answers(course, exercise) | answers)

    return fill


def judged(judge, name, notebook):
    return judge.judge(Job("ada", find(name), nbformat.writes(notebook).encode(), 0))


def code(source):
    return nbformat.v4.new_code_cell(source)


def index_of(notebook, grade_id):
    names = [cell.metadata.get("nbgrader", {}).get("grade_id") for cell in notebook.cells]
    return names.index(grade_id)


# --- What stands below the tests ------------------------------------------------------------------

BELOW = {
    "another definition": "def linear_forward(A, W, b):\n    return A @ W, None",
    "the result under its name": "import numpy as np\n"
    "linear_forward = linear_forward(np.ones((3, 4)), np.ones((2, 3)), np.zeros((2, 1)))",
    "the name deleted": "del linear_forward",
    "a class of its name": "class linear_forward:\n    pass",
    "NumPy's name taken": "np = 5",
    "NumPy spoiled": "np.dot = np.matmul = np.add = None",
    "a loop over its name": "for linear_forward in range(3):\n    pass",
    "all names gone": "globals().clear()",
    "an endless loop": "while True:\n    pass",
    "a long wait": "import time\ntime.sleep(60)",
    "all permutations": "from itertools import permutations\nlist(permutations(range(14)))",
    "the end of the process": "import os\nos._exit(1)",
    "a bad address": "import ctypes\nctypes.string_at(0)",
    "no Python": "Z = WA + b, as in the lesson",
    "an error": "1 / 0",
    "all memory": "import numpy as np\nnp.ones((10**6, 10**4))",
}


@pytest.mark.parametrize("below", BELOW.values(), ids=BELOW)
def test_what_stands_below_the_tests_takes_nothing_away(below, judge, solved):
    notebook = solved("linear_forward")
    notebook.cells.append(code(below))
    result = judged(judge, "linear_forward", notebook)
    # It is not even run: there is no note.
    assert (result.status, result.points, result.notes) == ("graded", 8, ())
