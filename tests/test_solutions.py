"""A solution opens after a pass, or after different answers that failed, where there is one."""

import ast
import functools
import linecache
import os
import shutil
from pathlib import Path

import pytest

from tests.conftest import run_python
from tests.reference import COURSE, each_function, reference
from workbook import check, solution
from workbook.course.exercises import find
from workbook.learn.check.check import CheckFailed
from workbook.learn.reference import at_hand, attempts, record
from workbook.learn.reference.answers import answer_digest
from workbook.learn.workspace import solutions

pytestmark = pytest.mark.usefixtures("kept_checks")

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


@pytest.mark.in_turns(3)
@each_function
def test_what_it_shows_is_the_reference(course, name, ask):
    _, _, code = ask(getattr(reference, name)).partition("\n\n")
    assert "SOLUTION" not in code
    whole = ast.parse(COURSE.solution(name).read_text(encoding="utf-8"))
    assert ast.dump(ast.parse(code).body[0]) == ast.dump(whole.body[-1])


def test_a_notebook_gets_a_highlighted_block():
    view = solutions._after_a_pass(NAME, "def f():\n    return 1")
    assert view.rich == f"{OPENED}\n\n```python\ndef f():\n    return 1\n```"


@pytest.mark.slow
def test_it_stays_closed_for_a_wrong_function(course, ask):
    course(RIGHT.replace(".mean(", ".sum("))
    shown = ask()
    assert shown.startswith(f"{RULE} Yours does not pass yet: db ")
    assert (
        "\n\nDifferent answers that have failed so far: 1 of 3. check(linear_backward) shows all"
        in shown
    )
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


@pytest.mark.slow
def test_it_stays_closed_for_a_loop_that_never_ends(course, ask, monkeypatch):
    monkeypatch.setattr(solutions, "_SECONDS", 0.5)
    course("def linear_backward(dZ, cache):\n    while True:\n        pass")
    assert "Whether yours passes is not known: 07_linear_backward.ipynb is too slow" in ask()


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


# After answers that failed


def test_in_a_notebook_the_code_is_folded_below_the_word():
    view = solutions._after_failures(NAME, "def f():\n    return 1 < 2")
    head, _, then = view.rich.partition(
        "\n\n<details><summary>Show the solution</summary>\n\n"
        "```python\ndef f():\n    return 1 < 2\n```\n\n</details>\n\n"
    )
    assert "What you give up is finding it yourself" in head
    assert then == "Afterwards close it, and write your own from memory until `check` passes."


def wrong(number):
    return f"def linear_backward(dZ, cache):\n    return {number}"


def failing(source, capsys):
    """Check an answer that fails, and return the card."""
    with pytest.raises(CheckFailed):
        check(saved_cell(source))
    return capsys.readouterr().out


def saved_cell(source):
    """Define an answer in a cell whose source Python can find again, as a kernel does."""
    label = f"<ipython-input-{abs(hash(source))}>"
    linecache.cache[label] = (len(source), None, source.splitlines(keepends=True), label)
    namespace = {"__name__": "__main__"}
    exec(compile(source, label, "exec"), namespace)
    return namespace[NAME]


OPEN = '`solution("linear_backward")` is open now (`from workbook import solution`).'


@pytest.mark.slow
def test_it_opens_after_three_different_answers_that_failed(course, ask, capsys):
    course(wrong(3))
    assert OPEN not in failing(wrong(1), capsys)
    assert OPEN not in failing(wrong(2), capsys)
    # The third one in the saved notebook, which another process checks.
    shown = ask()
    assert shown.startswith("3 different answers of yours have failed the check of linear_backward")
    assert "What you give up is finding it yourself" in shown
    assert "\n\ndef linear_backward(dZ, cache):\n" in shown
    assert failing(wrong(1), capsys).endswith(f"\n\n{OPEN}\n")
    assert ask(defined(RIGHT)).startswith(OPENED)


@pytest.mark.parametrize(
    "same",
    [
        [wrong(1), f"# Again.\n{wrong(1)}", wrong(1).replace("1", " 1  # hm")],
        [wrong(1), wrong(1).replace("    return", '    """Doc."""\n    return'), wrong(1)],
        [STUB, STUB.replace("raise", '"""Go."""\n    raise'), STUB.replace("Error", "Error()")],
        ["def linear_backward(dZ, cache):\n    pass", "def linear_backward(dZ, c):\n    ..."] * 2,
    ],
    ids=["comments", "docstrings", "stubs", "nothing"],
)
def test_the_same_answer_or_a_stub_does_not_count(course, ask, capsys, same):
    course(STUB)
    for source in same:
        assert OPEN not in failing(source, capsys)
    assert ask().startswith(RULE)


def test_another_helper_is_another_answer():
    answer = "def linear_backward(dZ, cache):\n    return helper(dZ)"
    helper = "def helper(x):\n    return {}\n\n"
    one, two, three = (answer_digest(saved_cell(helper.format(n) + answer)) for n in (1, 2, 1))
    assert one != two
    assert one == three


def test_a_class_is_known_by_its_methods():
    def value(body):
        source = f"class Value:\n    def __init__(self, data):\n        {body}\n"
        namespace = {"__name__": "__main__"}
        label = f"<ipython-input-{abs(hash(source))}>"
        linecache.cache[label] = (len(source), None, source.splitlines(keepends=True), label)
        exec(compile(source, label, "exec"), namespace)
        return answer_digest(namespace["Value"])

    assert value("self.data = data") != value("self.data = 2 * data")
    assert value("raise NotImplementedError()") == ""


def test_what_has_no_source_does_not_count(course, capsys):
    course(STUB)
    for answer in (defined(wrong(1)), functools.partial(defined(wrong(2))), lambda dZ, cache: 1):
        linear_backward = answer
        with pytest.raises(CheckFailed):
            check(linear_backward)
    assert "linear_backward" in capsys.readouterr().out
    assert attempts.failed_answers(NAME, Path.cwd()) <= 1


def test_a_class_of_students_keeps_no_file(course, capsys, tmp_path):
    course(STUB)
    shutil.rmtree(tmp_path / "solutions")
    for number in range(4):
        assert "solution(" not in failing(wrong(number), capsys)
    assert not list(tmp_path.rglob(record.FILE))


@pytest.mark.parametrize(
    "content",
    ["", "{", "[]", "1", '{"version": 1}', '{"version": 1, "failed": [], "stand_ins": {}}',
     '{"version": 1, "failed": {"linear_backward": 5, "x": ["y"]}, "stand_ins": [1, "x"]}',
     "[" * 10**5],
)  # fmt: skip
def test_a_damaged_record_counts_as_none(course, capsys, tmp_path, content):
    course(STUB)
    file = tmp_path / "notebooks" / record.FILE
    file.write_text(content)
    assert record.read(Path.cwd()) == record.Record()
    failing(wrong(1), capsys)
    assert attempts.failed_answers(NAME, Path.cwd()) == 1
    assert os.listdir(file.parent) == ["3_backward_propagation", record.FILE]


def test_the_record_of_a_newer_version_stays_as_it_is(course, capsys, tmp_path):
    course(STUB)
    file = tmp_path / "notebooks" / record.FILE
    file.write_text('{"version": 2, "failed": 7}')
    failing(wrong(1), capsys)
    assert file.read_text() == '{"version": 2, "failed": 7}'
    assert attempts.failed_answers(NAME, Path.cwd()) == 0


def test_where_no_notebooks_are_nothing_is_kept(tmp_path, monkeypatch, capsys):
    monkeypatch.chdir(tmp_path)
    failing(wrong(1), capsys)
    assert not list(tmp_path.iterdir())


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
