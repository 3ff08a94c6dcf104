"""A training step moment by moment: its numbers, its picture, and where functions are missing."""

import re
import sys
from types import SimpleNamespace

import numpy as np
import pytest
from PIL import Image

from tests import record_runs
from tests.command import workbook
from tests.conftest import ROOT, run_python
from tests.html_page import Page
from tests.reference import reference
from tests.test_flow import REFERENCE, flow_of, with_functions
from workbook import flow
from workbook.course.exercises import EXERCISES, find
from workbook.figures import ipython
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.flow.learner_functions import OwnFunctions
from workbook.learn.flow.moments import recorded_step as record
from workbook.learn.flow.moments import show
from workbook.learn.flow.moments.one_entry import one_entry
from workbook.learn.flow.moments.own_calls import walkthrough_of_parts
from workbook.learn.flow.moments.page import moment_html, stills
from workbook.learn.flow.moments.recorded_step import recorded_step, recorded_walkthrough
from workbook.learn.flow.moments.scene import COLOURS, scene_of, short
from workbook.learn.flow.moments.slider import moments_box
from workbook.learn.flow.moments.svg import scene_svg
from workbook.learn.flow.moments.text import walkthrough_text
from workbook.learn.flow.moments.walkthrough import walkthrough_of
from workbook.learn.flow.setting import setting_of
from workbook.learn.flow.steps import train
from workbook.learn.reference import at_hand

NAMES = [exercise.name for exercise in EXERCISES]


def walk_of(own=REFERENCE, **more):
    return walkthrough_of(flow_of(own, **more), own)


def parts(*names, **others):
    """Return functions of which only some are written."""
    functions = {name: others.get(name, REFERENCE[name]) for name in (*names, *others)}
    missing = {name: f"{name} is not written yet" for name in NAMES if name not in functions}
    return OwnFunctions(functions, missing, dict.fromkeys(functions, "saved notebooks"))


def at(walk, function, layer=None):
    """Return where a function's moment is."""
    return next(
        i for i, one in enumerate(walk.moments) if (one.function, one.layer) == (function, layer)
    )


def standings(walk):
    return {one.function: one.standing for one in walk.moments[:-1]}


# The numbers


@pytest.mark.parametrize("layers", [(1, 1), (2, 1), (2, 4, 3, 1), (3, 2, 2, 2, 2, 1), (2, 40, 1)])
def test_the_numbers_of_each_moment_are_those_of_the_step(layers):
    walk = walk_of(layers=layers)
    assert [one for one in walk.moments if one.standing != "own"] == []
    depth, (*_, last) = len(layers) - 1, walk.moments
    values = last.values
    for l in range(1, depth + 1):
        A, W, b = values[f"A{l - 1}"], values[f"W{l}"], values[f"b{l}"]
        assert np.array_equal(values[f"Z{l}"], W @ A + b)
        dW = values[f"dZ{l}"] @ A.T / 4
        assert np.allclose(values[f"dW{l}"], dW)
        assert np.allclose(values[f"W{l} new"], W - dW)
    assert values["J"] == reference.compute_cost(values[f"A{depth}"], values["Y"])
    made = [name for one in walk.moments for name in one.makes]
    assert set(made) == set(values)
    # Every page and every picture can be drawn, and what is worked out is what came out.
    for i in range(len(walk.moments)):
        html = moment_html(walk, i, walk.points - 1)
        names = Page(html).names
        assert names.count("svg") == names.count("title") == names.count("desc") == 1
        assert "your function gave" not in one_entry(walk, i, walk.points - 1)


def test_what_an_entry_is_worked_out_from():
    walk = recorded_walkthrough()
    said = {one.function: one_entry(walk, i) for i, one in enumerate(walk.moments[:-1])}
    said["linear_forward"] = one_entry(walk, at(walk, "linear_forward", 1), 3)
    X, W1 = (walk.moments[0].values[name] for name in ("A0", "W1"))
    z = f"({short(W1[0, 0])}) * ({short(X[0, 3])}) + {short(W1[0, 1])} * {short(X[1, 3])} + 0"
    assert said["linear_forward"] == f"Z1[0, 3] = {z} = {short(W1[0] @ X[:, 3])}"
    assert said["compute_cost"].startswith("J = -(log(1 - ")
    assert "initialize_parameters_deep" not in filter(said.get, said)


