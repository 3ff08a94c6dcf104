"""Questions that answer back: answers as people write them, and what is said to each."""

import json
from fractions import Fraction

import nbformat
import numpy as np
import pytest
from IPython.core.formatters import DisplayFormatter

from tests.all_kinds_of_questions import QUESTIONS, use_questions
from tests.html_page import Page, contrast
from tests.kernels import execute
from workbook import quiz
from workbook.course.questions import questions
from workbook.figures import ipython
from workbook.figures.markup import html, plain_text
from workbook.learn.check import buttons as module
from workbook.learn.questions.reading import possible_numbers, shape
from workbook.learn.questions.replies import reply
from workbook.learn.questions.views import asked, reply_html
from workbook.learn.questions.widgets import Buttons
from workbook.learn.workspace.answers import ANSWERS_FILE, answers_in


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch, write_notebook):
    """The folder of a learner with one notebook, in which the test runs."""
    use_questions(monkeypatch, tmp_path / "course")
    home = tmp_path / "notebooks"
    path = write_notebook(home / "1_initialization/01_initialize_parameters.ipynb", "quiz()")
    monkeypatch.chdir(path.parent)
    return home


@pytest.fixture
def ask(capsys):
    """Call quiz, and return what it prints."""

    def ask(*args):
        assert quiz(*args) is None
        return capsys.readouterr().out

    return ask


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("0,5", [0.5]),
        ("1/2", [0.5]),
        (".5", [0.5]),
        (" 0 .5", [0.5]),
        ("0,500", [0.5]),
        ("\N{MINUS SIGN}3", [-3]),
        ("-1/-2", [0.5]),
        ("19.", [19]),
        ("1e-3", [0.001]),
        ("1,200", [1200, 1.2]),
        ("1.200,5", [1200.5]),
        ("1,200.5", [1200.5]),
        (19, [19]),
        (np.float64(0.5), [0.5]),
        (np.array([2]), [2]),
        (Fraction(1, 4), [0.25]),
        ("", []),
        ("nineteen", []),
        ("1/0", []),
        ("1/2/3", []),
        ("1,2,3", []),
        ("nan", []),
        ("1e999", []),
        (True, []),
        (..., []),
        ((3, 4), []),
        (np.array([1, 2]), []),
    ],
)
def test_numbers_as_people_write_them(given, found):
    assert list(possible_numbers(given)) == found


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("(3,4)", (3, 4)),
        ("3, 4", (3, 4)),
        ("3 x 4", (3, 4)),
        ("3x4", (3, 4)),
        ("3\N{MULTIPLICATION SIGN}4", (3, 4)),
        ("3 by 4", (3, 4)),
        ("[3, 4]", (3, 4)),
        ("3 4", (3, 4)),
        ("2 x 3 x 4", (2, 3, 4)),
        ("(3,)", (3,)),
        ("()", ()),
        ((3, 4), (3, 4)),
        ([np.int64(3), 1], (3, 1)),
        ("3", None),
        (3, None),
        ("", None),
        ("(3, n)", None),
        ("(3, -1)", None),
        ((3.5,), None),
        ("3,,4", None),
        (..., None),
    ],
)
def test_shapes_as_people_write_them(given, found):
    assert shape(given) == found


@pytest.mark.parametrize(
    ("name", "given", "outcome", "because"),
    [
        ("rows_of_first_weights", "B", "right", "A row for each unit, a column"),
        ("rows_of_first_weights", "b)", "right", "A row for each unit, a column"),
        ("rows_of_first_weights", (3, 4), "right", "A row for each unit, a column"),
        ("rows_of_first_weights", "(4, 3)", "wrong", "This has a row for each input."),
        ("rows_of_first_weights", "c", "wrong", "One weight for each unit is not enough."),
        (
            "rows_of_first_weights",
            "D",
            "unread",
            "`D` is not one of the choices: answer with A, B or",
        ),
        ("how_many_parameters", 17, "right", "$4"),
        ("how_many_parameters", "17,0", "right", "$4"),
        ("how_many_parameters", "17.001", "wrong", "Count `W1`"),
        ("how_many_parameters", "12", "wrong", "These are the weights alone"),
        ("how_many_parameters", "many", "unread", "`many` is not a number. Write one such as"),
        ("how_many_parameters", " ", "unread", "There is no number yet."),
        ("how_many_parameters", "`" * 99, "unread", "`" + "'" * 40 + "...` is not a number"),
        ("sigmoid_of_zero", "1/2", "right", "$1 / (1 + 1)$"),
        ("sigmoid_of_zero", 0.51, "right", "$1 / (1 + 1)$"),
        ("sigmoid_of_zero", 0.52, "wrong", "Put 0 into the formula"),
        ("shape_of_bias", "3 x 1", "right", "A column"),
        ("shape_of_bias", (1, 3), "wrong", "That is a row"),
        ("shape_of_bias", "(3,)", "wrong", "`(3,)` has 1 axis, and the right shape has 2. NumPy"),
        ("shape_of_bias", (4, 1), "wrong", "Each unit has one bias."),
        ("shape_of_bias", "3", "unread", "`3` is not a shape. Write the sizes of all axes"),
        ("all_zero", "nothing moves", "shown", "All units of a layer stay the same."),
        ("all_zero", "  ", "unread", "Write down what you think first"),
    ],
)
def test_each_answer_has_its_sentence(name, given, outcome, because):
    said = reply(questions()[name], given)
    assert (said.outcome, said.because[: len(because)]) == (outcome, because)


