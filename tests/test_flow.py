"""`workbook flow`: training steps with real numbers, from the learner's own functions."""

import io
import re
from types import SimpleNamespace

import numpy as np
import pytest
from rich.console import Console

from tests.command import workbook
from tests.html_page import Page
from tests.reference import COURSE, reference
from workbook import flow
from workbook.course.exercises import EXERCISES, find
from workbook.figures.validation import PictureError
from workbook.learn.check.display import AskedWronglyError
from workbook.learn.flow import learner_functions as own_module
from workbook.learn.flow.datasets import random_points
from workbook.learn.flow.finite_differences import MOST_ENTRIES
from workbook.learn.flow.flow import flow_in, setting_of
from workbook.learn.flow.html import flow_html
from workbook.learn.flow.layers import join_layers, layer_dims
from workbook.learn.flow.learner_functions import own_functions
from workbook.learn.flow.linked_calls import call, linked
from workbook.learn.flow.matrices import grid, lines
from workbook.learn.flow.steps import train
from workbook.learn.flow.text import flow_text, print_flow
from workbook.learn.flow.tracing import Call
from workbook.learn.reference import at_hand, stand_ins

REFERENCE = own_functions(reference=True)


def flow_of(own=REFERENCE, layers=(2, 4, 3, 1), steps=1, learning_rate=1.0, **more):
    setting, start = setting_of(layers, steps, 1, learning_rate, **more)
    return train(own, setting, start)


def with_functions(**others):
    """The reference's functions with others in the place of some."""
    return own_module.OwnFunctions({**REFERENCE.functions, **others}, {}, REFERENCE.origins)


def verdicts_of(found):
    """Return what is said of each gradient of the first step."""
    return {gradient.name: gradient.verdict for gradient in found.steps[0].gradients}


def calls_of(step):
    """Return the calls of a step, or of a call, with all calls inside them."""
    inner = step.inner if isinstance(step, Call) else step.calls
    return [one for call in inner for one in (call, *calls_of(call))]


# The facts


def test_the_numbers_are_those_of_the_same_step_without_flow():
    found = flow_of(steps=2)
    X, Y = random_points(2, 4, 1)
    np.random.seed(1)
    parameters = REFERENCE["initialize_parameters_deep"]([2, 4, 3, 1])
    for step in found.steps:
        AL, caches = reference.L_model_forward(X, parameters)
        grads = reference.L_model_backward(AL, Y, caches)
        after = reference.update_parameters(parameters, grads, 1.0)
        assert step.cost == reference.compute_cost(AL, Y)
        for key, value in parameters.items():
            assert np.array_equal(step.before[key], value)
            assert np.array_equal(step.after[key], after[key])
        for gradient in step.gradients:
            assert np.array_equal(gradient.own, grads[gradient.name])
        assert step.cost_after == reference.compute_cost(reference.L_model_forward(X, after)[0], Y)
        parameters = after
    assert found.costs == [found.steps[0].cost, found.steps[1].cost, found.steps[1].cost_after]
    assert found.steps[0].cost_after == found.steps[1].cost
    assert (found.problem, found.advice) == ("", "")


def test_the_finite_differences_are_those_of_the_cost():
    (step,) = flow_of().steps
    X, Y = random_points(2, 4, 1)
    assert {gradient.name for gradient in step.gradients} == {
        f"d{key}" for key in [*step.before, "A0", "A1", "A2"]
    }
    by_name = {gradient.name: gradient for gradient in step.gradients}

    def slope(X, parameters, array):
        """Return how the cost changes with one entry of an array, which is X or a parameter."""
        costs = []
        for change in (1e-6, -2e-6):
            array[1, 2] += change
            costs.append(reference.compute_cost(reference.L_model_forward(X, parameters)[0], Y))
        return (costs[0] - costs[1]) / 2e-6

    moved = {key: value.copy() for key, value in step.before.items()}
    expected = slope(X, moved, moved["W2"])
    assert by_name["dW2"].numeric[1, 2] == pytest.approx(expected, rel=1e-4)
    # dA holds no 1/m: it is the gradient of m J, and there are 4 points.
    shifted = X.copy()
    expected = 4 * slope(shifted, step.before, shifted)
    assert by_name["dA0"].of == "m J"
    assert by_name["dA0"].numeric[1, 2] == pytest.approx(expected, rel=1e-3)