def test_a_wrong_function_is_not_said_to_give_what_is_right():
    def doubled(A, W, b):
        return 2 * (W @ A + b), (A, W, b)

    walk = walkthrough_of_parts(parts(linear_forward=doubled), recorded_step())
    i = at(walk, "linear_forward", 1)
    assert re.search(r"= 0.54; your function gave 1.08$", one_entry(walk, i))
    assert (walk.first, walk.moments[i].standing) == (i, "wrong")
    assert walk.moments[i].note.endswith("Run check(linear_forward).")


def test_caches_are_written_forward_and_read_backward():
    walk = recorded_walkthrough()
    states = [walk.cache_states(i) for i in range(len(walk.moments))]
    assert states[0] == ["empty"] * 3
    assert states[at(walk, "linear_forward", 2)] == ["kept", "written now", "empty"]
    assert states[at(walk, "compute_cost")] == ["kept"] * 3
    assert states[at(walk, "linear_backward", 2)] == ["kept", "read now", "kept"]
    picture = scene_svg(scene_of(walk, at(walk, "linear_backward", 2)))
    assert picture.count("read now</text>") == 1
    assert "cache 2 read now" in picture
    assert f'fill="{COLOURS["backward"]}"' in picture


# What failed, and what is missing


def test_where_a_function_fails_is_shown_and_what_was_before_stays():
    def failing(dZ, cache):
        if len(dZ) == 3:
            raise ValueError("no such layer")
        return reference.linear_backward(dZ, cache)

    walk = walk_of(with_functions(linear_backward=failing))
    i = at(walk, "linear_backward", 2)
    assert walk.first == i
    assert "linear_backward: ValueError" in walk.moments[i].note
    assert "no such layer. Run check(" in walk.moments[i].note
    assert {one.standing for one in walk.moments[:i]} == {"own"}
    assert {one.standing for one in walk.moments[i + 1 :]} == {"unreached"}
    assert {"dZ2", "dA2"} <= walk.known(i)
    assert "dW2" not in walk.known(i)
    assert "no such layer" in moment_html(walk, i)
    assert i in stills(walk)


@pytest.mark.parametrize(
    ("name", "function"),
    [
        ("initialize_parameters_deep", lambda dims: {}),
        ("L_model_forward", lambda X, parameters: 3),
        ("compute_cost", lambda AL, Y: np.log(AL)),
        ("L_model_backward", lambda AL, Y, caches: None),
        ("update_parameters", lambda p, g, r: {"W1": 1}),
    ],
)
def test_each_function_can_fail(name, function):
    walk = walk_of(with_functions(**{name: function}))
    assert walk.moments[walk.first].standing == "failed"
    pages = [moment_html(walk, i) for i in range(len(walk.moments))]
    assert f"Run check({name})" in pages[walk.first]
    alone = walkthrough_of_parts(parts(*NAMES[:9], **{name: function}), recorded_step())
    assert alone.moments[alone.first].standing == "failed"


def test_gradients_of_odd_shapes_are_drawn():
    def odd(AL, Y, caches):
        grads = reference.L_model_backward(AL, Y, caches)
        return {**grads, "db1": grads["db1"].ravel(), "dA0": np.ones(3), "dW2": np.ones((1, 2, 3))}

    walk = walk_of(with_functions(L_model_backward=odd))
    assert walk.moments[walk.first].standing == "wrong"
    for i in range(len(walk.moments)):
        assert moment_html(walk, i)


