"""The line of the card that says where the learner left off, from what is known alone."""

import linecache
import re
import sys
from types import SimpleNamespace

import nbformat
import numpy as np
import pytest
from ipykernel.compiler import XCachingCompiler
from IPython.core.compilerop import CachingCompiler
from IPython.core.interactiveshell import InteractiveShell
from traitlets.config import Config

from tests.kernels import execute
from tests.reference import COURSE
from workbook import check
from workbook.course.exercises import EXERCISES, LABS, NOTEBOOKS, find
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.workspace import check_here, check_process
from workbook.learn.workspace.check_here import _stands_alone
from workbook.learn.workspace.standings import standings

ONE, LINEAR, LAST = EXERCISES[0], find("linear_forward"), EXERCISES[-1]
COUNT = len(EXERCISES)


def solved_text(name):
    text = COURSE.solution(name).read_text(encoding="utf-8")
    return re.sub(r"from solutions\.\w+ ", "from workbook.earlier ", text)


@pytest.fixture
def home(tmp_path, write_notebook, monkeypatch):
    """A folder with all notebooks, in which nothing is written; results are kept in it."""
    from workbook.learn.workspace import known_results

    monkeypatch.setattr(known_results, "_users_folder", lambda: tmp_path / "known")
    for exercise in NOTEBOOKS:
        stubs = [f"def {name}(*a):\n    raise NotImplementedError" for name in exercise.functions]
        write_notebook(tmp_path / exercise.notebook_path, *stubs)
    return tmp_path


@pytest.fixture
def checked(home, monkeypatch, capsys):
    """Check the reference in a notebook's folder, as a learner's function; return the last line."""

    def checked(name, exercise=None):
        text = solved_text(name)
        monkeypatch.chdir(home / find(exercise or name).assignment)
        linecache.cache[f"<{name}>"] = (len(text), None, text.splitlines(True), f"<{name}>")
        namespace = {"__name__": "__main__"}
        exec(compile(text, f"<{name}>", "exec"), namespace)
        check(namespace[name])
        return capsys.readouterr().out.splitlines()[-1]

    return checked


def test_it_counts_what_passes_and_names_what_is_next(home, checked, write_notebook):
    assert checked(ONE.name) == f"1 of {COUNT} pass; next: 2 {EXERCISES[1].name}"
    # What has just passed is saved, and known from then on; no check is run for it.
    write_notebook(home / ONE.notebook_path, f"# mine\n{solved_text(ONE.name)}\n")
    said = checked(EXERCISES[1].name)
    assert said == f"2 of {COUNT} pass; next: 3 {LINEAR.name}"


def test_what_is_not_known_is_not_counted(home, checked, write_notebook, monkeypatch):
    write_notebook(home / ONE.notebook_path, solved_text(ONE.name))
    monkeypatch.setattr(check_process, "_Child", None)
    assert checked(EXERCISES[1].name) == f"Next: 3 {LINEAR.name}"
    monkeypatch.undo()


@pytest.mark.slow
def test_what_progress_has_found_is_known(home, checked, write_notebook):
    write_notebook(home / ONE.notebook_path, solved_text(ONE.name))
    write_notebook(home / EXERCISES[1].notebook_path, f"def {EXERCISES[1].name}(x):\n    return x")
    standings(home)
    assert checked(LINEAR.name) == f"2 of {COUNT} pass; next: 2 {EXERCISES[1].name}"


def test_what_has_changed_since_is_not_known(home, checked, write_notebook):
    checked(ONE.name)
    write_notebook(home / ONE.notebook_path, f"def {ONE.name}(x):\n    return 1")
    assert checked(EXERCISES[1].name) == f"Next: 3 {LINEAR.name}"


def test_what_uses_a_function_that_has_changed_is_not_known(home, checked, write_notebook):
    for exercise in EXERCISES[:4]:
        write_notebook(home / exercise.notebook_path, solved_text(exercise.name))
        checked(exercise.name)
    assert checked(EXERCISES[5].name) == f"5 of {COUNT} pass; next: 5 {EXERCISES[4].name}"
    changed = f"{solved_text(LINEAR.name)}\n    # as before"
    write_notebook(home / LINEAR.notebook_path, changed)
    assert checked(EXERCISES[5].name).startswith(f"5 of {COUNT} pass")
    changed = solved_text(LINEAR.name).replace("return", "A = A\n    return")
    write_notebook(home / LINEAR.notebook_path, changed)
    assert checked(EXERCISES[5].name) == f"Next: 5 {EXERCISES[4].name}"


HELPED = "def helper(A, W, b):\n    return W @ A + b\n"