@pytest.mark.in_turns(3)
@pytest.mark.parametrize("layers", [(2, 1), (1, 1), (3, 5, 1), (2, 4, 3, 1), (2, 3, 3, 3, 3, 1)])
@pytest.mark.parametrize("seed", range(4))
def test_no_right_gradient_is_called_wrong(layers, seed):
    # Small weights leave units exactly on ReLU's corner: there is no derivative to compare with.
    setting, start = setting_of(layers, 3, seed, 0.5)
    found = train(REFERENCE, setting, start)
    verdicts = {one.verdict for step in found.steps for one in step.gradients}
    assert verdicts <= {"agrees", "undecided", "not compared"}
    assert "agrees" in verdicts
    assert found.advice == ""


def test_with_trained_weights_every_gradient_agrees():
    rng = np.random.default_rng(0)
    parameters = {
        "W1": rng.normal(size=(4, 2)), "b1": rng.normal(size=(4, 1)),
        "W2": rng.normal(size=(1, 4)), "b2": rng.normal(size=(1, 1)),
    }  # fmt: skip
    (step,) = flow_of(layers=None, parameters=parameters).steps
    assert {gradient.verdict for gradient in step.gradients} == {"agrees"}
    assert all(gradient.compared.all() for gradient in step.gradients)


def test_every_call_is_recorded_with_the_calls_inside_it():
    (step,) = flow_of().steps
    names = [(call.name, call.layer) for call in calls_of(step)]
    layers = ((1, "relu"), (2, "relu"), (3, "sigmoid"))
    forward = [
        (name, l)
        for l, activation in layers
        for name in ("linear_activation_forward", "linear_forward", activation)
    ]
    backward = [
        (f"{name}_backward", l)
        for l, activation in reversed(layers)
        for name in ("linear_activation", activation, "linear")
    ]
    assert names == [
        ("L_model_forward", None), *forward, ("compute_cost", None), ("L_model_backward", None),
        *backward, ("update_parameters", None),
    ]  # fmt: skip
    linear = step.calls[0].inner[1].inner[0]
    assert [(value.name, value.parts[0].label) for value in linear.inputs] == [
        ("A", "A1"), ("W", "W2"), ("b", "b2"),
    ]  # fmt: skip
    Z, cache = linear.outputs
    assert (Z.name, Z.parts[0].label, Z.parts[0].shape) == ("Z", "Z2", (3, 4))
    assert cache.structure.replace("\xa0", " ") == "(A1 (4, 4), W2 (3, 4), b2 (3, 1))"
    W, b, A = step.before["W2"], step.before["b2"], linear.inputs[0].parts[0].content
    assert np.allclose(Z.parts[0].content, W @ A + b)


def test_a_function_that_changes_its_inputs_does_not_change_the_record():
    def in_place(params, grads, learning_rate):
        for key in params:
            params[key] -= learning_rate * grads[f"d{key}"]
        return params

    (step,) = flow_of(with_functions(update_parameters=in_place)).steps
    (right,) = flow_of().steps
    for key in right.before:
        assert np.array_equal(step.before[key], right.before[key])
        assert np.array_equal(step.after[key], right.after[key])
    given = step.calls[3].inputs[0].parts[0].content
    assert np.array_equal(given, right.before["W1"])


def test_of_many_steps_the_first_and_the_last_are_shown_in_full():
    found = flow_of(steps=50)
    assert [step.number for step in found.steps] == [1, 50]
    assert len(found.costs) == 51
    assert found.steps[1].cost == found.costs[49]
    assert found.costs[-1] < found.costs[0]


