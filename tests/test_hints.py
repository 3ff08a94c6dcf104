"""Three hints for each function: a question, the idea, the shape of the answer."""

import json
import re

import pytest
from IPython.core.formatters import DisplayFormatter

import workbook
from tests.reference import COURSE, each_function
from workbook import hint
from workbook.build.build import _hints_by_sentence
from workbook.build.lessons import read_lesson
from workbook.build.text import BuildError
from workbook.course.exercises import EXERCISES, FUNCTIONS, LABS, count_in_words, find
from workbook.course.formulas import plain_formulas
from workbook.learn.check import hints
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.check.hints import load_hints

NAME = "linear_backward"


@pytest.fixture(autouse=True)
def new_kernel(monkeypatch):
    """Each test begins with no hint shown."""
    monkeypatch.setattr(hints, "_shown", {})


@pytest.fixture
def ask(capsys):
    def ask(*args, **kwargs):
        assert hint(*args, **kwargs) is None
        return capsys.readouterr().out

    return ask


def test_each_call_gives_the_next_and_then_the_last_again(ask):
    shown = [ask(NAME) for _ in range(5)]
    assert [text.splitlines()[0] for text in shown] == [
        "Hint 1 of 3, linear_backward",
        "Hint 2 of 3, linear_backward",
        "Hint 3 of 3, linear_backward",
        "There are no more hints for linear_backward. The last one was",
        "There are no more hints for linear_backward. The last one was",
    ]
    hints_shown = [text.split("\n\n")[1].strip() for text in shown]
    assert len(set(hints_shown)) == 3
    assert hints_shown[2] == hints_shown[3] == hints_shown[4]
    assert 'The next one: hint("linear_backward")' in shown[1]
    assert "The next one" not in shown[2]


def test_functions_are_counted_apart(ask):
    ask(NAME)
    assert ask("compute_cost").startswith("Hint 1 of 3, compute_cost")
    assert ask(NAME).startswith("Hint 2 of 3, linear_backward")


def test_a_chosen_step_leaves_the_count_as_it_is(ask):
    ask(NAME)
    assert ask(NAME, step=3).startswith("Hint 3 of 3")
    assert ask(NAME, step=1).startswith("Hint 1 of 3")
    assert ask(NAME).startswith("Hint 2 of 3")


def test_the_function_itself_can_be_given(ask):
    def linear_backward(dZ, cache):
        raise NotImplementedError

    assert ask(linear_backward) == ask(NAME, step=1)


@pytest.mark.parametrize("step", [0, 4, -1, "1", 1.5])
def test_another_step_is_refused(step):
    with pytest.raises(AskedWronglyError, match="step is 1, 2 or 3"):
        hint(NAME, step=step)


@pytest.mark.parametrize("asked", ["backprop", len, None, 3, workbook])
def test_another_name_lists_the_functions(asked):
    with pytest.raises(ValueError, match=f"The {count_in_words()} are:") as error:
        hint(asked)
    assert [line.strip() for line in str(error.value).splitlines()[2:]] == [
        *(exercise.name for exercise in EXERCISES),
        "Those of the labs are:",
        *(name for lab in LABS for name in lab.functions),
    ]


def test_a_slip_of_the_pen_is_recognised():
    with pytest.raises(AskedWronglyError, match="did you mean 'linear_backward'"):
        hint("linear_bakward")


def test_a_notebook_gets_markdown_with_formulas():
    view = hints._view(NAME, 3, load_hints(NAME)[2], over=False)
    data, _ = DisplayFormatter().format(view)
    assert data["text/markdown"].startswith("**Hint 3 of 3, linear_backward**")
    assert r"$dW = \frac{1}{m}" in data["text/markdown"]
    assert data["text/plain"].startswith("Hint 3 of 3, linear_backward")
    assert "\\" not in data["text/plain"]
    assert "dW = (1/m) dZ A_prev^T" in data["text/plain"]


@pytest.mark.parametrize(
    ("markdown", "text"),
    [
        (r"$\frac{Y}{A_L}$ and $\frac{1 - Y}{1 - A_L}$", "(Y/A_L) and ((1 - Y)/(1 - A_L))"),
        (r"$dA_{l-1} = W_l^{T} \odot b$", "dA_(l-1) = W_l^T * b"),
        (r"$\sum_{k=1}^{m} \log a_k$, `dW_1`", "sum_(k=1)^m log a_k, `dW_1`"),
        (r"$a \, b, \ldots$ and $\alpha$", "a b, ... and alpha"),
        (r"$\mathcal{L}$", r"\mathcal{L}"),
    ],
)
def test_formulas_in_a_terminal(markdown, text):
    assert plain_formulas(markdown) == text


