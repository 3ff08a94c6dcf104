"""Questions in lessons and pages: read from YAML, woven as text and as a call, kept as data."""

import json
import re

import nbformat
import pytest

from tests.conftest import ROOT
from tests.lesson_checks import answers_of
from workbook.build.lessons import read_lesson
from workbook.build.pages import page_notebook, read_page
from workbook.build.question_cells import questions_data
from workbook.build.references import resolved
from workbook.build.setup import completed
from workbook.build.text import BuildError
from workbook.course.data_folder import COURSE_FILE, PLACE
from workbook.course.exercises import (
    EXERCISES,
    NOTEBOOKS,
    Page,
    describe,
    find,
    find_page,
    in_order,
)
from workbook.course.folder import Course
from workbook.grade.judging.places import cells_to_run

COURSE = Course(ROOT)
HEADER = "---\nkernelspec:\n  name: python3\n  display_name: Python 3\n---\n\n"
IMPORT = "```{code-cell} ipython3\nfrom workbook import quiz\n```\n\n"
#: The line where the YAML of the first question of a page begins.
FIRST_LINE = 14
PAGE = Page("page", "5_labs")

CHOICE = """\
kind: choice
question: What is the shape of `W` with {number:linear_forward} inputs?
choices:
- text: (4, 3)
  because: This has a row for each input.
- text: (3, 4)
  right: true
  because: >-
    A row for each unit, so that $W A$
    has a row for each unit.
"""
NUMBER = """\
kind: number
question: How many?
answer: 19
tolerance: 0.01
because: It is 12 + 3 + 3 + 1.
wrong:
- answer: 12.5
  because: That is `W1` alone.
otherwise: Count each array.
"""
SHAPE = """\
kind: shape
question: Which shape has $\\frac{\\partial J}{\\partial W}$?
answer: (3, 4)
because: That of `W`.
wrong:
- answer: (4,)
  because: One axis is lost.
otherwise: A gradient has the shape of what it belongs to.
"""
OPEN = """\
kind: open
question: What do you expect?
because: Two clouds.
"""


def cell(body, name="mine", options=""):
    return f"```{{code-cell}} ipython3\n:quiz: {name}\n{options}\n{body}```\n\n"


def page(tmp_path, *cells, start=IMPORT):
    path = tmp_path / "page.md"
    path.write_text(HEADER + start + "".join(cells), encoding="utf-8")
    return read_page(path, PAGE)


def entry(tmp_path, body):
    (question,) = page(tmp_path, cell(body)).questions
    return question.entry


# As data


def test_a_choice_as_data(tmp_path):
    assert entry(tmp_path, CHOICE) == {
        "notebook": "page",
        "kind": "choice",
        "question": "What is the shape of `W` with 3 inputs?",
        "choices": [
            {"text": "(4, 3)", "right": False, "because": "This has a row for each input."},
            {
                "text": "(3, 4)",
                "right": True,
                "because": "A row for each unit, so that $W A$ has a row for each unit.",
            },
        ],
    }


def test_numbers_shapes_and_open_questions_as_data(tmp_path):
    number, shape = entry(tmp_path, NUMBER), entry(tmp_path, SHAPE)
    assert (number["answer"], number["tolerance"]) == (19, 0.01)
    assert number["wrong"] == [{"answer": 12.5, "because": "That is `W1` alone."}]
    assert number["because"] == "It is 12 + 3 + 3 + 1."
    assert number["otherwise"] == "Count each array."
    assert (shape["answer"], shape["wrong"][0]["answer"]) == ([3, 4], [4])
    assert "tolerance" not in shape
    assert entry(tmp_path, OPEN) == {
        "notebook": "page",
        "kind": "open",
        "question": "What do you expect?",
        "because": "Two clouds.",
    }
    # Wrong answers that are known need not be there.
    without = NUMBER.replace("wrong:\n- answer: 12.5\n  because: That is `W1` alone.\n", "")
    assert entry(tmp_path, without)["wrong"] == []


@pytest.mark.parametrize("text", ["0.50", "no", "19", "1e3", "null"])
def test_what_yaml_takes_for_something_else_stays_the_text_that_it_is(tmp_path, text):
    choices = entry(tmp_path, CHOICE.replace("(4, 3)", text))["choices"]
    assert choices[0]["text"] == text


# In the notebook


def test_a_choice_on_paper_and_as_a_call(tmp_path):
    notebook = page_notebook(page(tmp_path, cell(CHOICE)))
    nbformat.validate(notebook)
    _, text, call = notebook.cells
    assert text.source == (
        "**Question.** What is the shape of `W` with 3 inputs?\n\n- **A.** (4, 3)\n- **B.** (3, 4)"
        "\n\n<details><summary>Answer</summary>\n\n"
        "**B is right.** A row for each unit, so that $W A$ has a row for each unit.\n\n"
        "**A.** This has a row for each input.\n\n</details>"
    )
    assert (text.cell_type, text.id) == ("markdown", "question-mine")
    assert (call.cell_type, call.id, call.source) == ("code", "quiz-mine", 'quiz("mine")')
    assert call.metadata.tags == ["quiz"]
    assert "nbgrader" not in call.metadata
    assert set(call.metadata) == {"tags", "workbook"}