def test_of_a_large_array_some_entries_are_looked_at():
    (step,) = flow_of(layers=(2, 40, 1)).steps
    by_name = {gradient.name: gradient for gradient in step.gradients}
    assert 0 < by_name["dW1"].compared.sum() <= MOST_ENTRIES
    assert "entries compared" in by_name["dW1"].note
    assert np.isnan(by_name["dW1"].numeric[~by_name["dW1"].compared]).all()


def test_the_notebooks_random_numbers_stay_as_they_were():
    np.random.seed(7)
    want = np.random.rand(3)
    np.random.seed(7)
    flow_of()
    assert np.array_equal(np.random.rand(3), want)


# The learner's functions


def test_a_wrong_gradient_stands_beside_its_finite_difference():
    def without_mean(dZ, cache):
        A_prev, W, _ = cache
        return W.T @ dZ, dZ @ A_prev.T, np.sum(dZ, axis=1, keepdims=True) / A_prev.shape[1]

    found = flow_of(with_functions(linear_backward=without_mean))
    verdicts = verdicts_of(found)
    assert {verdicts[f"dW{l}"] for l in (1, 2, 3)} == {"DIFFERS"}
    assert {verdicts[f"db{l}"] for l in (1, 2, 3)} == {"agrees"}
    (gradient,) = [one for one in found.steps[0].gradients if one.name == "dW3"]
    assert np.allclose(gradient.own, 4 * gradient.numeric, rtol=1e-4)
    assert "Run check(linear_backward): linear_backward fails its" in found.advice
    assert "dW3  (1, 3)  DIFFERS" in flow_text(found)


def raising(Z, W=None, b=None):
    return Z / None


@pytest.mark.parametrize(
    ("name", "function", "said"),
    [
        ("linear_forward", raising, "TypeError"),
        ("linear_forward", lambda A, W, b: W @ A + b, "unpack"),
        ("linear_forward", lambda A, W, b: exit(3), "SystemExit"),
        ("compute_cost", lambda AL, Y: np.log(AL), "should return a single number"),
        ("compute_cost", lambda AL, Y: None, "`return` line missing"),
        ("L_model_forward", lambda X, parameters: 3, "should return AL, caches"),
        ("L_model_backward", lambda AL, Y, caches: None, "`return` line missing"),
        ("update_parameters", lambda p, g, r: {"W1": 1}, "W1"),
        ("update_parameters", lambda p, g, r: {**p, "W1": p["W1"].T}, "shape (2, 4)"),
        ("initialize_parameters_deep", lambda dims: [], "a dictionary"),
        ("initialize_parameters_deep", lambda dims: {}, "has no W1"),
    ],
)
def test_a_broken_function_is_named_and_its_check_recommended(name, function, said):
    found = flow_of(with_functions(**{name: function}))
    text = flow_text(found)
    assert said in found.problem, found.problem
    assert found.advice.startswith(f"Run check({name}): ")
    assert "Traceback" not in text
    assert flow_html(found)


def test_the_failing_call_is_marked_and_the_learners_line_shown():
    found = flow_of(with_functions(linear_forward=raising))
    assert "linear_forward: TypeError in line" in found.problem
    assert "return Z / None" in found.excerpt
    failed = [call.name for call in calls_of(found.steps[0]) if call.failed]
    assert failed == ["L_model_forward", "linear_activation_forward", "linear_forward"]
    assert "linear_forward failed here" in flow_text(found)


@pytest.mark.slow
def test_of_a_function_that_calls_itself_endlessly_not_every_call_is_shown():
    space = {}
    exec("def compute_cost(AL, Y):\n    return compute_cost(AL, Y)", space)
    found = flow_of(with_functions(compute_cost=space["compute_cost"]))
    assert "calls itself endlessly" in found.problem
    assert 10 < len([one for one in calls_of(found.steps[0]) if one.name == "compute_cost"]) < 100
    assert len(flow_html(found)) < 200_000