def test_a_function_that_does_anothers_work_leaves_a_moment_unseen():
    def forward(X, parameters):
        AL, caches = X, []
        for l in (1, 2, 3):
            W, b = parameters[f"W{l}"], parameters[f"b{l}"]
            Z = W @ AL + b
            A = np.maximum(Z, 0) if l < 3 else 1 / (1 + np.exp(-Z))
            caches.append(((AL, W, b), Z))
            AL = A
        return AL, caches

    walk = walk_of(with_functions(L_model_forward=forward))
    # Its caches hold what no call was seen to make.
    assert [one.function for one in walk.moments if one.standing == "unseen"] == []
    blind = walk_of(with_functions(compute_cost=reference.compute_cost, L_model_backward=(
        lambda AL, Y, caches: reference.L_model_backward(AL, Y, caches))))  # fmt: skip
    assert blind.moments[at(blind, "L_model_backward")].standing == "unseen"
    assert "not seen" in moment_html(blind, at(blind, "L_model_backward"))


@pytest.mark.parametrize("name", NAMES)
def test_each_function_is_seen_alone(name):
    uses = [one.name for one in EXERCISES if one.name in REFERENCE.waits_for(name)]
    assert uses == []
    needed = OwnFunctions({}, {}).waits_for(name)
    walk = walkthrough_of_parts(parts(*needed), recorded_step())
    own = [one for one in walk.moments if one.standing == "own"]
    assert {one.function for one in own} == set(needed)
    assert walk.moments[walk.first].standing == "own"
    # Its numbers are those that belong there.
    assert "wrong" not in standings(walk).values()
    grey = [one for one in walk.moments if one.standing == "missing"]
    assert all(re.search(r"\d\d_\w+\.ipynb", one.note) for one in grey)
    assert len(own) + len(grey) == len(walk.moments)
    assert "not written yet" in moment_html(walk, walk.moments.index(grey[0])) if grey else True


def test_with_all_but_one_only_its_moments_are_grey():
    walk = walkthrough_of_parts(parts(*(n for n in NAMES if n != "linear_backward")),
                                recorded_step())  # fmt: skip
    grey = {one.function: one.note for one in walk.moments if one.is_grey}
    assert grey.keys() == {"linear_backward", "linear_activation_backward", "L_model_backward"}
    assert grey["L_model_backward"] == (
        "L_model_backward needs linear_backward, which 07_linear_backward.ipynb makes."
    )
    assert "07_linear_backward.ipynb" in grey["linear_backward"]


def test_a_function_that_changes_its_inputs_leaves_the_recording_as_it_is():
    def in_place(dZ, cache):
        answer = reference.linear_backward(dZ, cache)
        dZ *= 0
        return answer

    before = {key: np.copy(one) for key, one in recorded_step().values.items()}
    walkthrough_of_parts(parts(linear_backward=in_place), recorded_step())
    assert all(np.array_equal(one, recorded_step().values[key]) for key, one in before.items())


# The record


def test_the_recorded_step_is_what_the_reference_solutions_give(tmp_path):
    made = tmp_path / record.FILE.name
    record_runs.record_step(made)
    apart = record_runs.differences_of_steps(made, record.FILE)
    assert max(apart.values()) <= 1e-4, "run `python -m tests.record_runs`"
    assert record.FILE.stat().st_size < 10_000
    made.write_text(made.read_text("utf-8").replace("0.9", "0.7", 1), "utf-8")
    assert max(record_runs.differences_of_steps(made, record.FILE).values()) > 1e-4


def test_in_the_recorded_step_every_unit_is_on_for_one_point_and_off_for_another():
    values = recorded_step().values
    for name in ("Z1", "Z2"):
        on = values[name] > 0
        assert on.any(axis=1).all()
        assert on.any(axis=0).all()
        assert not on.all()
    assert values["J"] - values["J new"] > 0.2


# In a notebook, with widgets and without


