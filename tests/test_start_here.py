"""Notebook 0: its recorded trainings, its pictures with sliders, and the page itself."""

import functools
import re

import nbformat
import numpy as np
import pytest
from ipywidgets import (
    BoundedFloatText,
    BoundedIntText,
    Button,
    FloatSlider,
    IntSlider,
    Play,
    ToggleButtons,
)

from tests import record_runs
from tests.conftest import ROOT, run_python
from tests.kernels import execute_file
from tests.lesson_checks import assert_ran_clean
from tests.pictured import clipped, overlapping, said
from workbook import chain_slider, partial_slider, slope_slider, watch_learning
from workbook.course.exercises import ASSIGNMENTS, EXERCISES, NOTEBOOKS, find_page
from workbook.figures.diagrams.concept_map import concept_map
from workbook.figures.picture import Picture
from workbook.figures.sliders import box, chain, partial, slope, training
from workbook.figures.sliders.box import SliderBox
from workbook.figures.sliders.recorded_runs import EVERY, FILE, RATES, STEPS, UNITS, recorded
from workbook.figures.validation import PictureError
from workbook.learn.workspace.lab import copy_notebooks

START = find_page("00_start_here")
WIDGETS = "application/vnd.jupyter.widget-view+json"
SLIDERS = {
    "training": (training, watch_learning),
    "units": (training, lambda: watch_learning(units=UNITS)),
    "rates": (training, lambda: watch_learning(learning_rate=RATES)),
    "slope": (slope, slope_slider),
    "partial": (partial, partial_slider),
    "chain": (chain, chain_slider),
}
each_slider = pytest.mark.parametrize(("module", "make"), SLIDERS.values(), ids=SLIDERS)


@pytest.fixture
def with_widgets(monkeypatch):
    """A kernel that has widgets."""
    for module in (training, box):
        monkeypatch.setattr(module, "has_widgets", lambda: True)


@functools.cache
def box_of(make):
    """Return a picture with sliders, drawn once for all tests; they may move what is in it."""
    return make()


@pytest.fixture(scope="module")
def notebook():
    return nbformat.read(ROOT / "release" / START.notebook_path, as_version=4)


# The record


def test_the_record_is_what_the_reference_solutions_give(tmp_path):
    record_runs.record(tmp_path / FILE.name)
    apart = record_runs.differences(tmp_path / FILE.name, FILE)
    # Another machine may round a last digit otherwise.
    assert max(apart.values()) <= 1, "run `python -m tests.record_runs`"
    assert FILE.stat().st_size < 100_000


def test_a_record_of_something_else_is_found(tmp_path):
    runs = dict(recorded())
    runs[8, 1.0] = runs[3, 1.0]
    record_runs.pack_runs(runs, tmp_path / FILE.name)
    assert max(record_runs.differences(tmp_path / FILE.name, FILE).values()) > 1


def test_a_record_that_says_the_same_is_left_alone(capsys):
    before = FILE.read_bytes()
    record_runs.main()
    assert "is left as it is" in capsys.readouterr().out
    assert FILE.read_bytes() == before


def test_what_the_questions_say_of_the_units_is_recorded():
    right = {units: recorded()[units, 1.0].right[-1] for units in UNITS}
    assert right[1] < right[2] < 0.9 < 0.97 < right[3] <= right[8]
    # The boundary of one or two hidden units reaches the edge of the plane, that of three does not.
    for units in UNITS:
        answers = recorded()[units, 1.0].answers[-1] > 0.5
        edge = np.concatenate([answers[0], answers[-1], answers[:, 0], answers[:, -1]])
        assert edge.any() == (units < 3)


def test_what_the_questions_say_of_the_learning_rates_is_recorded():
    slow, good, fast = (recorded()[8, rate] for rate in (0.01, 1.0, 10.0))
    assert slow.costs[0] - slow.costs[-1] < 0.15
    assert good.costs[-1] < 0.02
    # All points get nearly the same answer, wrong for half of them.
    assert np.ptp(fast.answers[-1]) < 0.02
    assert fast.right[-1] == 0.5
    assert fast.costs[-1] > fast.costs[0]


