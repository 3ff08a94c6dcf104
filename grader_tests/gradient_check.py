"""Hidden tests of gradient_check."""

import copy

import numpy as np
import pytest

from grader_tests.draws import network
from grader_tests.support import Case, assert_unchanged, random_network
from solutions.gradient_check import gradient_check as reference
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from workbook.course.compare import assert_same, split
from workbook.course.kinds import kind

RETURNS = ("differences",)

#: A right gradient and its central difference of step 1e-5 agree far better than this; a one-sided
#: difference of that step does not.
RIGHT = 1e-6


def network_with_gradients(rng, layer_dims, m):
    """Return parameters, their true gradients, X and Y; no gradient is near zero."""
    while True:
        X, Y, parameters, AL, caches = random_network(rng, layer_dims, m)
        grads = L_model_backward(AL, Y, caches)
        if all(np.abs(grads[f"d{key}"]).max() > 3e-2 for key in parameters):
            return parameters, grads, X, Y


def designed(rng, layer_dims, m, sure=False):
    """Return the same of a network that is designed to decide."""
    X, Y, parameters, _, _ = network(rng, layer_dims, m, sure)
    # Of numbers that float32 holds as they are, an answer that begins with it loses nothing.
    X, parameters = (
        X.astype("f4").astype(float),
        {key: array.astype("f4").astype(float) for key, array in parameters.items()},
    )
    AL, caches = L_model_forward(X, parameters)
    return parameters, L_model_backward(AL, Y, caches), X, Y


def with_errors(rng, parameters, grads):
    """Return gradients that differ visibly from the true ones, each array by another amount."""
    wrong = dict(grads)
    for key in parameters:
        true = grads[f"d{key}"]
        size = np.sqrt(np.mean(true**2))
        wrong[f"d{key}"] = true + rng.uniform(0.2, 1.5) * size * rng.standard_normal(true.shape)
    return wrong


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(21)
    # Every difference is large: of one near 1e-10, only the order of magnitude has a meaning.
    for title, layer_dims, m in (
        ("3 inputs, layers of 2 and 1 units, 4 wrong gradients", (3, 2, 1), 5),
        ("2 inputs, layers of 3, 2 and 1 units, 6 wrong gradients", (2, 3, 2, 1), 6),
    ):
        parameters, grads, X, Y = network_with_gradients(rng, layer_dims, m)
        wrong = with_errors(rng, parameters, grads)
        yield Case(
            title, (parameters, {f"d{k}": np.round(wrong[f"d{k}"], 3) for k in parameters}, X, Y)
        )


def too_large(key, value):
    """Return what is to be said of a difference of a true gradient that is too large."""
    said = f"the difference of the true {key} is {value:.2g}"
    # A cost in float32 is off by 1e-7; in a slope of a step of 1e-5 that is an error of 1e-2.
    coarse = "; in float32, which keeps about 7 digits, it cannot be smaller: compute in float64"
    return said + coarse if abs(value) < 0.3 else said


def differences_of(student, parameters, grads, X, Y):
    """Return the differences by key, or raise AssertionError unless each is there as a number."""
    (found,) = split(student(parameters, grads, X, Y), RETURNS)
    assert isinstance(found, dict), (
        f"the function returned {kind(found)}; it should be a dictionary"
    )
    for key in parameters:
        assert f"d{key}" in found, f"differences has no key 'd{key}'"
        value = found[f"d{key}"]
        single = isinstance(value, int | float | np.number | np.ndarray) and np.ndim(value) == 0
        assert single, f"the difference of d{key} is {kind(value)}; it should be one number"
        assert np.isfinite(value), f"the difference of d{key} is not finite"
    return {f"d{key}": float(found[f"d{key}"]) for key in parameters}


@pytest.mark.points(2)
def test_check_accepts_right_gradients(student, rng):
    """True gradients get differences below 1e-6, for 1 to 4 layers"""
    for layer_dims, m in (((4, 1), 5), ((4, 3, 1), 6), ((4, 5, 3, 1), 7), ((3, 4, 3, 2, 1), 9)):
        case = designed(rng, layer_dims, m)
        for key, value in differences_of(student, *case).items():
            assert abs(value) < RIGHT, too_large(key, value)


@pytest.mark.points(2)
def test_check_measures_wrong_gradients(student, rng):
    """Wrong gradients get their relative difference, each under its own key"""
    for layer_dims, m in (((4, 1), 5), ((4, 3, 1), 6), ((5, 4, 3, 1), 8)):
        parameters, grads, X, Y = designed(rng, layer_dims, m)
        wrong = with_errors(rng, parameters, grads)
        want = reference(parameters, wrong, X, Y)
        for key, value in differences_of(student, parameters, wrong, X, Y).items():
            error = abs(value - want[key])
            # An epsilon of 1e-7 in the logarithms changes less.
            assert error <= RIGHT * 5, f"the difference of {key} is off by {error:.2g}"
    # Answers that are sure, to 3e-5; that far out, 1e-7 beside AL shows.
    parameters, grads, X, Y = designed(rng, (4, 1), 8, sure=True)
    wrong = {key: 2 * value for key, value in grads.items()}
    found = differences_of(student, parameters, wrong, X, Y)
    for key, want in reference(parameters, wrong, X, Y).items():
        error = abs(found[key] - want)
        assert error <= 1e-2, f"the difference of {key} for very sure answers is off by {error:.2g}"


@pytest.mark.points(1)
def test_check_names_the_layer(student, rng):
    """One wrong gradient is found where it is, and the others stay without blame"""
    parameters, grads, X, Y = designed(rng, (4, 3, 2, 1), 6)
    for key in parameters:
        # Doubled, it is a third of the sum of the two lengths away.
        found = differences_of(
            student, parameters, {**grads, f"d{key}": 2 * grads[f"d{key}"]}, X, Y
        )
        blamed = [name for name, value in found.items() if abs(value) > RIGHT]
        assert blamed == [f"d{key}"], (
            f"with d{key} twice too large, the differences above 1e-6 are: "
            f"{', '.join(blamed) or 'none'}"
        )
        assert_same(f"the difference of a doubled d{key}", found[f"d{key}"], 1 / 3)


@pytest.mark.points(1)
def test_check_ignores_other_keys(student, rng):
    """Keys of grads that belong to no parameter, such as dA0, are not looked at"""
    parameters, grads, X, Y = designed(rng, (4, 3, 1), 6)
    only = {f"d{key}": grads[f"d{key}"] for key in parameters}
    other = {**only, "dA0": np.zeros((4, 6)), "dA2": np.ones((1, 6))}
    for given in (only, other):
        for key, value in differences_of(student, parameters, given, X, Y).items():
            assert abs(value) < RIGHT, too_large(key, value)


@pytest.mark.points(1)
def test_check_inputs_unchanged(student, rng):
    """It leaves parameters, gradients, X and Y exactly as they were"""
    case = designed(rng, (3, 2, 1), 5)
    before = copy.deepcopy(case)
    for _ in range(2):
        differences_of(student, *case)
        assert_unchanged(before, case, "the parameters, the gradients, X or Y")