@pytest.mark.parametrize(
    ("body", "answers"),
    [
        (
            NUMBER,
            "**19 is right.** It is 12 + 3 + 3 + 1.\n\n**12.5.** That is `W1` alone.\n\n"
            "**Another number.** Count each array.",
        ),
        (
            SHAPE,
            "**(3, 4) is right.** That of `W`.\n\n**(4,).** One axis is lost.\n\n"
            "**Another shape.** A gradient has the shape of what it belongs to.",
        ),
        (OPEN, "Two clouds."),
    ],
    ids=["number", "shape", "open"],
)
def test_the_other_kinds_on_paper(tmp_path, body, answers):
    (question,) = page(tmp_path, cell(body)).questions
    text, _ = question.cells
    assert answers_of(text.source) == [answers]
    assert "- **A.**" not in text.source


def test_a_question_does_not_run_when_the_notebook_is_graded(tmp_path):
    notebook = page_notebook(page(tmp_path, cell(CHOICE)))
    answered = nbformat.from_dict(notebook)
    # A learner's copy may have lost its tags.
    answered.cells[-1].metadata = {}
    for submitted in (notebook, answered):
        texts = [one.source for one in cells_to_run(submitted, notebook)]
        assert texts == ["from workbook import quiz"]


# What an author may get wrong: what is changed, the line from the beginning, what the build says.

REFUSED = {
    CHOICE: [
        ("  right: true\n", "", 3, "one choice has `right: true`; here 0 have it"),
        ("- text: (4, 3)", "- text: (4, 3)\n  right: true", 3, "here 2 have it"),
        ("  right: true", "  right: yes", 6, "`right:` of choice 2 is true, or is left out"),
        ("  because: This has a row for each input.\n", "", 3, "choice 1 needs `because:`"),
        (
            "- text: (4, 3)",
            "- colour: red\n  text: (4, 3)",
            3,
            "`colour:` is unknown; choice 1 has text, right, because",
        ),
        ("kind: choice", "kind: choose", 0, "needs `kind:`, one of choice, number, shape, open"),
        ("kind: choice\n", "", 0, "needs `kind:`, one of choice, number, shape, open"),
        ("kind: choice", "kind: number", 2, "`choices:` is unknown; a question of kind number"),
        ("question: What", "frage: What", 1, "`frage:` is unknown; a question of kind choice"),
        ("kind: choice", "kind: choice\nkind: open", 1, "`kind:` is given twice"),
        ("text: (4, 3)", "text: (3, 4)", 5, "the same `text:` is in line 17"),
        ("text: (4, 3)", "text: [4, 3]", 3, "`text:` is not a text; put it in quotes"),
        ("text: (4, 3)", 'text: ""', 3, "`text:` is empty"),
        ("text: (4, 3)", "text: |-\n    (4,\n    3)", 3, "`text:` of choice 1 is one line"),
        (
            "text: (4, 3)",
            r"text: $\mathbb{R}$",
            3,
            r"cannot be shown as plain text: it holds \mathbb",
        ),
        ("text: (4, 3)", "text: 5 $", 3, "`text:` cannot be shown as plain text: it holds $"),
        ("{number:linear_forward}", "{number:other}", 1, "{number:other} names no notebook"),
        ("text: (4, 3)", "text: {number:linear_forward}", 3, "`text:` is not a text; put it in"),
        ("question: What", "question: a: What", 1, "the question cannot be read: mapping values"),
        (CHOICE[CHOICE.index("\n- text") :], " none\n", 2, "`choices:` is a list of 2 to 5"),
        (CHOICE[CHOICE.index("- text: (3") :], "", 3, "of 2 to 5 choices; this has 1"),
        (CHOICE, "Just text.\n", 0, "a question is a list of keys, such as `kind: choice`"),
        (CHOICE, "- a list\n", 0, "a question is a list of keys, such as `kind: choice`"),
    ],
    NUMBER: [
        ("answer: 19", "answer: many", 2, "`answer:` is 'many', which is not a number such as 19"),
        ("answer: 19", "answer: nan", 2, "`answer:` is 'nan', which is not a number such as 19"),
        ("answer: 12.5", "answer: 19.001", 6, "wrong answer 1 is the right answer"),
        ("tolerance: 0.01", "tolerance: -1", 3, "`tolerance:` is more than 0"),
        ("otherwise: Count each array.\n", "", 0, "a question of kind number needs `otherwise:`"),
        ("Count each array", "That is `W1` alone", 8, "the same sentence is in line 20"),
        ("wrong:", "wrong:\n- answer: 12.5\n  because: It is not.", 8, "the same `answer:` is in"),
        ("wrong:\n-", "wrong:\n-  text: 3\n  ", 8, "the question cannot be read"),
    ],
    SHAPE: [
        ("answer: (3, 4)", "answer: 3", 2, "`answer:` is '3', which is not a shape such as (3, 4)"),
        ("answer: (3, 4)", "answer: (3, n)", 2, "'(3, n)', which is not a shape such as (3, 4)"),
        ("answer: (4,)", "answer: (3,4)", 5, "wrong answer 1 is the right answer"),
        ("answer: (3, 4)", "answer: (3, 4)\ntolerance: 1", 3, "`tolerance:` is unknown"),
    ],
    OPEN: [("because: Two clouds.\n", "", 0, "a question of kind open needs `because:`")],
}