# The pictures


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_slider
def test_without_widgets_there_is_a_picture_that_says_why(module, make):
    picture = make()
    assert isinstance(picture, Picture)
    assert picture.alt.startswith("Without widgets there ")
    # A line to run, which works.
    (call,) = re.findall(r"\w+\([^)]*\d[^)]*\)", picture.alt.splitlines()[0])
    known = {"watch_learning": watch_learning, "slope_slider": slope_slider,
             "partial_slider": partial_slider, "chain_slider": chain_slider}  # fmt: skip
    assert eval(call, known).png()
    assert clipped(picture) == overlapping(picture) == []
    assert len(picture.png()) > 10_000


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_slider
@pytest.mark.usefixtures("with_widgets")
def test_a_move_changes_the_picture_and_its_words(module, make):
    box = box_of(make)
    assert isinstance(box, SliderBox)
    # The slider first: at step 0 each learning rate shows the same.
    for control in reversed(box.followed):
        before = box.shown.value, box.said.value
        if isinstance(control, ToggleButtons):
            control.index = (control.index + 1) % len(control.options)
        else:
            control.value += control.step if control.value < control.max else -control.step
        assert box.shown.value != before[0]
        assert box.said.value != before[1]
    assert clipped(box._canvas.picture) == []
    assert overlapping(box._canvas.picture) == []


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_slider
@pytest.mark.usefixtures("with_widgets")
def test_a_screen_reader_is_told_what_is_seen(module, make):
    box = box_of(make)
    assert 'role="status" aria-live="polite"' in box.said.value
    assert re.search(r'<img alt="[A-Z].{60,}?" ', box.shown.value)
    # Handles of sliders have no names: each has a field beside it that has one.
    every = inside(box._box)
    handles = [one for one in every if isinstance(one, FloatSlider | IntSlider)]
    fields = [one for one in every if isinstance(one, BoundedFloatText | BoundedIntText)]
    assert len(handles) == len(fields) > 0
    assert all(one.description for one in fields)


@pytest.mark.in_turns(3)
@pytest.mark.slow
@each_slider
@pytest.mark.usefixtures("with_widgets")
def test_a_front_end_without_widgets_gets_a_picture_from_the_same_cell(module, make):
    bundle = box_of(make)._repr_mimebundle_()
    assert bundle[WIDGETS]["model_id"]
    assert bundle["text/html"].startswith("<p>Without widgets there ")
    assert "<img alt=" in bundle["text/html"]
    assert len(bundle["text/html"]) < 500_000
    assert bundle["text/plain"].startswith("Without widgets there ")


def inside(widget):
    """Return all widgets in a widget."""
    children = getattr(widget, "children", ())
    return [*children, *(one for child in children for one in inside(child))]


# The training


@pytest.mark.usefixtures("with_widgets")
def test_play_plays_pauses_and_begins_anew_at_the_end():
    box = watch_learning()
    (button,) = [w for w in inside(box._box) if isinstance(w, Button)]
    (play,) = [w for w in inside(box._box) if isinstance(w, Play)]
    (slider,) = box.followed
    assert not play.playing
    assert button.description == "Play"
    button.click()
    assert play.playing
    assert button.description == "Pause"
    slider.value = 40
    assert 'aria-live="off"' in box.said.value
    button.click()
    assert not play.playing
    assert slider.value == 40
    slider.value = STEPS
    assert 'aria-live="polite"' in box.said.value
    button.click()
    assert play.playing
    assert slider.value == play.value == 0


@pytest.mark.slow
@pytest.mark.usefixtures("with_widgets")
def test_the_picture_is_that_of_the_step_and_of_the_run():
    box = watch_learning(units=UNITS, learning_rate=RATES)
    units, rate, slider = box.followed
    assert (units.label, rate.label) == ("1", "0.01")
    units.value, rate.value, slider.value = 3, 1.0, 42
    run = recorded()[3, 1.0]
    expected = f"step 40 of 200: cost {run.costs[40]:.3f}, {run.right[8]:.0%} of the points right."
    assert f"3 hidden units, learning rate 1, {expected}" in box.said.value
    plane, network, curve = box._canvas.picture.axes
    assert plane.get_title("left") == f"Decision boundary: {run.right[8]:.1%} right"
    assert curve.get_title("left") == f"Cost: {run.costs[40]:.4f}"
    np.testing.assert_array_equal(curve.lines[0].get_ydata(), run.costs[:41])
    # 2 inputs, 3 hidden units, 1 output: a line for each weight, thicker for a larger one.
    lines = [line for line in network.lines if len(line.get_xdata())]
    weights = np.abs(np.concatenate([run.first[8][:, :2].ravel(), run.second[8][0, :3]]))
    assert len(lines) == 9
    widths = [line.get_linewidth() for line in lines]
    assert (np.argsort(widths) == np.argsort(np.minimum(weights, 3))).all()


