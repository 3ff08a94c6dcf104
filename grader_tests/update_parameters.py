"""Hidden tests of update_parameters."""

import copy
from functools import cache

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import DEEP, WIDTH, grads_like, network, normal, rescaled
from grader_tests.support import (
    Case,
    entry,
    is_real,
    network_cost,
    parameters_in,
    random_network,
    random_parameters,
)
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from solutions.update_parameters import update_parameters as reference
from workbook.course.compare import TOLERANCE, alike, array_of_numbers, assert_same
from workbook.course.cut_off import cut_off

RETURNS = ("parameters",)


def random_case(rng, layer_dims, m=6):
    """Return parameters and gradients, no entry of them near zero."""
    _, _, params, _, _ = network(rng, layer_dims, m)
    # A gradient that is zero, as behind a silent unit, would hide a layer that stays as it was.
    return params, grads_like(rng, params)


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(13)
    for title, layer_dims, learning_rate in (
        ("3 inputs, layers of 4 and 1 units, learning rate 0.3", (3, 4, 1), 0.3),
        ("2 inputs, layers of 5, 4 and 1 units, learning rate 0.05", (2, 5, 4, 1), 0.05),
    ):
        params = random_parameters(rng, layer_dims)
        params = {key: np.round(value, 2) for key, value in params.items()}
        grads = {f"d{k}": np.round(rng.standard_normal(v.shape), 2) for k, v in params.items()}
        if len(layer_dims) > 3:
            # As the backward pass gives them: from the last layer on, and dA beside them.
            grads = {
                "dA2": np.ones((4, 2)),
                **dict(reversed(grads.items())),
                "dA0": np.ones((2, 2)),
            }
        yield Case(title, (params, grads, learning_rate))


def assert_entries(student, cases, *wanted):
    """Raise AssertionError unless these parameters are right after the step of each case."""
    for (case, returned), keys in zip(called(student, cases), wanted, strict=True):
        want, parameters = reference(*case), parameters_in(returned)
        try:
            assert_same("parameters", parameters, {key: want[key] for key in keys})
        except AssertionError as error:
            raise AssertionError(f"{error}{how_it_moves(case, parameters, keys)}") from None
        # The number of layers is later read from the number of keys.
        extra = ", ".join(sorted(map(str, parameters.keys() - want)))
        assert not extra, f"parameters has too many keys: {extra}"


def how_it_moves(case, parameters, keys):
    """Return how one of some parameters moves wrongly, as by a gradient that is cut off; or ""."""
    params, grads, rate = case
    for key in keys:
        value, gradient, got = params[key], grads[f"d{key}"], parameters.get(key)
        if not is_real(got) or got.shape != value.shape:
            continue
        step = (value - got) / rate
        room = TOLERANCE * max(np.abs(value).max() / rate, np.abs(gradient).max())
        if np.all(np.abs(step - gradient) <= room):
            continue
        factor = np.vdot(step, gradient) / np.vdot(gradient, gradient)
        if not step.any():
            return f"; {key} stays as it was"
        if cut := cut_off(step, gradient, room):
            return f"; {key} moves as if its gradient were {cut}"
        # A single number is a multiple of any.
        if value.size > 2 and factor > 0 and np.all(np.abs(step - factor * gradient) <= room):
            it_is = "it is larger" if factor < 1 else "it is smaller"
            return f"; {key} moves as if the learning rate were {factor * rate:.3g}, but {it_is}"
    return ""


def steps_of(student, cases):
    """Yield the new arrays of each case, each of its old shape, or raise AssertionError.

    The function gets copies, so that one which changes its inputs can still be judged. What is
    missing counts as what stays where it is: other tests look for it.
    """
    for (params, _, _), (_, returned) in zip(
        cases, called(student, copy.deepcopy(cases)), strict=True
    ):
        parameters = {**params, **parameters_in(returned)}
        stepped = {}
        for key, value in params.items():
            stepped[key] = array_of_numbers(key, parameters[key], value.shape)
            assert np.isfinite(stepped[key]).all(), (
                f"{key} holds entries that are not finite (inf or nan)"
            )
        yield stepped