def test_gradients_that_are_missing_or_of_another_shape_are_named():
    def some(AL, Y, caches):
        grads = REFERENCE["L_model_backward"](AL, Y, caches)
        del grads["dA1"]
        return {**grads, "db1": grads["db1"].ravel(), "dA0": "text"}

    found = flow_of(with_functions(L_model_backward=some), learning_rate=0.1)
    verdicts = verdicts_of(found)
    assert verdicts["dA1"] == verdicts["dA0"] == "missing"
    assert verdicts["db1"] == "wrong shape"
    assert verdicts["dW1"] == "agrees"


def test_a_cost_that_is_not_finite_is_shown_and_named():
    found = flow_of(with_functions(compute_cost=lambda AL, Y: float("nan")))
    assert np.isnan(found.costs[0])
    assert "The cost is nan, not a number" in flow_text(found)
    assert {gradient.verdict for gradient in found.steps[0].gradients} == {"undecided"}
    found = flow_of(steps=3, learning_rate=1e200)
    assert "not finite" in flow_text(found)


def test_caches_in_another_form_are_no_reason_to_stop():
    def forward(X, parameters):
        AL, caches = REFERENCE["L_model_forward"](X, parameters)
        return AL, [{"cache": cache} for cache in caches]

    def backward(AL, Y, caches):
        return REFERENCE["L_model_backward"](AL, Y, [one["cache"] for one in caches])

    own = with_functions(L_model_forward=forward, L_model_backward=backward)
    found = flow_of(own, layers=(2, 3, 1))
    verdicts = verdicts_of(found)
    assert verdicts["dA1"] == "not compared"
    assert verdicts["dW2"] == "agrees"


def test_a_function_that_does_anothers_work_does_not_need_it():
    left_out = ("linear_backward", "linear_activation_backward", "initialize_parameters")
    functions = {key: value for key, value in REFERENCE.functions.items() if key not in left_out}
    functions["L_model_backward"] = lambda AL, Y, caches: {"dW1": AL}
    own = own_module.OwnFunctions(functions, {"linear_backward": "linear_backward is missing"})
    assert own.unready == ()
    assert "linear_backward" not in own.needed
    functions["L_model_backward"] = REFERENCE["L_model_backward"]
    own = own_module.OwnFunctions(functions, {"linear_activation_backward": "it is missing"})
    assert own.unready == ("it is missing",)


# Where the functions are from


@pytest.fixture
def learner(tmp_path, monkeypatch, write_notebook):
    """Ten solved notebooks, the current folder, and no course around."""
    for exercise in EXERCISES:
        source = COURSE.solution(exercise.name).read_text(encoding="utf-8")
        for used in exercise.uses:
            source = source.replace(f"from solutions.{used} ", "from workbook.earlier ")
        write_notebook(tmp_path / exercise.notebook_path, source)
    monkeypatch.chdir(tmp_path)
    return tmp_path


STUB = 'def linear_backward(dZ, cache):\n    """Go."""\n    raise NotImplementedError()'


def test_the_learners_saved_notebooks(learner, capsys):
    own = own_functions()
    assert own.unready == ()
    assert own.source == "your own, from your saved notebooks"
    assert {function.__code__.co_filename for function in own.functions.values()} == {
        f"{exercise.notebook}.ipynb, code cell 1" for exercise in EXERCISES
    }
    flow(steps=1)
    text = capsys.readouterr().out
    assert "Functions: your own, from your saved notebooks." in text
    assert "linear_backward  (layer 3)" in text


def test_what_is_not_written_yet_is_listed(learner, write_notebook, capsys):
    write_notebook(learner / find("linear_backward").notebook_path, STUB)
    (learner / find("compute_cost").notebook_path).unlink()
    (learner / find("initialize_parameters").notebook_path).unlink()  # which training does not need
    flow()
    text = capsys.readouterr().out
    assert text.startswith("Your network needs 2 more functions:\n- compute_cost is missing: there")
    assert "linear_backward is not written yet: finish 07_linear_backward.ipynb and save" in text
    result = workbook("flow")
    assert result.exit_code == 2
    assert "needs 2 more functions" in result.stderr


