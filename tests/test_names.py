"""A function is known by the name it is checked under, whatever it calls itself."""

import nbformat
import pytest

from tests.kernels import execute

RIGHT = "lambda A, W, b: (W @ A + b, (A, W, b))"
WRONG = "lambda A, W, b: (W @ A - b, (A, W, b))"

#: What is run in one kernel, and the beginning of what the card or the error says.
CALLS = {
    f"linear_forward = {RIGHT}\ncheck(linear_forward)": "linear_forward: pass",
    f"linear_forward = {WRONG}\ncheck(linear_forward)": "linear_forward: FAIL",
    "def mine(A, W, b):\n    return W @ A + b, (A, W, b)\nlinear_forward = mine\n"
    "check(linear_forward)": "linear_forward: pass",
    "check(\n    linear_forward\n)": "linear_forward: pass",
    "%time check(linear_forward)": "linear_forward: pass",
    f"from functools import partial\nlinear_forward = partial({RIGHT})\n"
    "check(linear_forward)": "linear_forward: pass",
    f"class Layer:\n    __call__ = lambda self, *args: ({RIGHT})(*args)\nlinear_forward = Layer()\n"
    "check(linear_forward)": "linear_forward: pass",
    "def loud(f):\n    return lambda *args: f(*args)\n"
    "@loud\ndef linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\n"
    "check(linear_forward)": "linear_forward: pass",
    "for one in [linear_forward]:\n    check(one)": "linear_forward: pass",
    "check(globals()['linear_forward'])": "linear_forward: pass",
    "exec('check(linear_forward)')": "linear_forward: pass",
    "import types\nmine = types.SimpleNamespace(linear_forward=linear_forward)\n"
    "check(mine.linear_forward)": "linear_forward: pass",
    "def linear_forward(A, W, b):\n    return W @ A + b, (A, W, b)\nlf = linear_forward\n"
    "check(lf)": "linear_forward: pass",
    "check(linear_forward); compute_cost = linear_forward": "linear_forward: pass",
    # The name in the call wins: the answer to one exercise may be another one's function.
    "check(compute_cost)": "compute_cost: FAIL",
    f"compute_cost = linear_forward = one = {RIGHT}\n"
    "check(one)": "ValueError: this function has several names: linear_forward, compute_cost.",
    "check(lambda A: A)": "ValueError: <lambda> is not one of the ten functions",
    "check(3)": "TypeError: check takes a function",
    "hint(linear_forward)": "Hint 1 of 3, linear_forward",
    "hint(linear_forward, 2)": "Hint 2 of 3, linear_forward",
    "hint()": "say which function is meant",
    "solution(linear_forward)": "Your linear_forward passes",
}


@pytest.fixture(scope="module")
def outcomes(tmp_path_factory):
    cells = [nbformat.v4.new_code_cell(call) for call in CALLS]
    start = nbformat.v4.new_code_cell("from workbook import check, hint, solution")
    done = execute(nbformat.v4.new_notebook(cells=[start, *cells]), tmp_path_factory.mktemp("k"))
    return dict(zip(CALLS, map(said, done.cells[1:]), strict=True))


def said(cell):
    """Return what a cell shows: of a card, the function and whether all checks pass."""
    shown = [one.data["text/plain"] for one in cell.outputs if "data" in one]
    raised = [f"{one.ename}: {one.evalue}" for one in cell.outputs if one.output_type == "error"]
    text = (shown or raised)[0]
    name, colon, rest = text.partition(": ")
    if "visible checks pass" not in rest.split("\n")[0]:
        return text.removeprefix("AskedWronglyError: ")
    return f"{name}{colon}{'FAIL' if raised else 'pass'}"


@pytest.mark.in_turns(5)
@pytest.mark.slow
@pytest.mark.parametrize("call", CALLS)
def test_the_function_that_is_meant(call, outcomes):
    assert outcomes[call].startswith(CALLS[call])