@pytest.mark.points(1)
def test_direction(student, rng):
    """A weight matrix moves straight against its own gradient, however far it moves"""
    # The first layer: another test looks at the middle one, and another at the last.
    params, grads = random_case(rng, (5, 4, 3, 1))
    parameters = parameters_in(student(params, grads, 0.4))
    W1 = array_of_numbers("W1", entry("parameters", parameters, "W1"), params["W1"].shape)
    step = W1 - params["W1"]
    length = float(np.sqrt(np.sum(step**2)))
    assert length > 1e-6, "W1 does not move at all"
    against = -grads["dW1"] / np.sqrt(np.sum(grads["dW1"] ** 2))
    assert_same("the direction of the step of W1", step / length, against)


@pytest.mark.points(1)
def test_W(student, rng):
    """A weight matrix moves by learning_rate times dW, against it"""
    # The rate may be a whole number: this is asked here alone.
    assert_entries(student, short_and_long_step(rng, 200_000), ["W3"], ["W4"], ["W4"])


@pytest.mark.points(1)
def test_b(student, rng):
    """A bias moves by learning_rate times db, against it"""
    assert_entries(student, short_and_long_step(rng, 200_000.0), ["b3"], ["b2"], ["b2"])


def short_and_long_step(rng, large_rate):
    """Return the arguments of a small step, of a long one along small gradients, and of a tiny one.

    In the second one, layers have the same shape: the gradients of another one would fit. In the
    third one, the parameters are as near to 0 as biases are at the start.
    """
    equal, grads = random_case(rng, (3, 3, 3, 3, 1))
    small = {key: array / 1e5 for key, array in grads.items()}
    near_0 = {key: array / 1e6 for key, array in equal.items()}
    return [
        (*random_case(rng, (5, 4, 3, 1)), 0.0004),
        (equal, small, large_rate),
        (near_0, grads, 1e-6),
    ]


@pytest.mark.points(1)
def test_every_layer(student, rng):
    """Every layer moves by its own gradients, the first and the last too, for 1 to 12 layers"""
    # One of the networks is wide.
    cases, wanted = [], []
    for layer_dims, m in (((4, 1), 6), ((14, 12, 1), 6), ((5, 4, 3, 1), 6), DEEP):
        params, grads = random_case(rng, layer_dims, m)
        keys = [f"W{l}" for l in range(1, len(layer_dims))]
        # In another order: what belongs together has the same number, not the same place.
        if len(keys) > 2:
            params = dict(reversed(params.items()))
        else:
            grads = dict(reversed(grads.items()))
        cases.append((params, grads, 0.2))
        wanted.append(keys)
    # Where layers have the same shape, the gradients of another one would fit.
    cases.append((*random_case(rng, (3, 3, 3, 3, 1)), 0.2))
    wanted.append(["W1", "W2"])
    # More units, and more inputs, than most limits that an answer may have.
    shapes = {"W1": (WIDTH, 3), "b1": (WIDTH, 1), "W2": (1, WIDTH), "b2": (1, 1)}
    params = {key: normal(rng, *shape) for key, shape in shapes.items()}
    cases.append((params, grads_like(rng, params), 0.2))
    wanted.append(["W1", "W2"])
    assert_entries(student, cases, *wanted)


@pytest.mark.points(1)
def test_step_grows_with_learning_rate(student, rng):
    """The step is proportional to the learning rate: three times the rate, three times the step"""
    params, grads = random_case(rng, (4, 3, 2, 1))
    small, large = steps_of(student, [(params, grads, rate) for rate in (0.02, 0.06)])
    moved = False
    for key, value in params.items():
        step = small[key] - value
        moved = moved or bool(np.abs(step).max() > 1e-6)
        assert_same(f"the step of {key} at three times the rate", large[key] - value, 3 * step)
    assert moved, "under the keys of params, nothing moves at all"
    (still,) = steps_of(student, [(params, grads, 0.0)])
    assert alike(still, params), "parameters move although the learning rate is 0"