def test_a_notebook_with_a_syntax_error_is_named(learner, write_notebook):
    write_notebook(
        learner / find("linear_backward").notebook_path, "def linear_backward(dZ, cache:\n    pass"
    )
    # It alone, and not those that import it: they are ready.
    (why,) = own_functions().unready
    assert "linear_backward cannot be used: 07_linear_backward.ipynb" in why


def test_functions_of_the_running_notebook_come_first(learner, monkeypatch, write_notebook):
    def linear_forward(A, W, b):
        return W @ A + b + 1000.0, (A, W, b)

    names = {"linear_forward": linear_forward, "compute_cost": own_functions()["compute_cost"]}
    monkeypatch.setattr(own_module, "shell", lambda: SimpleNamespace(user_ns=names))
    write_notebook(
        learner / find("compute_cost").notebook_path, "def compute_cost(AL, Y):\n    return 7.0"
    )
    own = own_functions()
    assert own["linear_forward"] is linear_forward
    # One that was imported from a saved notebook is read anew: it may have been saved since.
    assert own["compute_cost"](None, None) == 7.0
    assert own.source == (
        "your own: linear_forward from this notebook, the others from your saved notebooks"
    )
    # The functions of the saved notebooks call the one at hand, and only for as long as needed.
    before = own["linear_activation_forward"].__globals__["linear_forward"]
    with linked(own) as together:
        A, _ = call(together, "linear_activation_forward", *np.ones((3, 1, 1)), "relu")
    assert A == 1002.0
    assert own["linear_activation_forward"].__globals__["linear_forward"] is before


def test_the_stub_of_the_running_notebook_is_named(learner, monkeypatch):
    namespace = {}
    source = STUB.replace("Go.", "Stop.")
    exec(compile(source, "<ipython-input-1>", "exec"), namespace)
    import linecache

    cached = (len(source), None, source.splitlines(keepends=True), "<ipython-input-1>")
    monkeypatch.setitem(linecache.cache, "<ipython-input-1>", cached)
    monkeypatch.setattr(own_module, "shell", lambda: SimpleNamespace(user_ns=namespace))
    (why,) = own_functions().unready
    assert why.startswith("linear_backward is not written yet: write it in its cell")


def test_the_reference_stands_in_for_what_is_not_finished(learner, monkeypatch, write_notebook):
    write_notebook(learner / find("linear_backward").notebook_path, STUB)
    assert own_functions().unready
    # The notebook of what stands in is not run: it may have an endless loop.
    wrong = "file = open('was_run', 'w')\ndef linear_backward(dZ, cache):\n    return file"
    write_notebook(learner / find("linear_backward").notebook_path, wrong)
    stand_ins.begin_stand_in(["linear_backward"], learner)
    own = own_functions()
    assert not own.unready
    lent = "the reference stands in for linear_backward"
    assert own.source == f"your own, from your saved notebooks; {lent}"
    assert not (learner / "was_run").exists()
    # One that is imported in the running notebook is no function of its own.
    names = {"linear_backward": stand_ins.stand_in("linear_backward", learner)}
    monkeypatch.setattr(own_module, "shell", lambda: SimpleNamespace(user_ns=names))
    assert own_functions().origins["linear_backward"] == "a stand-in"
    assert flow_in(learner).flow.problem == ""
    stand_ins.begin_stand_in([exercise.name for exercise in EXERCISES], learner)
    assert own_functions().source.startswith("the reference stands in for initialize_parameters,")