def test_a_letter_means_the_choice_that_has_it():
    entry = QUESTIONS["rows_of_first_weights"]
    choices = [{"text": text, "right": text == "A", "because": text} for text in "BA"]
    (question,) = questions_of({"letters": {**entry, "choices": choices}})
    assert reply(question, "A").because == "B"
    # What was kept has the letter of the time, and the text decides.
    assert reply(question, "C. A").because == "A"


def questions_of(entries):
    from workbook.course.questions import _question

    return [_question(name, entry) for name, entry in entries.items()]


@pytest.mark.parametrize(
    ("markdown", "text", "marked"),
    [
        ("the `W` of **$W_{1} x$**", "the W of W_1 x", "the <code>W</code> of <strong>W<sub>1"),
        ("$W^TA_{prev}$", "W^T A_prev", "W<sup>T</sup> A<sub>prev</sub>"),
        (r"$\frac{1}{m}$ & <b>", "(1/m) & <b>", "(1/m) &amp; &lt;b&gt;"),
        ("2 * 3 * 4, *not* 9", "2 * 3 * 4, not 9", "2 * 3 * 4, <em>not</em> 9"),
        ("`$5` and `a*b*c`", "$5 and a*b*c", "<code>$5</code> and <code>a*b*c</code>"),
    ],
)
def test_markdown_as_text_and_as_html(markdown, text, marked):
    assert plain_text(markdown) == text
    assert html(markdown).startswith(marked)


def test_without_buttons_a_question_is_text_with_the_line_to_run(ask):
    text = ask("rows_of_first_weights")
    assert text.startswith(
        "A layer has 4 inputs and 3 units. What is the shape of its W?\n\n  A. ("
    )
    assert '  quiz("rows_of_first_weights", "A")\n' in text
    assert max(map(len, text.splitlines())) <= 80
    assert '  quiz("how_many_parameters", ...)\n' in ask("how_many_parameters")
    assert '  quiz("all_zero", "...")\n' in ask("all_zero")


def test_an_answer_gets_its_sentence_and_is_remembered(ask, folder):
    assert ask("rows_of_first_weights", "A").startswith("Not yet. This has a row for each input.")
    text = ask("rows_of_first_weights")
    assert "Your last answer: A. (4, 3)\nNot yet. This has a row" in text
    assert ask("rows_of_first_weights", "B").startswith("Right. A row for each unit")
    kept = answers_in(folder)["rows_of_first_weights"]
    assert (kept.first, kept.last, kept.right, kept.tries) == ("A. (4, 3)", "B. (3, 4)", True, 2)


def test_an_answer_that_cannot_be_kept_is_answered_and_says_so(ask, folder):
    (folder / ANSWERS_FILE).mkdir()
    said = " ".join(ask("how_many_parameters", 17).split())
    assert said.startswith("Right.")
    assert f"This answer is not kept: {ANSWERS_FILE} in the folder of your notebooks" in said
    assert "not kept" not in ask("how_many_parameters", "nineteen")


def test_what_is_no_answer_is_not_kept(ask, folder):
    assert ask("how_many_parameters", "many").startswith("No answer yet. many is not a number.")
    assert ask("how_many_parameters", ...).startswith("No answer yet. Ellipsis is not a number.")
    assert not (folder / ANSWERS_FILE).exists()


def test_where_there_are_no_notebooks_nothing_is_written(ask, tmp_path, monkeypatch):
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert ask("how_many_parameters", "17").startswith("Right.")
    assert list(elsewhere.iterdir()) == []


def test_a_name_that_is_none(ask):
    text = ask("rows_of_frist_weights")
    assert text.startswith(
        "There is no question 'rows_of_frist_weights'. Did you mean 'rows_of_first_weights'?\n"
    )
    assert "  02_initialize_parameters_deep: sigmoid_of_zero, shape_of_bias\n" in text
    assert ask().startswith('Say which question is meant, such as quiz("rows_of_first_weights").')
    assert ask(3).startswith("Say which question")


def test_a_course_without_questions(ask, monkeypatch, tmp_path):
    use_questions(monkeypatch, tmp_path / "older", questions=None)
    assert questions() == {}
    assert "This version of the course has no questions" in ask("rows_of_first_weights")


# In a notebook


def test_a_front_end_without_widgets_gets_formulas():
    view = asked(questions()["sigmoid_of_zero"], reply(questions()["sigmoid_of_zero"], 3))
    data, _ = DisplayFormatter().format(view)
    assert "what is $e^{0}$?" in data["text/markdown"]
    assert "what is e^0?" in data["text/plain"]