@cache
def _steep():
    """Return X, Y and parameters of a network in whose gradient every array has a share."""
    rng = np.random.default_rng(10)
    while True:
        X, Y, params, AL, caches = random_network(rng, (4, 5, 3, 1), 9)
        grads = L_model_backward(AL, Y, caches)
        shares = [float(np.sum(grads[f"d{key}"] ** 2)) for key in params]
        squared_length = sum(shares)
        # How far the cost would fall if db were subtracted from W, with dW or in its place.
        mixed = sum(float(np.sum(grads[f"dW{l}"] * grads[f"db{l}"])) for l in (1, 2, 3))
        alone = mixed / sum(float(np.sum(grads[f"dW{l}"] ** 2)) for l in (1, 2, 3))
        # A gradient that is nearly zero would leave nothing but rounding to compare; and if an
        # array had no share in it, nobody would notice that it was left out.
        enough = min(*shares, abs(mixed)) > 0.03 * squared_length
        if squared_length > 1e-3 and enough and abs(alone - 1) > 0.1:
            return X, Y, params


def steep_network(rng):
    """Return X, Y, parameters and true gradients, each of them with a share in the whole."""
    X, Y, params = _steep()
    X, params = rescaled(rng, X, params)
    AL, caches = L_model_forward(X, params)
    return X, Y, params, L_model_backward(AL, Y, caches)


@pytest.mark.points(1)
def test_cost_falls(student, rng):
    """A short step lowers the cost by learning_rate times the squared length of its gradient"""
    # One step of another direction may lower it as much by chance, but not three of them.
    networks = [steep_network(rng) for _ in range(3)]
    # Of a step that stands out from rounding a part that is short enough for the first order to
    # be all there is.
    learning_rate, part = 0.1, 1e-5
    steps = steps_of(student, [(params, grads, learning_rate) for *_, params, grads in networks])
    for (X, Y, params, grads), stepped in zip(networks, steps, strict=True):
        squared_length = sum(float(np.sum(grads[f"d{key}"] ** 2)) for key in params)
        parameters = {key: value + part * (stepped[key] - value) for key, value in params.items()}
        fall = network_cost(X, Y, params) - network_cost(X, Y, parameters)
        ratio = fall / (part * learning_rate * squared_length)
        # Written so that a ratio of nan fails, too.
        assert abs(ratio - 1) < 1e-2, f"the cost falls by {ratio:.3g} times what it should"


@pytest.mark.points(1)
def test_two_steps(student, rng):
    """Two steps in a row add up: the second starts where the first one ended"""
    params, grads = random_case(rng, (4, 3, 1))
    _, second_grads = random_case(rng, (4, 3, 1))
    (first,) = steps_of(student, [(params, grads, 0.3)])
    # The second, and each by itself, as the function takes it.
    second, alone = steps_of(student, [(one, second_grads, 0.1) for one in (first, params)])
    both = {key: first[key] + alone[key] - value for key, value in params.items()}
    assert not alike(first, alone), (
        "under the keys of params, the step is the same for other gradients"
    )
    assert_same("the dictionary after two steps", second, both)


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The new parameters follow from the arguments alone, which stay unchanged, call after call"""
    params, grads = random_case(rng, (4, 3, 1))
    # Where nothing moves, the new arrays are new, too.
    grads["db1"] = 0.0 * grads["db1"]
    assert_repeats(
        student,
        lambda _, returned: parameters_in(returned),
        (params, grads, 0.2),
        (params, grads, 0.0),
        "the caller's parameters or gradients",
    )