def test_the_reference_where_there_is_no_notebook(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert own_functions().source == "the reference's, not your own"
    monkeypatch.setattr(at_hand, "__file__", str(tmp_path / "lib" / "a" / "b" / "c.py"))
    assert len(own_functions().unready) == 9
    with pytest.raises(
        AskedWronglyError, match=r"the reference is not here\. .*the wheel for classes"
    ):
        flow(reference=True)


def test_what_functions_print_and_warn_is_not_shown(capsys):
    def loud(dZ, cache):
        print("noise")
        np.log(np.zeros(1))
        return reference.linear_backward(dZ, cache)

    flow_of(with_functions(linear_backward=loud))
    assert capsys.readouterr() == ("", "")


# What was asked for


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({"layers": [1]}, "at least the inputs and the output"),
        ({"layers": []}, "there are none"),
        ({"layers": "0 1"}, "at least one unit; 0"),
        ({"layers": "2 -3 1"}, "-3 is not a number of units"),
        ({"layers": [2, 4, 2]}, "one output unit"),
        ({"layers": [2] * 1000 + [1]}, "1000 layers are too many"),
        ({"layers": [2, 100_000, 1]}, "too many to compare"),
        ({"layers": 7}, "a list of numbers"),
        *(
            ({"layers": layers}, "whole numbers")
            for layers in ("two 1", *([one, 1] for one in (2.5, True, None, np.nan, np.inf)))
        ),
        ({"steps": 0}, "steps must be a whole number from 1"),
        ({"steps": 1.5}, "steps must be"),
        ({"seed": -1}, "seed must be"),
        ({"seed": 2**40}, "seed must be"),
        ({"learning_rate": float("nan")}, "learning_rate must be a finite"),
        ({"learning_rate": "fast"}, "learning_rate must be a finite"),
        ({"X": np.ones((2, 3))}, "X and Y belong together"),
        ({"X": np.ones((2, 3)), "Y": np.ones((1, 4))}, "Y must have shape"),
        ({"X": np.ones((2, 3)), "Y": np.full((1, 3), 2)}, "must be 0 or 1"),
        ({"X": np.full((2, 1), np.nan), "Y": np.ones((1, 1))}, "nan"),
        ({"X": np.ones((3, 2)), "Y": np.ones((1, 2)), "layers": [2, 1]}, "3 rows"),
        ({"parameters": {}}, "empty"),
        ({"parameters": {"W1": np.ones((1, 2)), "b1": np.ones((1, 1))}, "layers": [3, 1]}, "out"),
        ({"parameters": {"W1": np.ones((2, 2)), "b1": np.ones((2, 1))}}, "one output unit"),
    ],
)
def test_bad_input_gives_one_sentence(asked, said):
    with pytest.raises((AskedWronglyError, PictureError), match=re.escape(said)) as error:
        flow(**asked)
    (sentence,) = error.value._render_traceback_()
    assert "\n" not in sentence


def test_one_example_and_own_data():
    found = flow_of(layers=None, X=[[1.0], [2.0], [3.0]], Y=[[1]])
    assert found.setting.layers == (3, 4, 3, 1)
    assert found.problem == ""
    assert "the X and Y that you gave" in flow_text(found)


def test_layers_may_be_written_in_several_ways():
    assert layer_dims("2 4 3 1") == layer_dims("2,4,3,1") == layer_dims([2, 4, 3, 1])
    assert layer_dims(np.array([2, 1])) == [2, 1]
    words = ["--layers", "2", "4", "-1", "--steps", "3", "mine", "4"]
    assert join_layers(words) == ["--layers", "2 4 -1", "--steps", "3", "mine", "4"]
    assert join_layers(["--layers", "mine", "4"]) == ["--layers", "mine", "4"]
    assert join_layers(["--layers"]) == ["--layers"]


def test_the_command(tmp_path):
    words = "flow --layers 2 4 3 1 --steps 3 --seed 1 --reference"
    result = workbook(*words.split(), tmp_path)
    assert result.exit_code == 0, result.output
    assert "3 training steps of the network 2 -> 4 -> 3 -> 1" in result.stdout
    assert max(map(len, result.stdout.splitlines())) <= 80
    found = flow_in(tmp_path, "2 4 3 1", 3, reference=True).flow
    assert result.stdout.rstrip("\n") == flow_text(found)
    again = workbook("flow", "--layers", "2,4,3,1", "--steps=3", "--reference")
    assert again.stdout == result.stdout
    for wrong in ("--layers 1", "--layers 2 0 1", "--layers 2 3", "--steps 0", "--seed -1"):
        result = workbook("flow", *wrong.split())
        assert result.exit_code == 2
        assert result.stderr.startswith("Error: ")
        assert result.stdout == ""


