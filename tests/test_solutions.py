"""A solution opens after a pass, or after different answers that failed, where there is one."""

import ast
import shutil

import pytest

from tests.conftest import run_python
from tests.reference import COURSE, each_function, reference
from workbook import solution
from workbook.course.exercises import find
from workbook.learn.reference import at_hand
from workbook.learn.workspace import solutions

NAME = "linear_backward"
RIGHT = (
    "def linear_backward(dZ, cache):\n"
    "    print('noise')\n"
    "    A_prev, W, b = cache\n"
    "    m = A_prev.shape[1]\n"
    "    return W.T.dot(dZ), dZ.dot(A_prev.T) / m, dZ.mean(1, keepdims=True)"
)
STUB = "def linear_backward(dZ, cache):\n    raise NotImplementedError()"
OPENED = "Your linear_backward passes its visible checks. This is one way to write it:"
RULE = (
    "The solution of linear_backward opens when your own function passes its visible checks, or "
    "after 3 different answers of yours have failed them."
)


@pytest.fixture
def ask(capsys):
    def ask(function=NAME):
        assert solution(function) is None
        return capsys.readouterr().out

    return ask


@pytest.fixture
def course(tmp_path, monkeypatch, write_notebook):
    """A course with solutions; the learner works in the folder of the third assignment."""
    (tmp_path / "nbgrader_config.py").write_text("")
    shutil.copytree(COURSE.root / "solutions", tmp_path / "solutions")
    # As if the package were installed elsewhere, and no checkout.
    monkeypatch.setattr(at_hand, "__file__", str(tmp_path / "lib" / "a" / "b" / "c.py"))
    folder = tmp_path / "notebooks" / "3_backward_propagation"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    path = folder / f"{find(NAME).notebook}.ipynb"
    return lambda *cells: write_notebook(path, *cells)


def defined(source):
    namespace = {"__name__": "__main__"}
    exec(source, namespace)
    return namespace[NAME]


def test_it_opens_for_a_saved_function_that_passes(course, ask):
    course("import numpy as np", RIGHT)
    shown = ask()
    head, _, code = shown.partition("\n\n")
    assert head == OPENED
    assert code.startswith("def linear_backward(dZ, cache):")
    assert "noise" not in shown
    assert "###" not in shown
    assert "import" not in shown


def test_it_opens_for_a_function_that_is_handed_over(course, ask):
    course(STUB)
    assert ask(defined(RIGHT)).startswith(OPENED)


@each_function
def test_what_it_shows_is_the_reference(course, name, ask):
    _, _, code = ask(getattr(reference, name)).partition("\n\n")
    assert "SOLUTION" not in code
    whole = ast.parse(COURSE.solution(name).read_text(encoding="utf-8"))
    assert ast.dump(ast.parse(code).body[0]) == ast.dump(whole.body[-1])


def test_a_notebook_gets_a_highlighted_block():
    view = solutions._after_a_pass(NAME, "def f():\n    return 1")
    assert view.rich == f"{OPENED}\n\n```python\ndef f():\n    return 1\n```"


def test_it_stays_closed_for_a_wrong_function(course, ask):
    course(RIGHT.replace(".mean(", ".sum("))
    shown = ask()
    assert shown.startswith(f"{RULE} It does not yet: db ")
    assert "\n\n1 of 3 different answers have failed so far. check(linear_backward) shows all" in shown
    assert 'hint("linear_backward") helps' in shown
    assert "def " not in shown
    assert "return" not in ask(defined(RIGHT.replace("W.T.dot", "W.dot")))


def test_it_stays_closed_for_a_stub(course, ask):
    course(STUB)
    shown = ask()
    assert shown.startswith(f"{RULE} In your saved notebook 07_linear_backward.ipynb it is not")
    assert 'hint("linear_backward")' in shown


def test_it_stays_closed_without_a_notebook(course, ask):
    shown = ask()
    assert shown.startswith(f"{RULE} Your notebook 07_linear_backward.ipynb is neither in")
    assert "solution(linear_backward)" in shown


def test_it_stays_closed_for_a_loop_that_never_ends(course, ask, monkeypatch):
    monkeypatch.setattr(solutions, "_SECONDS", 0.5)
    course("def linear_backward(dZ, cache):\n    while True:\n        pass")
    assert "Whether it does is not known: 07_linear_backward.ipynb is too slow" in ask()


@pytest.mark.parametrize(
    "spoil",
    [
        # Another folder of this name is not the course's.
        lambda root: (root / "nbgrader_config.py").unlink(),
        lambda root: (root / "solutions" / f"{NAME}.py").write_text("def linear_backward("),
        lambda root: (root / "solutions" / f"{NAME}.py").write_text("x = 1"),
        lambda root: shutil.rmtree(root / "solutions"),
    ],
    ids=["no course", "no Python", "no function", "no folder"],
)
def test_it_says_so_where_there_is_no_solution(course, ask, tmp_path, spoil):
    course(RIGHT)
    spoil(tmp_path)
    shown = ask()
    assert shown.startswith("There is no solution of linear_backward here.")
    assert "check(linear_backward)" in shown


def test_a_checkout_has_solutions_wherever_the_learner_works(tmp_path, monkeypatch, ask):
    monkeypatch.chdir(tmp_path)
    assert ask(defined(RIGHT)).startswith(OPENED)


def test_it_works_without_what_a_learner_does_not_install():
    code = (
        "import sys\n"
        "for name in ('jupytext', 'nbgrader', 'nbformat', 'pytest', 'sqlalchemy', 'rich'):\n"
        "    sys.modules[name] = None\n"
        "from workbook import hint, progress, solution\n"
        "solution('linear_backward'); hint('linear_backward'); progress()\n"
    )
    done = run_python("-c", code, cwd=COURSE.root)
    for said in ("The solution of linear_backward opens", "Hint 1 of 3", "0 of 10 pass"):
        assert said in done.stdout