@pytest.fixture
def kernel(monkeypatch):
    """Something like a kernel; what it displays is returned."""
    shown = []
    running = SimpleNamespace(kernel=object(), user_ns={}, execution_count=1)
    for module in (ipython, show, sys.modules["workbook.learn.flow.flow"],
                   sys.modules["workbook.learn.check.display"]):  # fmt: skip
        monkeypatch.setattr(module, "shell", lambda: running)
    monkeypatch.setattr("IPython.display.display", shown.append)
    return shown


def test_the_slider_moves_through_the_moments(kernel):
    flow(recorded=True)
    (box,) = kernel
    at_moment, column = box.followed
    assert (at_moment.min, at_moment.max, column.max) == (1, 20, 3)
    seen = []
    for number in range(1, 21):
        at_moment.value = number
        assert f"{number} of 20: " in box.shown.value
        assert f"{number} of 20: " in box.said.value
        seen.append(box.shown.value)
    assert len(set(seen)) == 20
    assert 'role="status"' in box.said.value
    assert 'aria-live="polite"' in box.said.value
    at_moment.value = 2
    column.value = 3
    assert "Z1[0, 3] = " in box.shown.value
    # Motion is for those who did not ask for less of it, and nothing starts by itself.
    assert "@media (prefers-reduced-motion: no-preference)" in box.shown.value
    (play,) = [one for one in box._box.children[0].children if type(one).__name__ == "Play"]
    assert not play.playing


def test_without_widgets_there_is_a_picture_of_each_part(kernel):
    walk = recorded_walkthrough()
    bundle = moments_box(walk)._repr_mimebundle_()
    html = bundle["text/html"]
    assert [walk.moments[i].phase for i in stills(walk)] == [
        "forward",
        "cost",
        "backward",
        "update",
    ]
    assert html.count("<svg") == 4
    assert "flow(moment=5)" in html
    assert bundle["text/plain"].count(" of 20: ") == 4
    flow(moment=5, recorded=True)
    (view,) = kernel
    assert "5 of 20" in view.rich
    assert view.text.startswith("5 of 20: Forward, layer 2: the activation: A2 = relu(Z2).")


def test_a_notebook_shows_all_and_what_is_missing(kernel, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    flow()
    box, view = kernel
    assert "the reference&#x27;s, not your own" in box.shown.value
    assert view.rich.startswith("<details><summary>Every call")
    kernel.clear()
    given = {False: parts("linear_forward")}
    real = sys.modules["workbook.learn.flow.flow"].own_functions
    monkeypatch.setattr(
        "workbook.learn.flow.flow.own_functions",
        lambda folder=None, reference=False: given.get(reference) or real(folder, reference),
    )
    flow()
    box, view = kernel
    assert box.followed[0].value == 2
    assert view.text.startswith("Your network needs 8 more functions:")
    kernel.clear()
    monkeypatch.setattr(at_hand, "courses_around", lambda folder: iter(()))
    flow([2, 5, 1])
    (view,) = kernel
    assert view.text.startswith("Your network needs")


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"moment": 0}, "from 1 to 20"),
        ({"moment": 21}, "21 is not"),
        ({"moment": "5"}, "'5' is not"),
        ({"layers": [2, 5, 1]}, "one step is recorded, of the network [2, 4, 3, 1]"),
        ({"steps": 2}, "leave out"),
        ({"learning_rate": 0.5}, "leave out"),
    ],
)
def test_what_cannot_be_shown_is_said(kernel, asked, said):
    with pytest.raises(AskedWronglyError, match=re.escape(said)):
        flow(recorded=True, **asked)
    assert kernel == []


def test_the_reference_fills_in_for_another_network(kernel, monkeypatch):
    own = parts("linear_forward")
    real = sys.modules["workbook.learn.flow.flow"].own_functions
    monkeypatch.setattr(
        "workbook.learn.flow.flow.own_functions",
        lambda folder=None, reference=False: real(folder, True) if reference else own,
    )
    flow([3, 2, 1])
    box, _ = kernel
    assert "in grey: numbers of the reference" in box.shown.value
    assert "(2, 3)" in box.shown.value


# Letters that can be read


