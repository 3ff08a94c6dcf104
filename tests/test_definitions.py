"""A learner who plays in the notebook, as the lessons ask, loses none of the answers by it."""

import nbformat
import pytest

from workbook.course.definitions import definitions
from workbook.course.exercises import find
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.answers import filled_notebook, reference_answers, solution_cell
from workbook.grade.submissions.jobs import Job
from workbook.grade.submissions.limits import Limits

pytestmark = pytest.mark.slow

LAB = find("initialise_it")

ENDLESS = """\
import math

HALF = 0.5


def double(x):
    return 2 * x


trained = double(math.inf)
while trained:
    pass
"""


@pytest.fixture(scope="module")
def judge(course):
    judge = Judge(course, Limits(cell_seconds=0.5, call_seconds=0.5))
    yield judge
    judge.close()


def judged(judge, notebook):
    return judge.judge(Job("ada", LAB, nbformat.writes(notebook).encode(), 0))


def experiment_of(notebook):
    """Return the first experiment, which comes before all answers."""
    return next(cell for cell in notebook.cells if cell.metadata.get("tags") == ["experiment"])


@pytest.mark.parametrize("extra", [False, True])
def test_an_experiment_without_end_costs_no_answer(course, judge, extra):
    notebook = filled_notebook(course, LAB, reference_answers(course, LAB))
    if extra:
        notebook.cells.insert(4, nbformat.v4.new_code_cell(ENDLESS))
    else:
        experiment_of(notebook).source = ENDLESS
    # An answer may use what the cell defines.
    answer = solution_cell(notebook, "relu_derivative")
    answer.source = "def relu_derivative(Z):\n    return double(HALF * (Z > 0)) * math.exp(0)\n"
    result = judged(judge, notebook)
    assert not [(v.title, v.message) for v in result.tests if not v.passed]
    assert (result.status, result.points) == ("timeout", LAB.points)
    (note,) = result.notes
    assert note.startswith(("cell 6 did not finish in time", "cell 5 did not finish in time"))
    assert "Your answers are judged without it" in note


def test_an_answer_without_end_is_run_once(course, judge):
    answers = reference_answers(course, LAB)
    answers["relu_derivative"] += "\nwhile True:\n    pass\n"
    result = judged(judge, filled_notebook(course, LAB, answers))
    assert (result.status, result.points) == ("timeout", 0)
    assert len([note for note in result.notes if "did not finish" in note]) == 1
    assert "judged without" not in "".join(result.notes)


def test_a_definition_without_end_ends_it(course, judge):
    notebook = filled_notebook(course, LAB, reference_answers(course, LAB))
    experiment_of(notebook).source = "class Endless:\n    while True:\n        pass\n"
    result = judged(judge, notebook)
    assert (result.status, result.points) == ("timeout", 0)


def test_what_a_cell_defines():
    kept = definitions(ENDLESS + "x: int = 3\ny: int\nf = lambda a: print(a)\nprint(HALF)\n")
    namespace = {}
    exec(kept, namespace)
    names = {name for name in namespace if not name.startswith("__")}
    assert names == {"math", "HALF", "double", "x", "f"}


@pytest.mark.parametrize(
    "source", ["%timeit f()", "def f(:", "", "(" * 10_000, "-" * 200_000 + "1", "\0"]
)
def test_what_is_no_python_defines_nothing(source):
    assert definitions(source) == ""
