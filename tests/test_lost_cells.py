"""A notebook that has lost cells of the lesson, or has moved them: check and grading agree."""

import nbformat
import pytest

from tests.reference import COURSE
from tests.submissions import to_bytes
from workbook.course.exercises import find
from workbook.grade.submissions.answers import filled_notebook
from workbook.grade.submissions.jobs import Job
from workbook.learn.workspace.lab import check_notebook

ANSWERS = {
    "linear_forward": "def linear_forward(A, W, b):\n    return np.dot(W, A) + b, (A, W, b)",
    "linear_activation_forward": """\
def linear_activation_forward(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    return (sigmoid if activation == "sigmoid" else relu)(Z)[0], ((A_prev, W, b), Z)
""",
}


def deleted(cells, place):
    del cells[place]


def moved_down(cells, place):
    cells.append(cells.pop(place))


def moved_below_the_answer(cells, place):
    imports = cells.pop(place)
    (answer,) = [n for n, one in enumerate(cells) if one.source in ANSWERS.values()]
    cells.insert(answer + 1, imports)


def turned_into_text(cells, place):
    cells[place] = nbformat.v4.new_markdown_cell(
        cells[place].source, metadata=cells[place].metadata
    )


def commented_out(cells, place):
    cells[place].source = "\n".join(f"# {line}" for line in cells[place].source.splitlines())


def one_left(cells, place):
    cells[place].source = "from workbook import check"


def checked(tmp_path, name, change, answer=""):
    """Return the card of a changed notebook, and its file."""
    exercise = find(name)
    notebook = filled_notebook(COURSE, exercise, {name: answer or ANSWERS[name]})
    place = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    change(notebook.cells, place)
    path = tmp_path / f"{exercise.notebook}.ipynb"
    path.write_bytes(to_bytes(notebook))
    (card,) = check_notebook(path)
    return card, path.read_bytes()


@pytest.mark.parametrize("name", ANSWERS)
@pytest.mark.parametrize(
    "change",
    [deleted, moved_down, moved_below_the_answer, turned_into_text, commented_out, one_left],
)
def test_imports_that_are_lost_count_in_the_check_as_in_grading(name, change, judge, tmp_path):
    card, data = checked(tmp_path, name, change)
    assert card.failed == ()
    # Jupyter runs those below the answer before the check.
    lacks = change is not moved_below_the_answer
    said = "Above its check, the notebook lacks `import numpy as np`, which the lesson's first"
    assert (said in card.last) == lacks
    has_more = lacks and name != "linear_forward"
    assert ("`from workbook import relu, sigmoid`" in card.last) == has_more
    result = judge.judge(Job("s", find(name), data))
    assert result.points == sum(test.max_points for test in result.tests)


def test_nothing_is_said_where_nothing_is_lost(tmp_path):
    card, _ = checked(tmp_path, "linear_forward", lambda cells, place: None)
    assert (card.failed, card.last) == ((), "")


def test_what_the_lesson_does_not_give_stays_undefined(judge, tmp_path):
    answer = ANSWERS["linear_forward"].replace("np.", "numpy.")
    card, data = checked(tmp_path, "linear_forward", deleted, answer)
    assert card.failed
    assert judge.judge(Job("s", find("linear_forward"), data)).points == 0


def without_tests(cells, tests):
    cells[:] = [cell for cell in cells if cell not in tests]


def with_tests_on_top(cells, tests):
    without_tests(cells, tests)
    cells[:0] = tests


@pytest.mark.parametrize("change", [without_tests, with_tests_on_top])
def test_what_stands_below_the_answer_takes_nothing_away(change, judge, tmp_path):
    def changed(cells, place):
        change(cells, [c for c in cells if c.metadata.get("nbgrader", {}).get("grade")])
        cells.append(nbformat.v4.new_code_cell("times = None"))

    answer = (
        "def times(one, two):\n    return one @ two\n\n\n"
        "def linear_forward(A, W, b):\n    return times(W, A) + b, (A, W, b)"
    )
    card, data = checked(tmp_path, "linear_forward", changed, answer)
    assert card.failed == ()
    assert judge.judge(Job("s", find("linear_forward"), data)).points == 8
