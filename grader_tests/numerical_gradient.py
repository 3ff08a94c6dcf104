"""Hidden tests of numerical_gradient."""

import numpy as np
import pytest

from grader_tests.draws import network, normal
from grader_tests.lab_support import assert_computes
from grader_tests.support import Case, assert_gradient, network_cost
from solutions.L_model_backward import L_model_backward
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.given.landscapes import bowl, cubes, waves

RETURNS = ("gradient",)


def public_cases():
    """Inputs of the visible checks."""
    # With a large step every mistake shows in the numbers, and none in the rounding alone.
    vector = np.array([1.0, -2.0, 0.5])
    matrix = np.array([[0.5, -1.0, 2.0], [1.5, 0.25, -0.75]])
    yield Case("sum of cubes, 3 numbers, h = 0.1", (cubes, vector, 0.1))
    yield Case("waves, 2 rows of 3 numbers, h = 0.01", (waves, matrix, 0.01))
    yield Case(
        "sum of cubes, whole numbers in a column, h = 0.25", (cubes, np.array([[3], [-2]]), 0.25)
    )


def gradient_of(student, f, theta, h):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(f, theta, h), RETURNS)[0]


@pytest.mark.points(1)
def test_gradient_has_the_shape_of_theta(student, rng):
    """The gradient has the shape of theta, whatever it is, and so has what f is asked about"""
    for shape in ((4,), (5, 1), (2, 3, 2), ()):

        def f(theta, shape=shape):
            assert np.shape(theta) == shape, (
                f"f is asked about an array of shape {np.shape(theta)}; theta has {shape}"
            )
            return bowl(theta)

        got = gradient_of(student, f, np.asarray(rng.standard_normal(shape)), 1e-4)
        array_of_numbers("the gradient", got, shape)


@pytest.mark.points(1)
def test_gradient_is_central(student, rng):
    """Each difference is central: once h up, once h down, divided by the distance of the two"""
    # Of cubes with a large step, a central difference is the slope plus h**2, and nothing else is.
    for h in (0.3, 0.1):
        theta = rng.choice([-1.0, 1.0], (2, 3)) * rng.uniform(0.5, 2.0, (2, 3))
        theta[0, 0] = 2.5
        assert_same("the gradient", gradient_of(student, cubes, theta, h), 3 * theta**2 + h**2)
    # Slopes may be steep.
    theta *= 100
    got = gradient_of(student, cubes, theta, h)
    assert_same("the gradient of large numbers", got, 3 * theta**2 + h**2)
    # Or nearly level: what is rounded, or taken for 0, shows.
    got = gradient_of(student, lambda x: 1e-9 * cubes(x), theta / 100, h)
    got = 1e9 * array_of_numbers("the gradient of a nearly level function", got, theta.shape)
    want = 3 * (theta / 100) ** 2 + h**2
    assert_same("the gradient of a nearly level function, relative to its height,", got, want)
    # A step that is larger than it should be would go beyond a kink.
    near = np.array([-3e-5, 3e-5])
    got = gradient_of(student, lambda x: float(np.sum(np.abs(x))), near, 1e-6)
    assert_gradient("the gradient", got, np.sign(near), "the slope beside a kink", 1e-3)


@pytest.mark.points(1)
def test_gradient_moves_one_entry_at_a_time(student, rng):
    """Each entry moves alone, while all others stay where they are"""
    M = normal(rng, 4, 4) + 3 * np.eye(4)
    theta = normal(rng, 4)
    # One of them is 0, where the function has a slope as elsewhere.
    theta[1] = 0.0

    def form(x):
        return float(x @ M @ x)

    assert_same("the gradient", gradient_of(student, form, theta, 0.01), (M + M.T) @ theta)


@pytest.mark.points(1)
def test_gradient_of_whole_numbers(student, rng):
    """It works where theta holds whole numbers"""
    theta = rng.integers(1, 6, (3, 2))
    theta[0, 0] = 15
    # A step that is large beside theta: what is lost with it is seen.
    assert_same("the gradient", gradient_of(student, cubes, theta, 0.25), 3.0 * theta**2 + 0.25**2)


@pytest.mark.points(1)
def test_gradient_of_a_cost(student, rng):
    """For the cost of a network it gives what backpropagation gives"""
    X, Y, parameters, AL, caches = network(rng, (3, 4, 1), 6)
    grads = L_model_backward(AL, Y, caches)
    for key in ("W1", "W2"):
        measured = gradient_of(
            student,
            lambda array, key=key: network_cost(X, Y, {**parameters, key: array}),
            parameters[key],
            1e-6,
        )
        want = grads[f"d{key}"]
        measured = array_of_numbers("the gradient", measured, want.shape)
        error = np.abs(measured - want).max() / np.abs(want).max()
        # Room for a one-sided difference of this step, too: which kind it is, another test asks.
        said = f"it differs from d{key} by {error:.2g}, relative to the largest entry"
        # So much may be rounding, of a cost that was computed in float32.
        if 5e-3 < error < 0.3:
            said += "; a step of 1e-6 needs float64: float32 keeps about 7 digits"
        assert error < 1e-4, said


@pytest.mark.points(1)
def test_gradient_theta_unchanged_and_repeatable(student, rng):
    """It leaves theta exactly as it was, and gives the same answer when called again"""
    theta, other = normal(rng, 3, 2) / 3, normal(rng, 3, 2, which=1)
    assert_computes(student, (waves, theta, 0.1), (waves, other, 0.1), "theta")
