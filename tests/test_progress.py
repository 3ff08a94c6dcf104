"""Where a learner stands, in the terminal and in a notebook."""

import io
import re

import nbformat
import pytest
from rich.console import Console

from tests.html_page import Page
from tests.kernels import execute
from tests.reference import COURSE
from workbook import progress
from workbook.course.exercises import ASSIGNMENTS, EXERCISES, LABS, NOTEBOOKS, count_in_words, find
from workbook.learn.reference import at_hand, stand_ins
from workbook.learn.workspace import standings as module
from workbook.learn.workspace.progress import print_progress, progress_html, progress_text
from workbook.learn.workspace.standings import NO_NOTEBOOK, Standing, standings

pytestmark = pytest.mark.usefixtures("kept_checks")


def stub(name):
    return f"def {name}(*args):\n    raise NotImplementedError()"


PASSING = (
    "def update_parameters(params, grads, learning_rate):\n"
    "    return {k: v - learning_rate * grads['d' + k] for k, v in params.items()}"
)


@pytest.fixture
def course(tmp_path, write_notebook):
    return lambda name, *cells: write_notebook(tmp_path / find(name).notebook_path, *cells)


def states(folder):
    return {standing.exercise.name: standing for standing in standings(folder)}


def test_an_empty_folder_is_not_started(tmp_path):
    found = standings(tmp_path)
    assert [standing.exercise for standing in found] == list(NOTEBOOKS)
    assert {standing.state for standing in found} == {"not started"}
    assert "no notebook" in found[0].detail


@pytest.mark.slow
def test_each_state(tmp_path, course, capsys):
    course("linear_forward", stub("linear_forward"))
    course("linear_backward", "def linear_backward(dZ, cache):\n    return cache")
    course("update_parameters", PASSING.replace("):", "):\n    print('noise')", 1))
    found = states(tmp_path)
    assert found["linear_forward"].state == "not started"
    assert found["linear_backward"].state == "in progress"
    assert "dA_prev" in found["linear_backward"].detail
    assert found["update_parameters"] == Standing(find("update_parameters"), "passing")
    assert capsys.readouterr().out == ""


@pytest.mark.slow
def test_the_solutions_pass_from_any_folder(tmp_path, course, monkeypatch):
    for exercise in NOTEBOOKS:
        cells = []
        for name in exercise.functions:
            source = COURSE.solution(name).read_text(encoding="utf-8")
            for used in exercise.uses:
                source = source.replace(f"from solutions.{used} ", "from workbook.earlier ")
            cells.append(source)
        course(exercise.name, *cells)
    monkeypatch.chdir(tmp_path.parent)
    found = states(tmp_path)
    assert {name: standing.state for name, standing in found.items()} == dict.fromkeys(
        found, "passing"
    )
    course("linear_forward", stub("linear_forward"))
    detail = states(tmp_path)["L_model_forward"].detail
    assert "linear_forward is not written yet: finish 03_linear_forward.ipynb" in detail


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    "cell",
    [
        "def linear_backward(dZ, cache:\n    return 1",
        "import math",
        "def linear_backward(dZ, cache):\n    exit(1)",
        "def linear_backward(dZ, cache):\n    raise SystemExit(1)",
        "def linear_backward(dZ, cache):\n    return linear_backward(dZ, cache)",
        "import nothing\ndef linear_backward(dZ, cache):\n    return nothing.at_all",
        "linear_backward = lambda dZ, cache: dZ",
        "class linear_backward:\n    def __init__(self, dZ, cache):\n        pass",
        "from workbook.earlier import linear_backward\ndef f():\n    return linear_backward",
        "def linear_backward(dZ, cache):\n    dZ[...] = 0 / dZ\n    raise NotImplementedError",
    ],
)
def test_a_broken_notebook_is_in_work(tmp_path, course, cell):
    course("linear_backward", cell)
    standing = states(tmp_path)["linear_backward"]
    assert standing.state == "in progress"
    assert standing.detail