@pytest.mark.parametrize(
    ("cell", "alone"),
    [
        ("def f(A, W, b):\n    return np.dot(W, A) + b", True),
        ("def f(A, W, b):\n    return relu(linear_forward(A, W, b))", True),
        ("def f(A, W, b):\n    return [sigmoid(one) for one in A]", True),
        (f"{HELPED}def f(A, W, b):\n    return helper(A, W, b)", False),
        (f"{HELPED}def f(A, W, b):\n    return [helper(one, W, b) for one in A]", False),
        ("scale = 2\ndef f(A, W, b):\n    return scale * A", False),
        ("table = np.ones(3)\ndef f(A, W, b):\n    return table * A", False),
        ("class f:\n    pass", False),
    ],
)
def test_what_uses_other_cells_is_not_noted(cell, alone):
    namespace = {"__name__": "__main__", "np": np, "linear_forward": lambda *a: a}
    exec(f"from workbook import relu, sigmoid\n{cell}", namespace)
    assert _stands_alone(namespace["f"]) == alone


def test_after_the_ten_come_the_labs(home, checked, write_notebook):
    for exercise in EXERCISES[:-1]:
        write_notebook(home / exercise.notebook_path, solved_text(exercise.name))
        checked(exercise.name)
    assert checked(LAST.name) == f"{COUNT} of {COUNT} pass; next: 11 {LABS[0].name}"


def test_a_function_of_a_lab_leads_to_the_next_of_the_lab(home, checked):
    name = LABS[0].functions[0]
    assert (
        checked(name, LABS[0].name)
        == f"0 of {COUNT} pass; next: {LABS[0].functions[1]}, in this notebook"
    )


def test_far_from_the_notebooks_nothing_is_said(home, checked, tmp_path_factory, monkeypatch):
    # Before the folder is another one, so that monkeypatch knows where to go back to.
    monkeypatch.chdir(home)
    monkeypatch.setattr("os.getcwd", lambda: str(tmp_path_factory.mktemp("far")))
    assert "next" not in checked(ONE.name)


@pytest.mark.slow
def test_in_a_notebook_it_is_a_link(home):
    cells = [solved_text(LINEAR.name), f"from workbook import check\ncheck({LINEAR.name})"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(one) for one in cells])
    execute(notebook, home / LINEAR.assignment)
    (output,) = notebook.cells[-1].outputs
    link = f'<a href="../{ONE.notebook_path}">1 {ONE.name}</a>'
    assert f"<p>1 of {COUNT} pass; next: {link}</p>" in output.data["text/html"]


GOOD, BROKEN = "def linear_forward(A, W, b):\n    pass", "def linear_forward(A, W, b):\n  x = (1"
CLASS = "class linear_forward:\n    def __call__(self):\n        pass"


@pytest.mark.parametrize(
    ("cells", "is_older"),
    [
        ([GOOD], False),
        ([GOOD, BROKEN], True),
        ([GOOD, BROKEN, "linear_forward(1, 2, 3)"], True),
        ([GOOD, "class linear_forward(A:", "1 +"], True),
        ([GOOD, "if True:\n  async def linear_forward(A:"], True),
        ([CLASS, "class linear_forward(A:"], True),
        ([CLASS, "class linear_forward(A:", CLASS], False),
        ([GOOD, BROKEN, GOOD], False),
        ([GOOD, BROKEN, "%reset -f in", GOOD], False),
        ([GOOD, BROKEN, "other = linear_forward\nlinear_forward = other"], False),
        ([GOOD, "In = None"], False),
        ([GOOD, "# what does def linear_forward do?\n1 +"], False),
        ([BROKEN, GOOD, "def linear_forward_2(:"], False),
        ([BROKEN, f"%%time\n{GOOD}"], False),
        ([BROKEN, f"%%capture\n{GOOD}"], False),
        ([GOOD, BROKEN, "%run lf.py"], False),
        ([GOOD, BROKEN, "from lf import *"], False),
        ([GOOD, BROKEN, "from pathlib import Path\nexec(Path('lf.py').read_text())"], False),
        (["from functools import partial\nf = partial(print)", "def f(:"], False),
    ],
)
@pytest.mark.parametrize("compiler", [CachingCompiler, XCachingCompiler])
def test_a_function_from_before_a_syntax_error_is_not_checked(
    cells, is_older, compiler, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(tmp_path)
    # A shell puts a module of its own here, and `lf` is imported anew each time.
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setitem(sys.modules, "lf", sys)
    del sys.modules["lf"]
    (tmp_path / "lf.py").write_text(GOOD)
    unsaved = Config({"HistoryManager": {"enabled": False}})
    running = InteractiveShell(compiler_class=compiler, config=unsaved)
    for cell in cells:
        running.run_cell(cell, store_history=True)
    checked = []
    monkeypatch.setattr(check_here, "shell", lambda: running)
    monkeypatch.setattr(check_here, "tried", lambda *_: SimpleNamespace(failed=True))
    monkeypatch.setattr(check_here, "conclude", checked.append)
    function = running.user_ns.get("linear_forward") or running.user_ns["f"]
    if is_older:
        with pytest.raises(AskedWronglyError, match="linear_forward is still what it was before"):
            check(function)
    else:
        check(function)
    assert bool(checked) is not is_older
