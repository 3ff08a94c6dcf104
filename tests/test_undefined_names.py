"""What is said of a name to which nothing has given a value."""

import nbformat
import pytest

from tests.agreement import with_answer
from tests.kernels import execute
from tests.submissions import answer_text
from workbook.course.exercises import FUNCTIONS
from workbook.diagnosis.undefined import names_in, undefined
from workbook.grade.submissions.jobs import Job
from workbook.learn.check.check import make_card
from workbook.learn.workspace.notebooks import load_function

LEFT_BEHIND = "another cell of this notebook does"


def test_what_python_warns_of_in_a_cell_is_no_error_in_it():
    # An odd escape: whoever wrote the cell has seen the warning, and nobody else is shown it.
    assert names_in(['pattern = "\\d"']) == {"pattern"}


@pytest.mark.parametrize(
    ("name", "function", "line"),
    [
        ("sigmoid", "L_model_forward", "from workbook import sigmoid"),
        ("relu_backward", "L_model_backward", "from workbook import relu_backward"),
        ("linear_backward", "L_model_backward", "from workbook.earlier import linear_backward"),
        ("compute_cost", "L_layer_model", "from workbook.earlier import compute_cost"),
        ("linear_forward", "", "from workbook.earlier import linear_forward"),
        ("np", "linear_forward", "import numpy as np"),
        ("plt", "linear_forward", "import matplotlib.pyplot as plt"),
        # Its own, and later ones: there is no line that would help.
        ("linear_backward", "linear_backward", ""),
        ("L_model_backward", "linear_backward", ""),
        ("Value", "NeuralNetwork", ""),
        ("bias", "linear_forward", ""),
    ],
)
def test_the_line_to_add(name, function, line):
    said = undefined(name, function, near=["sigmoid_"])
    if line:
        assert said == (
            f"`{name}` is not defined here: add `{line}` to a cell above, and run that cell"
        )
    else:
        assert said == (
            f"`{name}` is not an argument of the function, and the function does not give it a "
            "value"
        )


def test_a_misspelt_name():
    said = undefined("sigmod", "linear_forward", {"sigmod"}, near=["Z", "sigmoid"])
    assert said == "`sigmod` is not defined: did you mean `sigmoid`?"


def test_names_of_cells():
    cells = ["x = 1\nfor i in []: pass", "%matplotlib inline", "def (", "import a as b", "del c"]
    assert names_in(cells) == {"x", "i", "b", "c"}


def test_a_text_that_nobody_writes_defines_nothing():
    assert names_in(["x = 1\n" * 20_000, "y = 1"]) == {"y"}


BIAS = "def linear_forward(A, W, b):\n    return W @ A + bias, (A, W, b)"


@pytest.mark.parametrize(
    ("cells", "left_behind"),
    [
        ([BIAS], False),
        (["bias = 0", "del bias", BIAS], True),
        (["def helper():\n    bias = 0", BIAS], False),
    ],
)
def test_from_outside(cells, left_behind, tmp_path, write_notebook):
    path = write_notebook(tmp_path / "03_linear_forward.ipynb", *cells)
    card = make_card(load_function(path, "linear_forward"), "linear_forward")
    message = card.failed[0].verdict.message
    assert message.startswith("NameError in line 2: `bias` is not an argument of the function")
    assert (LEFT_BEHIND in message.lower()) is left_behind


def test_what_has_failed_is_named(tmp_path, write_notebook):
    cells = ["bias = 1 / 0", BIAS]
    path = write_notebook(tmp_path / "03_linear_forward.ipynb", *cells)
    card = make_card(load_function(path, "linear_forward"), "linear_forward")
    assert card.failed[0].verdict.message == (
        "NameError in line 2: `bias` is not defined, since `bias = 1 / 0` fails: "
        "ZeroDivisionError: division by zero"
    )


@pytest.mark.slow
def test_in_a_kernel(tmp_path):
    def said(*cells):
        start = "from workbook import check"
        sources = [start, *cells, BIAS, "check(linear_forward)"]
        made = nbformat.v4.new_notebook(cells=list(map(nbformat.v4.new_code_cell, sources)))
        return execute(made, tmp_path).cells[-1].outputs[0].data["text/plain"]

    assert LEFT_BEHIND not in " ".join(said("offset = 0").lower().split())
    assert LEFT_BEHIND in " ".join(said("bias = 0", "del bias").lower().split())


@pytest.mark.parametrize(
    ("name", "above", "points", "is_said"),
    [
        # As in Restart & Run All: one experiment stands above the check, the other one below.
        ("fees", (), 8, False),
        ("fees", ("k = fees[0]", "%time k"), 8, False),
        ("no_bias", (), 0, True),
        # Where the student defines it, too, that is another matter.
        ("fees", ("del fees", "fees = 1"), 0, False),
    ],
)
def test_what_only_an_experiment_defines(name, above, points, is_said, judge):
    text = f"def linear_forward(A, W, b):\n    return W @ A + b + 0 * {name}.sum(), (A, W, b)"
    notebook = with_answer("linear_forward", text, above[:1])
    notebook.cells += [nbformat.v4.new_code_cell(cell) for cell in above[1:]]
    data = nbformat.writes(notebook).encode()
    result = judge.judge(Job("ada", FUNCTIONS["linear_forward"], data, 0))
    said = f"Only an experiment of the lesson defines {name}: define it in a cell of your own"
    assert result.points == points
    assert any(said in verdict.message for verdict in result.tests) is is_said


def test_an_experiment_is_not_run_for_what_only_shows_something(judge):
    right = answer_text(FUNCTIONS["linear_forward"])
    notebook = with_answer("linear_forward", right, ("print(fees)", "assert fees is None"))
    data = nbformat.writes(notebook).encode()
    result = judge.judge(Job("ada", FUNCTIONS["linear_forward"], data, 0))
    assert result.points == 8
    assert len([note for note in result.notes if "name 'fees' is not defined" in note]) == 2


@pytest.mark.parametrize(
    ("name", "text", "above", "words"),
    [
        ("linear_forward", BIAS, (), "does not give it a value."),
        ("linear_forward", BIAS, ("bias = 0", "del bias"), "that cell had left it behind."),
        ("linear_forward", BIAS, ("from no_such_module import bias",), "does not give it a value."),
        (
            "linear_forward",
            "def linear_forward(A, W, b):\n    return np.dot(W, A) + b, (A, W, b)",
            ("del np",),
            "add `import numpy as np` to a cell above, and run that cell.",
        ),
    ],
)
def test_in_grading(name, text, above, words, judge):
    notebook = with_answer(name, text, above)
    data = nbformat.writes(notebook).encode()
    result = judge.judge(Job("ada", FUNCTIONS[name], data, 0))
    said = {verdict.diagnosis for verdict in result.tests if not verdict.passed}
    assert any(one and one.endswith(words) for one in said), said