@pytest.mark.slow
def test_a_loop_that_never_ends_stops_neither_the_others_nor_the_command(
    tmp_path, course, monkeypatch
):
    monkeypatch.setattr(module, "_SECONDS", 0.5)
    course("linear_forward", "def linear_forward(A, W, b):\n    while True: pass")
    course("compute_cost", "import os\ndef compute_cost(AL, Y):\n    os._exit(0)")
    course("linear_backward", stub("linear_backward"))
    course("update_parameters", PASSING)
    found = states(tmp_path)
    assert found["linear_forward"].state == "not checked"
    assert found["linear_forward"].detail == (
        "03_linear_forward.ipynb is too slow to be checked here: two tries were stopped after 0.5 "
        "seconds of computing each, the second one in line 2 of code cell 1: `while True: pass`. "
        "`workbook check 03_linear_forward.ipynb` waits longer"
    )
    assert "your code ends Python" in found["compute_cost"].detail
    assert found["linear_backward"].state == "not started"
    assert found["update_parameters"].state == "passing"


def test_an_unfinished_earlier_function_is_named(tmp_path, course):
    course("linear_backward", stub("linear_backward"))
    course(
        "linear_activation_backward",
        "from workbook.earlier import linear_backward\n"
        "def linear_activation_backward(dA, cache, activation):\n"
        "    return linear_backward(dA, cache[0])",
    )
    detail = states(tmp_path)["linear_activation_backward"].detail
    assert detail.startswith("first finish linear_backward, which it calls. ")


def rendered(found, width=100):
    out = io.StringIO()
    print_progress(found, Console(file=out, width=width))
    return out.getvalue()


def test_render_shows_the_cycle_and_the_next_step():
    found = [Standing(exercise, "not started") for exercise in EXERCISES]
    found[0] = Standing(EXERCISES[0], "passing")
    found[1] = Standing(EXERCISES[1], "in progress", "W1 [bold] has shape (3,)")
    text = rendered(found)
    places = [text.index(exercise.name) for exercise in EXERCISES]
    assert places == sorted(places)
    assert text.index("Backward:") < text.index("linear_backward")
    assert "W1 [bold] has shape (3,)" in text
    assert f"1 of {len(EXERCISES)} pass" in text
    assert "go on with 1_initialization/02_initialize_parameters_deep.ipynb" in text


def test_render_at_the_start_and_at_the_end():
    assert "Next: start 1_initialization/00" in rendered([Standing(EXERCISES[0], "not started")])
    assert "complete" in rendered([Standing(exercise, "passing") for exercise in EXERCISES])
    found = [Standing(exercise, "passing") for exercise in EXERCISES]
    found[2] = Standing(EXERCISES[2], "not started", NO_NOTEBOOK)
    assert "03_linear_forward.ipynb, which is not there: `workbook lab` copies it" in rendered(
        found
    )


def test_render_in_a_narrow_terminal_keeps_names_whole():
    found = [Standing(exercise, "in progress", "word " * 40) for exercise in EXERCISES]
    text = rendered(found, width=60)
    assert all(exercise.name in text for exercise in EXERCISES)


SOME = [
    Standing(EXERCISES[0], "passing"),
    Standing(EXERCISES[1], "in progress", "W1 <b> has shape (3,) & no [more]"),
    *(Standing(exercise, "not started", f"open {exercise.notebook}") for exercise in EXERCISES[2:]),
]


def test_text_fits_a_terminal_and_says_the_state_in_words():
    text = progress_text(SOME)
    lines = text.splitlines()
    assert max(len(line) for line in lines if "Next:" not in line) <= 80
    assert re.search(r"^   1  initialize_parameters +passing$", text, re.MULTILINE)
    assert "in progress" in lines[2]
    assert 'Stuck? hint("initialize_parameters_deep")' in text
    assert text.isascii()


def test_an_empty_folder_says_where_to_go(tmp_path):
    text = progress_text(standings(tmp_path))
    assert "There are no notebooks here: go to the folder that `workbook lab` made." in text