@each_function
def test_the_hints_are_the_lessons(name):
    assert load_hints(name) == list(read_lesson(COURSE.lesson(FUNCTIONS[name])).hints[name])


@each_function
def test_hints_are_short_and_no_code(name):
    question, *others = load_hints(name)
    assert "?" in question
    for text in (question, *others):
        assert len(text) < 350
        for line in plain_formulas(text).splitlines():
            assert not re.search(r"np\.|return \w+,|\bdef |\[f?[\"'l]|@|\*\s*0\.01", line)


@pytest.fixture
def lesson(tmp_path):
    """Write a copy of a lesson with other hints, and return where it is."""
    exercise = find(NAME)
    text = COURSE.lesson(exercise).read_text(encoding="utf-8")
    head, _, body = text.partition("\n---\n")
    head = head[: head.index("hints:")]

    def write(hints):
        path = tmp_path / exercise.assignment / f"{exercise.notebook}.md"
        path.parent.mkdir()
        path.write_text(f"{head}{hints}\n---\n{body}", encoding="utf-8")
        return path

    return write


def test_a_lesson_with_three_hints_is_read(lesson):
    assert read_lesson(lesson("hints: ['Why?', Because., So.]")).hints == {
        NAME: ("Why?", "Because.", "So.")
    }


@pytest.mark.parametrize(
    ("header", "message"),
    [
        ("comment: none", r"\.md:1: the header needs `hints:`, a list of 3 texts"),
        ("hints: [a, b]", r"\.md:\d\d: the header needs `hints:`, a list of 3 texts"),
        ("hints: [a, b, c, d]", "a list of 3 texts"),
        ("hints: {a: b, c: d, e: f}", "a list of 3 texts"),
        ("hints: abc", "a list of 3 texts"),
        ("hints: [a, 2, c]", "hint 2 is not a text"),
        ("hints: [a, b, ' ']", "hint 3 is not a text"),
        (r"hints: [a, '$\mathcal{L}$', c]", r"hint 2 cannot be shown in a terminal.*mathcal"),
        ("hints: [a, 'costs $5', c]", r"hint 2 cannot be shown in a terminal: it holds '\$'"),
        ("hints: [a, '```python', c]", "hint 2 cannot be shown in a terminal"),
    ],
)
def test_other_hints_stop_the_build(lesson, header, message):
    with pytest.raises(BuildError, match=message):
        read_lesson(lesson(header))


WITH_HINTS = "hints: [a, b, c]\nhint_for: "


def test_a_hint_can_be_for_mistakes(lesson):
    read = read_lesson(lesson(f"{WITH_HINTS}{{1: [dW_transposed], 3: [db_squeezed, other]}}"))
    assert read.hint_for == {NAME: {"dW_transposed": 1, "db_squeezed": 3, "other": 3}}
    with pytest.raises(
        BuildError, match=r"\.md:\d\d: .*'other', which is not a known mistake of lin"
    ):
        _hints_by_sentence(COURSE, read)


@pytest.mark.parametrize("given", ["3", "[db]", "{4: [db]}", "{1: db}", "{db: 1}"])
def test_other_forms_stop_the_build(lesson, given):
    with pytest.raises(BuildError, match=r"\.md:\d\d: `hint_for:` holds numbers of hints"):
        read_lesson(lesson(f"{WITH_HINTS}{given}"))


@pytest.mark.parametrize("exercise", EXERCISES, ids=lambda one: one.name)
def test_the_lessons_name_mistakes_that_are_known(exercise):
    lesson = read_lesson(COURSE.lesson(exercise))
    for numbers in _hints_by_sentence(COURSE, lesson).values():
        assert set(numbers.values()) <= {1, 2, 3}


def test_the_hint_for_a_mistake_is_found_by_its_sentence(tmp_path, monkeypatch):
    monkeypatch.setattr(hints, "data_folder", lambda: tmp_path)
    assert hints.hint_for(NAME, "a") == 0
    numbers = {NAME: {"b is wrong.": 3}}
    (tmp_path / "hints_for.json").write_text(json.dumps(numbers), encoding="utf-8")
    assert hints.hint_for(NAME, "a is wrong.\nb is wrong.") == 3
    assert hints.hint_for(NAME, "a is wrong.") == hints.hint_for("relu", "b is wrong.") == 0