@pytest.mark.parametrize(
    ("body", "old", "new", "line", "said"),
    [(body, *row) for body, rows in REFUSED.items() for row in rows],
)
def test_a_mistake_of_an_author_is_named_with_its_line(tmp_path, body, old, new, line, said):
    assert old in body
    with pytest.raises(BuildError) as refused:
        page(tmp_path, cell(body.replace(old, new, 1)))
    assert re.match(rf".*page\.md:{FIRST_LINE + line}: ", str(refused.value))
    assert said in str(refused.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (cell(OPEN, "no-name"), "'no-name' cannot be a question's name: use at most 50 letters"),
        (cell(OPEN, "a" * 51), "cannot be a question's name"),
        (cell(OPEN, options=":tags: [experiment]\n"), "has no other option: tags"),
        (cell(OPEN, "one") + cell(OPEN, "one"), "another question has the name 'one': see page.md"),
    ],
)
def test_a_cell_that_cannot_ask_is_refused(tmp_path, text, said):
    with pytest.raises(BuildError, match=r"page\.md:\d+: ") as refused:
        page(tmp_path, text)
    assert said in str(refused.value)


def test_two_notebooks_cannot_have_a_question_of_one_name(tmp_path):
    asked = [page(tmp_path, cell(OPEN)).questions[0] for _ in range(2)]
    with pytest.raises(BuildError, match=r"page\.md:11: another .* 'mine': see page\.md, line 11"):
        questions_data(asked)


def test_what_asks_is_imported_above(tmp_path):
    with pytest.raises(BuildError, match=r"page\.md:7: no cell above .* `from workbook import q"):
        page(tmp_path, cell(OPEN), start="")


# In a lesson

LESSON = COURSE.lesson(EXERCISES[0])
SETUP = "```{code-cell} ipython3\n:tags: [setup]\n"


def lesson(tmp_path, old, new):
    text = LESSON.read_text(encoding="utf-8")
    assert old in text
    path = tmp_path / LESSON.name
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    return read_lesson(path)


def test_a_lesson_that_asks_imports_quiz(tmp_path):
    end = "## Where it leads"
    read = lesson(tmp_path, end, f"{cell(OPEN, 'put_there')}{end}")
    assert read.questions[-1].name == "put_there"
    (setup,) = [one.source for one in read.cells if one.role == "setup"]
    assert re.search(r"^from workbook import .*\bquiz\b", setup, re.MULTILINE)
    roles = [one.role for one in read.cells]
    assert roles[roles.index("quiz") - 1] == "question"


def test_a_question_above_the_imports_of_a_lesson_is_refused(tmp_path):
    with pytest.raises(BuildError, match=r"\.md:\d+: the first question comes .* setup cell"):
        lesson(tmp_path, SETUP, f"{cell(OPEN, 'put_there')}{SETUP}")


def test_the_imports_name_quiz_only_where_it_is_needed():
    source = "import numpy as np\n\nfrom workbook import check"
    exercise = find("initialize_parameters")
    assert "quiz" in completed(source, exercise, asks=True)
    assert "quiz" not in completed(source, exercise)


# Minutes


@pytest.fixture
def described():
    """What is known of the course, to be changed and described anew."""
    return json.loads((ROOT / PLACE / COURSE_FILE).read_text(encoding="utf-8"))


def test_minutes_and_hours_are_filled_in(described):
    for notebook in described["notebooks"]:
        notebook["minutes"] = 90 if notebook["is_lab"] else 33
    describe(described)
    text = "{minutes}, {minutes:train_it}, {hours}"
    assert len(EXERCISES) == 10
    assert resolved(text, EXERCISES[0]) == "33, 90, 5.5"
    with pytest.raises(ValueError, match=r"names no notebook; .* the_story_so_far$"):
        resolved("{minutes:nothing}", EXERCISES[0])


def test_a_page_stands_in_the_order_where_its_name_puts_it(described):
    first = EXERCISES[0].assignment
    described["pages"] = [
        {"name": name, "assignment": first, "minutes": 7} for name in ("00_begin", "the_end")
    ]
    describe(described)
    assert find_page("00_begin") == Page("00_begin", first, 7)
    own = [one.name for one in in_order() if one.assignment == first]
    assert own == ["00_begin", "initialize_parameters", "initialize_parameters_deep", "the_end"]
    assert len(in_order()) == len(NOTEBOOKS) + 2
    assert resolved("{minutes:00_begin} {link:00_begin}", EXERCISES[0]) == "7 00_begin.ipynb"