def test_html_is_a_table_that_a_screen_reader_can_name():
    html = progress_html(SOME)
    table = Page(html)
    assert table.of("caption") == [f"Your {count_in_words()} functions, as the training cycle"]
    assert table.of("col") == ["number", "function", "state", "what to do next"]
    assert [text[0] for text in table.of("rowgroup")] == [name[0] for name in list(ASSIGNMENTS)[:4]]
    assert table.of("row") == [exercise.name for exercise in EXERCISES]
    assert table.of("td")[:6] == ["1", "passing", "", "2", "in progress", SOME[1].detail]
    # The page's theme gives the colours.
    assert not re.search(r"(?<!-)color:(?!inherit)|background", html)


def test_html_links_to_the_notebooks_from_where_it_is_shown(tmp_path, course, monkeypatch):
    here = course("linear_backward", stub("linear_backward"))
    course("linear_forward", stub("linear_forward"))
    monkeypatch.chdir(here.parent)
    table = Page(progress_html(standings(tmp_path)))
    assert table.links == [
        "../2_forward_propagation/03_linear_forward.ipynb",
        "07_linear_backward.ipynb",
    ]


@pytest.mark.slow
def test_outside_of_a_notebook_it_prints(tmp_path, course, monkeypatch, capsys):
    course("update_parameters", PASSING)
    monkeypatch.chdir(tmp_path)
    assert progress() is None
    shown = capsys.readouterr().out
    assert f"1 of {len(EXERCISES)} pass their visible checks. Next: 1_initialization/01" in shown
    progress(tmp_path / "4_parameter_update")
    assert capsys.readouterr().out == shown


@pytest.mark.slow
def test_in_a_notebook(tmp_path, course):
    """Progress, hints and solutions, displayed by a real kernel beside the learner's notebook."""
    here = course("linear_backward", stub("linear_backward"))
    cells = [
        "from workbook import hint, progress, solution",
        "progress()",
        "hint('linear_backward')",
        "hint('linear_backward')",
        "solution('linear_backward')",
        "hint('backprop')",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(cell) for cell in cells])
    execute(notebook, here.parent)
    outputs = [cell.outputs for cell in notebook.cells[1:]]
    assert all(len(output) == 1 for output in outputs)
    (table,), (first,), (second,), (closed,), (error,) = outputs
    assert "<table" in table.data["text/html"]
    assert f"0 of {len(EXERCISES)} pass" in table.data["text/plain"]
    assert first.data["text/markdown"].startswith("**Hint 1 of 3")
    assert second.data["text/markdown"].startswith("**Hint 2 of 3")
    assert "is not written yet" in closed.data["text/markdown"]
    assert error.traceback[0].startswith(
        f"'backprop' is not one of the {count_in_words()} functions"
    )
    assert len(error.traceback) == 1


# Stand-ins


@pytest.mark.slow
def test_a_stand_in_is_marked_and_not_counted(tmp_path, course):
    course("linear_forward", "def linear_forward(A, W, b):\n    return W @ A, (A, W, b)")
    course("linear_backward", stub("linear_backward"))
    course(
        "linear_activation_backward",
        "from workbook.earlier import linear_backward",
        "def linear_activation_backward(dA, cache, activation):\n    return linear_backward(dA, 1)",
    )
    course("update_parameters", PASSING)
    assert "first finish linear_backward" in states(tmp_path)["linear_activation_backward"].detail
    stand_ins.begin_stand_in(["linear_forward", "linear_backward"], tmp_path)
    found = states(tmp_path)
    for name in ("linear_forward", "linear_backward"):
        notebook = f"{find(name).notebook}.ipynb"
        assert found[name] == Standing(
            find(name), "stand-in", f"the reference's, until your own passes: {notebook}"
        )
    # What is known of a check is no longer true when another function is called.
    assert "first finish" not in found["linear_activation_backward"].detail
    assert "is not written yet" not in found["linear_activation_backward"].detail
    shown = progress_text(list(found.values()))
    assert re.search(r"^   7  linear_backward +stand-in$", shown, re.MULTILINE)
    assert f"1 of {len(EXERCISES)} pass" in shown
    assert "stand-in" in Page(progress_html(list(found.values()))).of("td")