def luminance(colour):
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.03928 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("colour", COLOURS.values())
def test_white_letters_and_lines_are_seen_on_every_page(colour):
    own = luminance(colour) + 0.05
    assert 1.05 / own >= 4.5
    # Lines and boxes need 3 to 1 beside the page: JupyterLab's dark one is #111111.
    assert own / (luminance("#111111") + 0.05) >= 2.7


# In the terminal, and as a file


def test_the_recorded_step_as_text():
    text = walkthrough_text(recorded_walkthrough())
    assert text.isascii()
    assert max(map(len, text.splitlines())) <= 80
    result = workbook("flow", "--recorded")
    assert (result.exit_code, result.stdout.rstrip("\n")) == (0, text)
    assert "20. The cost with the new parameters" in text


def test_where_nothing_is_there_the_recorded_step_is_shown(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(at_hand, "courses_around", lambda folder: iter(()))
    monkeypatch.chdir(tmp_path)
    result = workbook("flow")
    assert result.exit_code == 0, result.output
    assert "these numbers were recorded" in result.stdout
    flow()
    assert "these numbers were recorded" in capsys.readouterr().out
    result = workbook("flow", "--layers", "2", "1")
    assert result.exit_code == 2
    assert "needs 9 more functions" in result.stderr


@pytest.mark.slow
def test_the_gif_has_a_picture_for_each_moment(tmp_path):
    file = tmp_path / "step.gif"
    words = ["flow", "--layers", "2", "1", "--reference", "--gif", str(file)]
    result = workbook(*words)
    assert (result.exit_code, result.output) == (0, f"{file}: 10 pictures.\n")
    with Image.open(file) as image:
        assert (image.n_frames, image.info["loop"]) == (10, 0)
        frames = []
        for i in range(10):
            image.seek(i)
            frames.append(image.convert("RGB").tobytes())
    assert len(set(frames)) == 10
    before = file.read_bytes()
    for name, said in ((file, "is not replaced"), (tmp_path / "a.png", "must end with .gif"),
                       (tmp_path / "no" / "a.gif", "there is no folder")):  # fmt: skip
        result = workbook("flow", "--recorded", "--gif", name)
        assert result.exit_code == 2
        assert said in result.stderr
    assert file.read_bytes() == before


LEARNERS = ("click", "rich", "IPython", "ipywidgets", "executing", "nbformat")


@pytest.mark.slow
@pytest.mark.parametrize("blocked", [(), LEARNERS])
def test_the_file_at_the_top_does_the_same(tmp_path, blocked):
    def run(*arguments):
        code = (
            f"import runpy, sys\nfor one in {blocked}: sys.modules[one] = None\n"
            f"sys.argv = ['visualize_flow.py', *{arguments}]\n"
            f"runpy.run_path({str(ROOT / 'visualize_flow.py')!r}, run_name='__main__')"
        )
        return run_python("-c", code, cwd=tmp_path, PYTHONPATH=str(ROOT), COLUMNS="80")

    done = run()
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == workbook("flow", tmp_path).stdout
    done = run("--recorded")
    if blocked:
        assert done.returncode == 1
        assert "Options need click: run `pip install -e .`" in done.stderr
    else:
        assert done.stdout == workbook("flow", "--recorded").stdout


def test_every_function_has_its_moment():
    assert find("initialize_parameters")
    named = {one.function for one in recorded_walkthrough().moments}
    assert named == set(NAMES) - {"initialize_parameters"}


def test_a_training_of_two_steps_has_the_moments_of_both():
    setting, start = setting_of((2, 3, 1), 2, 1, 0.5)
    walk = walkthrough_of(train(REFERENCE, setting, start), REFERENCE)
    assert [one.step for one in walk.moments] == [1] * 15 + [2] * 15
    assert "15 of 30, step 1: " in moment_html(walk, 14)
    assert walk.known(15) == {"A0", "Y", "W1", "b1", "W2", "b2"}
    assert walk.cache_states(15) == ["empty", "empty"]
