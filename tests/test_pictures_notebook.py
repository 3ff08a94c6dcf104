"""Pictures where learners meet them: in a notebook's output, in a terminal."""

import base64

import matplotlib
import nbformat
import pytest

from tests.conftest import ROOT, run_python
from tests.kernels import execute

pytestmark = pytest.mark.slow

PNG = b"\x89PNG\r\n"

CELLS = {
    "last": "show(W1)",
    "first": "show(W1)\nshow_product(W1, W1.T)\n1",
    "kept": "figure = show(W1)\nfigure",
    "later": "figure",
    "hidden": "figure = cost_curve([0.7, 0.5])",
    "shown": "cost_curve([0.7, 0.5])",
    "mistake": "cost_curve([0.7, float('nan')])",
    "not_drawn": "from workbook.figures.plots.arrays import draw_arrays\ndraw_arrays(W1);",
    "slider": "learning_rate_slider()",
    "inside": "def f():\n    show(W1)\n    raise KeyError(1)\nf()",
}


@pytest.fixture(scope="module", params=["", "%matplotlib inline", "import matplotlib.pyplot"])
def outputs(request, tmp_path_factory):
    """The outputs of each cell, run in a kernel that has matplotlib set up in this way."""
    setup = (
        f"{request.param}\nimport numpy as np\nfrom workbook import *\nW1 = np.array([[1.0, -2.0]])"
    )
    cells = [nbformat.v4.new_code_cell(text) for text in (setup, *CELLS.values())]
    notebook = nbformat.v4.new_notebook(cells=cells)
    execute(notebook, tmp_path_factory.mktemp("kernel"))
    assert cells[0].outputs == []
    return dict(zip(CELLS, (cell.outputs for cell in cells[1:]), strict=True))


def images(found):
    return [one for one in found if "text/html" in one.get("data", {})]


@pytest.mark.in_turns(3)
def test_a_picture_is_shown_once_with_its_words(outputs):
    for name, words in (("last", "W1: shape (1, 2)"), ("kept", "W1"), ("shown", "costs: 2 costs")):
        (output,) = outputs[name]
        assert output.data["text/plain"].startswith(words)
        html = output.data["text/html"]
        assert '<img alt="' in html
        assert words in html
        data = base64.b64decode(html.split("base64,")[1].split('"')[0])
        assert data.startswith(PNG)


@pytest.mark.in_turns(3)
def test_show_shows_wherever_it_stands_and_a_figure_where_it_is_asked_for(outputs):
    assert len(images(outputs["first"])) == 2
    assert len(images(outputs["later"])) == 1
    assert len(images(outputs["inside"])) == 1
    assert outputs["hidden"] == outputs["not_drawn"] == []


@pytest.mark.in_turns(3)
def test_a_mistake_is_one_sentence(outputs):
    (error,) = outputs["mistake"]
    assert error.traceback == [
        "costs[1] is nan, after 0.7. A smaller learning rate keeps the cost finite; costs[:1] can "
        "be drawn."
    ]


@pytest.mark.in_turns(3)
def test_the_slider_is_a_widget_with_the_four_rates_for_a_page_without(outputs):
    (output,) = images(outputs["slider"])
    assert "application/vnd.jupyter.widget-view+json" in output.data
    assert "Without widgets there is no slider here" in output.data["text/html"]


def run(code):
    done = run_python("-W", "error", "-c", code, cwd=ROOT)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_terminal_says_shape_and_range():
    printed = run("import workbook, numpy as np\nW1 = np.eye(2)\nworkbook.show(W1)")
    # No source is known of code on the command line, and so no name.
    assert printed == "the array: shape (2, 2), from 0 to 1\n"


def test_ipython_in_a_terminal_says_the_same_once():
    code = (
        "from IPython.terminal.interactiveshell import TerminalInteractiveShell as T\n"
        "shell = T.instance()\n"
        "shell.run_cell('import workbook, numpy as np; W1 = np.eye(2)')\n"
        "shell.run_cell('workbook.show(W1)', store_history=True)\n"
    )
    assert run(code).count("W1: shape (2, 2), from 0 to 1") == 1


def test_an_import_stays_cheap_and_a_picture_needs_no_pyplot():
    printed = run(
        "import sys, numpy; before = set(sys.modules); import workbook\n"
        "from workbook import check, hint\n"
        "print(*(set(sys.modules) - before))\n"
        "workbook.show_product\n"
        "print('matplotlib' in sys.modules, 'matplotlib.pyplot' in sys.modules)"
    )
    names, drawing = printed.splitlines()
    assert drawing == "True False"
    assert "workbook.learn.check.hints" in names.split()
    heavy = {"IPython", "rich", "matplotlib", "ipywidgets", "nbformat", "click"}
    assert not {*heavy, "importlib.resources"} & {*names.split()}


def test_the_learners_own_settings_stay_and_change_no_picture():
    from workbook.figures.plots.cost_curve import cost_curve

    before = cost_curve([0.7, 0.5]).png()
    with matplotlib.rc_context({"font.size": 30, "axes.facecolor": "black", "lines.linewidth": 9}):
        settings = dict(matplotlib.rcParams)
        assert cost_curve([0.7, 0.5]).png() == before
        assert dict(matplotlib.rcParams) == settings