@pytest.mark.slow
def test_a_stand_in_ends_when_the_own_function_passes_though_its_outcome_is_known(tmp_path, course):
    course("update_parameters", PASSING)
    assert states(tmp_path)["update_parameters"].state == "passing"
    stand_ins.begin_stand_in(["update_parameters"], tmp_path)
    assert states(tmp_path)["update_parameters"].state == "passing"
    assert stand_ins.standing_in(tmp_path) == ()


def test_with_stand_ins_the_network_is_not_complete():
    found = [Standing(exercise, "passing") for exercise in EXERCISES]
    assert "Your network is complete." in progress_text(found)
    assert "For the hidden tests run" in progress_html(found)
    found[2] = Standing(EXERCISES[2], "stand-in", "the reference's")
    found += [Standing(lab, "not started") for lab in LABS]
    text = progress_text(found)
    count = len(EXERCISES)
    assert text.endswith(
        f"{count - 1} of {count} pass their visible checks. The reference stands in for the rest.\n"
        f"Next lab: {LABS[0].notebook_path}\nTo come back to: {EXERCISES[2].notebook_path}"
    )
    assert "hidden tests" not in text


@pytest.mark.slow
def test_of_a_lab_it_says_for_which_functions(tmp_path, course):
    lab = LABS[0]
    course("train_it", *map(stub, lab.functions))
    stand_ins.begin_stand_in(["accuracy", "predict"], tmp_path)
    assert states(tmp_path)["train_it"] == Standing(
        lab,
        "not started",
        "open 11_train_it.ipynb; the reference stands in for predict and accuracy",
    )
    stand_ins.begin_stand_in(lab.functions, tmp_path)
    standing = states(tmp_path)["train_it"]
    assert standing.state == "stand-in"
    assert "until your normalize, L_layer_model, predict, accuracy and" in standing.detail


@pytest.mark.parametrize(
    ("has", "said"),
    [
        ("class", "Hidden tests run when your class grades your work. Without a class, get the"),
        ("self-study", "The hidden tests come with the whole course (a checkout"),
        ("whole course", "For the hidden tests run `workbook grade FOLDER` in the course's folder"),
    ],
)
def test_the_end_says_what_becomes_of_the_hidden_tests(monkeypatch, has, said):
    monkeypatch.setattr(at_hand, "edition", lambda folder: has)
    text = progress_text([Standing(exercise, "passing") for exercise in EXERCISES])
    assert said in " ".join(text.split())
    assert max(map(len, text.splitlines())) <= 80


# Labs


@pytest.mark.slow
def test_a_lab_passes_when_all_its_functions_do(tmp_path, course):
    right = [f"def {name}():\n    pass" for name in LABS[0].functions]
    assert states(tmp_path)["train_it"].state == "not started"
    accuracy = "def accuracy(predictions, Y):\n    return float((predictions == Y).mean())"
    course("train_it", *right, accuracy)
    standing = states(tmp_path)["train_it"]
    assert standing.state == "in progress"
    assert standing.detail.startswith("first finish initialize_parameters_deep, L_model_forward,")
    assert "normalize: " in standing.detail


def test_labs_stand_apart_from_the_exercises():
    done = [Standing(exercise, "passing") for exercise in EXERCISES]
    text = rendered([*done, *(Standing(lab, "not started", "open it") for lab in LABS)])
    assert text.index("Labs: your network at work") < text.index("11  train_it")
    count = len(EXERCISES)
    assert f"{count} of {count} pass their visible checks. Your network is complete" in text
    assert "Next lab: 5_labs/11_train_it.ipynb" in text
    assert "Labs" not in rendered(done)
    table = Page(progress_html([*done, *(Standing(lab, "not started") for lab in LABS)]))
    assert table.of("rowgroup")[-1] == "Labs: your network at work"
    assert table.of("row")[-len(LABS) :] == [lab.name for lab in LABS]