def test_the_command_ends_with_1_where_something_is_wrong(learner, write_notebook):
    wrong = "def linear_backward(dZ, cache):\n    return cache[1].T @ dZ, cache[1] * 0, dZ[:, :1]"
    write_notebook(learner / find("linear_backward").notebook_path, wrong)
    result = workbook("flow")
    assert result.exit_code == 1
    assert "Run check(linear_backward): linear_backward fails its" in result.stdout


def test_the_command_finds_the_notebooks_and_refuses_a_misspelt_folder(learner):
    folders = list(learner.iterdir())
    (learner / "notebooks").mkdir()
    for folder in folders:
        folder.rename(learner / "notebooks" / folder.name)
    assert "Functions: your own, from your saved notebooks" in workbook("flow").stdout
    result = workbook("flow", "notebook")
    assert (result.exit_code, result.stdout) == (2, "")
    assert "'notebook' does not exist" in result.stderr


# How it looks


def test_the_text_fits_80_columns_and_is_plain():
    text = flow_text(flow_of(layers=(8, 10, 7, 1), steps=2))
    assert max(map(len, text.splitlines())) <= 80
    assert text.isascii()
    assert "..." in text
    text = flow_text(flow_of())
    assert re.search(r"out cache = \(X \(2, 4\), W1 \(4, 2\), b1 \(4, 1\)\)", text)
    assert "The cost falls by" in text
    out = io.StringIO()
    print_flow(flow_of(), Console(file=out, width=80))
    assert out.getvalue().rstrip("\n") == text


def test_gradient_and_finite_difference_have_the_same_digits_side_by_side():
    text = flow_text(flow_of())
    block = text.split("  dW3  (1, 3)  agrees")[1].split("\n  db3")[0].splitlines()
    assert re.fullmatch(r" +yours +finite differences of J", block[1])
    left, right = re.findall(r"-?\d\.\d+ +-?\d\.\d+ +-?\d\.\d+", block[-1])
    assert left.split() == right.split()


def test_the_html_is_balanced_foldable_and_takes_the_pages_colours():
    html = flow_html(flow_of())
    names = Page(html).names
    assert "script" not in names
    calls = len(calls_of(flow_of().steps[0]))
    assert names.count("details") == names.count("summary") > calls
    assert names.count("table") == names.count("caption")
    assert names.count("th") > 100
    assert not re.search(r"(?<!-)color:(?!inherit)|background|#[0-9a-f]{3}", html)
    assert "from 0" not in html


def test_the_html_escapes_what_the_learner_wrote():
    def linear_forward(A, W, b):
        raise ValueError("<script>alert(1)</script>")

    html = flow_html(flow_of(with_functions(linear_forward=linear_forward)))
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    own = with_functions(L_model_backward=lambda AL, Y, caches: {"<b>": np.ones(2)})
    assert "<b>" not in flow_html(flow_of(own))


def test_numbers_are_short_and_aligned():
    assert lines(grid(np.array([[1.5, -20.25], [0.001, 3.0]]))) == ["1.50  -20.25", "0.00    3.00"]
    small = grid(np.array([[1e-5, -2.5e-6]]))
    assert (small.factor, lines(small)) == ("1e-05", ["1.000  -0.250"])
    assert lines(grid(np.array([[0, 1, 1]]))) == ["0  1  1"]
    assert lines(grid(np.array([np.nan, np.inf, 1.5]))) == ["nan  inf  1.500"]
    assert lines(grid(np.zeros((0, 3)))) == ["(no entries)"]
    assert lines(grid(np.array(3.25))) == ["3.250"]
    assert grid(np.array([[5e-324, 0]])).factor == "1e-324"
    large = grid(np.arange(400.0).reshape(20, 20))
    assert large.cut
    assert large.row_indices == large.column_indices == ("0", "1", "2", "3", "...", "19")
    assert large.rows[-1] == ("380", "381", "382", "383", "...", "399")
    assert grid(np.ma.masked_array([1.0, 2.0], [True, False])).rows == (("-", "2"),)