@pytest.mark.parametrize(
    ("given", "said"), [("17", "✓ Right"), ("12", "✗ Not yet"), ("x", "? No answer yet")]
)
def test_a_reply_is_announced_and_says_in_words_what_it_says_in_colour(given, said):
    shown = reply_html(reply(questions()["how_many_parameters"], given))
    (tag, attributes), *_ = Page(shown).tags
    assert (tag, attributes["role"], attributes["aria-live"]) == ("div", "status", "polite")
    assert f">{said}</strong> " in shown


def test_the_colours_are_readable_in_both_themes():
    from workbook.learn.questions.views import _COLOURS

    for colour in _COLOURS.values():
        assert contrast(colour, "#ffffff") >= 4.5
        # Of a line beside the text, WCAG asks for 3; #111111 is JupyterLab's dark page.
        assert contrast(colour, "#111111") >= 2.8


def buttons(name, last=None):
    given = []

    def answer(text):
        given.append(text)
        return reply(questions()[name], text)

    return Buttons(questions()[name], answer, last), given


def test_buttons_answer_and_are_marked():
    shown, given = buttons("rows_of_first_weights")
    first, second, third = shown.box.children[1:-1]
    assert first.description == "A.  (4, 3)"
    assert third.description.startswith("C.  (3, 1), since each unit has")
    first.click()
    assert first.description == "✗ A.  (4, 3)"
    assert "✗ Not yet" in shown.said.value
    first.click()
    second.click()
    assert [one.description[0] for one in (first, second, third)] == ["✗", "✓", "C"]
    assert "✓ Right" in shown.said.value
    assert given == ["A", "A", "B"]


def test_a_field_answers_by_its_button_and_by_enter():
    shown, given = buttons("shape_of_bias")
    field, check = shown.box.children[1].children
    assert (field.description, check.description) == ("Your shape", "Check")
    field.value = "(3,)"
    check.click()
    assert "<code>(3,)</code> has 1 axis" in shown.said.value
    field.value = "3 x 1"
    assert "has 1 axis" in shown.said.value
    field._handle_msg(
        {"content": {"data": {"method": "custom", "content": {"event": "submit"}}}, "buffers": []}
    )
    assert "✓ Right" in shown.said.value
    assert given == ["(3,)", "3 x 1"]


def test_words_are_answered_with_what_was_to_be_seen():
    shown, _ = buttons("all_zero")
    field, button = shown.box.children[1:3]
    button.click()
    assert "Write down what you think first" in shown.said.value
    field.value = "they stay zero"
    button.click()
    assert "Compare" in shown.said.value
    assert shown.said.value.count("<p") == 1


def test_the_last_answer_is_there_again():
    question = questions()["rows_of_first_weights"]
    shown, given = buttons(question.name, reply(question, "B"))
    assert shown.box.children[2].description == "✓ B.  (3, 4)"
    assert "✓ Right" in shown.said.value
    shown, _ = buttons("shape_of_bias", reply(questions()["shape_of_bias"], "(1, 3)"))
    assert shown.box.children[1].children[0].value == "(1, 3)"
    assert given == []


class Shell:
    """An IPython with a display formatter, as in a notebook."""

    def __init__(self, kernel=None):
        self.display_formatter = DisplayFormatter()
        self.kernel = kernel


class Kernel:
    def __init__(self, somebody):
        self._allow_stdin = somebody


@pytest.mark.parametrize(
    ("found", "expected"),
    [(Shell(), True), (Shell(Kernel(True)), True), (Shell(Kernel(False)), False), (None, False)],
)
def test_buttons_are_for_somebody_who_can_press_them(monkeypatch, found, expected):
    for place in (module, ipython):
        monkeypatch.setattr(place, "shell", lambda: found)
    assert module.has_buttons() is expected


def test_without_ipywidgets_there_are_none(monkeypatch):
    for place in (module, ipython):
        monkeypatch.setattr(place, "shell", Shell)
    monkeypatch.setitem(__import__("sys").modules, "ipywidgets", None)
    assert not module.has_buttons()


@pytest.mark.slow
def test_a_notebook_that_a_program_runs(folder):
    """Nobody is there to press a button: each question is a text, and nothing fails."""
    cells = ["from workbook import quiz", *(f"quiz({name!r})" for name in QUESTIONS)]
    cells += ["quiz('how_many_parameters', '17')", "quiz('nothing')"]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    execute(notebook, folder / "1_initialization")
    outputs = [cell.outputs for cell in notebook.cells[1:]]
    assert all(len(one) == 1 for one in outputs)
    shown = [one[0].data for one in outputs]
    assert {*shown[0]} == {"text/plain", "text/markdown"}
    assert "- **B.** (3, 4)" in shown[0]["text/markdown"]
    assert "✓ Right" in shown[-2]["text/html"]
    assert "There is no question 'nothing'." in shown[-1]["text/plain"]
    kept = json.loads((folder / ANSWERS_FILE).read_text(encoding="utf-8"))
    assert list(kept["answers"]) == ["how_many_parameters"]