@pytest.mark.slow
def test_a_step_is_drawn_alone():
    assert "After step 60 of 200." in watch_learning(step=63).alt
    assert "3 hidden units" in watch_learning(units=3, step=0).alt


@pytest.mark.parametrize(
    ("call", "sentence"),
    [
        (lambda: watch_learning(units=5), "units=5 is recorded; there are 1, 2, 3 and 8."),
        (lambda: watch_learning(units=[]), r"units=\[\] is recorded"),
        (lambda: watch_learning(learning_rate=2), "learning_rate=2 is recorded; there are 0.01, 1"),
        (lambda: watch_learning(step=201), "step must be a whole number from 0 to 200; it is 201"),
        (lambda: watch_learning(step=1.5), "it is 1.5"),
        (lambda: slope_slider("2"), "w must be a number from -2 to 4; it is '2'."),
        (lambda: slope_slider(float("nan")), "it is nan"),
        (lambda: partial_slider(5), "w1 must be a number from -4 to 4; it is 5."),
        (lambda: chain_slider(1, 2, 3), "dw/dv must be a number from -2 to 2; it is 3."),
    ],
)
def test_what_cannot_be_drawn_is_told(call, sentence):
    with pytest.raises(PictureError, match=sentence):
        call()


# Slopes and rates


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("w", [-2.0, -0.3, 1.0, 2.5, 4.0])
def test_the_slope_is_that_of_the_curve(w):
    h = 1e-6
    measured = (slope.curve(w + h) - slope.curve(w - h)) / (2 * h)
    assert slope.slope(w) == pytest.approx(measured, abs=1e-6)
    picture = slope_slider(w)
    assert f"At w = {w:.1f} the slope is {slope.slope(w):.1f}" in said(picture)
    assert clipped(picture) == []


def test_the_two_slopes_are_those_of_the_bowl():
    h, (w1, w2) = 1e-6, (1.3, -0.7)
    found = partial.slopes(w1, w2)
    height = partial._height
    assert found[0] == pytest.approx((height(w1 + h, w2) - height(w1 - h, w2)) / (2 * h), abs=1e-5)
    assert found[1] == pytest.approx((height(w1, w2 + h) - height(w1, w2 - h)) / (2 * h), abs=1e-5)
    # The numbers of the question.
    assert partial.slopes(2, -1) == (2, -8)
    assert height(2, -1) == 6
    picture = partial_slider(2, -1)
    assert "∂J/∂w1 = 2.0" in said(picture)
    assert "∂J/∂w2 = -8.0" in said(picture)


@pytest.mark.parametrize(
    ("rate", "change", "sentence"),
    [
        (4.0, 0.41, "pushed by 0.1, w raises J by about 0.40 (measured: 0.41)"),
        (-4.0, -0.39, "pushed by 0.1, w lowers J by about 0.40 (measured: 0.39)"),
        (0.0, 0.01, "pushed by 0.1, w hardly moves J: by +0.01"),
    ],
)
def test_a_slope_is_told_as_a_push(rate, change, sentence):
    assert slope.push("w", rate, change) == sentence


def test_a_push_is_multiplied_at_each_link():
    assert chain.moves_of_chain(2, -1, 0.5) == pytest.approx([0.1, 0.2, -0.2, -0.1])
    words = chain.ChainPicture().draw(2.0, -1.0, 0.5)
    assert words == (
        "x moves by 0.1. Then u moves by 2 * 0.1 = 0.2, v by -1 * 0.2 = -0.2 and w by "
        "0.5 * (-0.2) = -0.1. In all dw/dx = 2 * (-1) * 0.5 = -1."
    )
    assert chain.moves_of_chain(0, -1, 0.5) == [0.1, 0, 0, 0]
    assert "= 0." in chain.ChainPicture().draw(0.0, -1.0, 0.5)


# The page


def code(notebook):
    return [cell.source for cell in notebook.cells if cell.cell_type == "code"]


def words(cells):
    text = "\n".join(cell.source for cell in cells if cell.cell_type == "markdown")
    return len(re.sub(r"!\[[^\]]*\]\([^)]*\)", "", text).split())


def test_something_runs_in_the_first_screen(notebook):
    first = next(n for n, cell in enumerate(notebook.cells) if cell.cell_type == "code")
    assert words(notebook.cells[:first]) < 100
    assert notebook.cells[first].source.splitlines()[-1] == "watch_learning()"


def test_its_minutes_are_those_of_its_words_and_cells(notebook):
    cells = code(notebook)
    minutes = words(notebook.cells) / 150 + len(cells)
    assert START.minutes == pytest.approx(minutes, rel=0.25)


def test_it_asks_three_to_five_questions(notebook):
    assert 3 <= sum(source.startswith("quiz(") for source in code(notebook)) <= 5


def test_it_needs_and_names_no_function_of_the_learners(notebook):
    written = {name for one in NOTEBOOKS for name in one.functions}
    assert not [name for name in written if any(name in source for source in code(notebook))]


def test_it_links_every_exercise_and_says_how_long_each_takes(notebook):
    text = "\n".join(cell.source for cell in notebook.cells if cell.cell_type == "markdown")
    rows = re.findall(r"^\| \[(\d+)\]\(([^)]+)\) \| [^|]+ \| (\d+) \|$", text, re.MULTILINE)
    folder = (ROOT / "release" / START.notebook_path).parent
    assert [(int(number), int(minutes)) for number, _, minutes in rows] == [
        (one.number, one.minutes) for one in EXERCISES if one.number <= 10
    ]
    assert all((folder / link).is_file() for _, link, _ in rows)
    assert "{" not in re.sub(r"```.*?```", "", text, flags=re.DOTALL)


def test_it_is_the_first_thing_in_a_learners_folder(tmp_path):
    copied = copy_notebooks(tmp_path)
    assert copied[0] == tmp_path / START.notebook_path
    assert START.assignment == next(iter(ASSIGNMENTS))
    assert min(path.name for path in copied[0].parent.iterdir()) == copied[0].name


@pytest.mark.slow
def test_it_runs_in_a_plain_process_without_a_warning(notebook, tmp_path):
    program = "\n".join(code(notebook))
    done = run_python("-W", "error", "-c", program, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.slow
def test_it_runs_in_a_kernel_and_shows_widgets_and_pictures(tmp_path):
    copy_notebooks(tmp_path)
    ran = execute_file(tmp_path / START.notebook_path)
    assert_ran_clean(ran)
    shown = [one["data"] for cell in ran.cells for one in cell.get("outputs", ()) if "data" in one]
    sliders = [data for data in shown if "Without widgets there " in data.get("text/plain", "")]
    # And one whole step, whose pictures are SVG.
    assert len(sliders) == len(SLIDERS) + 1
    assert all(WIDGETS in data for data in sliders)
    assert sum("<img alt=" in data["text/html"] for data in sliders) == len(SLIDERS)
    assert sum("<svg" in data["text/html"] for data in sliders) == 1


# The concept map


def test_the_concept_map_names_every_step_and_its_notebooks():
    texts = concept_map().texts()
    numbers = " ".join(text for text in texts if text.startswith("notebook"))
    for exercise in EXERCISES:
        assert not exercise.step or re.search(rf"\b{exercise.number}\b", numbers)
    for idea in ("parameters", "cost J", "gradients", "the chain rule", "caches", "update"):
        assert idea in texts


def test_pictures_move_in_steps_that_are_recorded():
    assert STEPS % EVERY == 0
    assert all(len(run.answers) == STEPS // EVERY + 1 for run in recorded().values())
