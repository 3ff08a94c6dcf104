"""Hidden tests of gradient_check."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.draws import moved, network
from grader_tests.lab_support import mixed
from grader_tests.support import Case, random_network
from solutions.gradient_check import gradient_check as reference
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from workbook.course.compare import alike, array_of_numbers, split
from workbook.course.kinds import kind
from workbook.course.visible import ANOTHER_ANSWER, SAME_CALL

RETURNS = ("differences",)

#: A right gradient and its central difference of step 1e-5 agree far better than this; a one-sided
#: difference of that step does not.
RIGHT = 1e-6

#: The seed of the errors that decide nothing by chance.
_STEADY = 4

#: What is asked where the measuring itself is not: a gradient that is twice too large has 1/3.
VISIBLE = 1e-3


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
    return with_true_gradients(X, Y, parameters)


def chain(rng, L=12):
    """Return the same of layers of one unit.

    Twelve of them are so narrow that all their neighbours in one stack are not too many; the last
    digits of their numbers come twice. One example is far below 0 in the first layer, and none is
    near 0 in any.
    """
    X = moved(rng, np.array([[0.5, -8.0, 1.2, 2.3, 0.6]]))
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = moved(rng, np.array([[0.9 + 0.02 * l if l < L else -1.3]]))
        parameters[f"b{l}"] = moved(rng, np.array([[0.2 if l < L else 1.7]]))
    return with_true_gradients(X, np.array([[0.0, 1.0, 1.0, 1.0, 1.0]]), parameters)


def beside_a_kink():
    """Return the same of a network with a hidden unit so near 0 that every step crosses it.

    There a central difference is half the slope, and backpropagation says that all is well.
    """
    # Of numbers that float32 holds as they are.
    parameters = {
        "W1": np.array([[2.0**-20]]),
        "b1": np.array([[2.0**-30 - 2.0**-21]]),
        "W2": np.array([[2.0]]),
        "b2": np.array([[0.5]]),
    }
    return with_true_gradients(np.array([[0.5]]), np.array([[0.0]]), parameters)


def with_true_gradients(X, Y, parameters):
    """Return parameters, their true gradients, X and Y."""
    # Of numbers that float32 holds as they are, an answer that begins with it loses nothing.
    X, parameters = (
        X.astype("f4").astype(float),
        {key: array.astype("f4").astype(float) for key, array in parameters.items()},
    )
    AL, caches = L_model_forward(X, parameters)
    return parameters, L_model_backward(AL, Y, caches), X, Y


def half_doubled(parameters, grads):
    """Return the gradients, every second one of them doubled, and the keys of these."""
    wrong = [f"d{key}" for key in sorted(parameters)[::2]]
    return {**grads, **{key: 2 * grads[key] for key in wrong}}, wrong


def with_errors(rng, parameters, grads):
    """Return gradients that differ visibly from the true ones, each array by another amount."""
    wrong = dict(grads)
    for key in parameters:
        true = grads[f"d{key}"]
        size = np.sqrt(np.mean(true**2))
        wrong[f"d{key}"] = true + rng.uniform(0.2, 1.5) * size * rng.standard_normal(true.shape)
    return wrong


def with_steady_errors(rng, parameters, grads):
    """Return the same with errors of which the draw decides nothing: it moves each by about 1%."""
    wrong = with_errors(np.random.default_rng(_STEADY), parameters, grads)
    return {key: grads[key] + moved(rng, wrong[key] - grads[key]) for key in grads}


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
        rounded = {f"d{k}": np.round(wrong[f"d{k}"], 3) for k in parameters}
        yield Case(title, (parameters, {"dA0": np.ones(X.shape), **rounded}, X, Y))
    # Inputs so large that the cost bends within a step: there, what kind of difference it is shows.
    X = np.array([[220.0, -150.0, 180.0, -240.0], [130.0, 210.0, -190.0, -160.0]])
    Y = np.array([[1.0, 0.0, 0.0, 1.0]])
    parameters = {"W1": np.array([[0.01, -0.01]]), "b1": np.array([[0.5]])}
    AL, caches = L_model_forward(X, parameters)
    grads = L_model_backward(AL, Y, caches)
    wrong = {"dW1": np.round(1.5 * grads["dW1"], 1), "db1": np.round(3 * grads["db1"], 2)}
    yield Case("1 unit, inputs of about 200, 2 wrong gradients", (parameters, wrong, X, Y))


def too_large(key, value):
    """Return what is to be said of a difference of a true gradient that is too large."""
    said = f"the difference of the true {key} is {value:.2g}"
    # A cost in float32 is off by 1e-7; in a slope of a step of 1e-5 that is an error of 1e-2.
    coarse = "; if you compute in float32, which keeps about 7 digits, use float64"
    return said + coarse if 1e-4 < abs(value) < 0.3 else said


def differences_of(student, parameters, grads, X, Y, missing=False):
    """Return the differences by key, or raise AssertionError unless each is there as a number.

    Some may be ``missing`` where another test asks for all.
    """
    (found,) = split(student(parameters, grads, X, Y), RETURNS)
    assert isinstance(found, dict), (
        f"the function returned {kind(found)}; it should be a dictionary"
    )
    keys = [f"d{key}" for key in parameters]
    given = [key for key in keys if key in found]
    complete = bool(given) if missing else given == keys
    assert complete, f"differences has no key {sorted({*keys} - {*given})[0]!r}"
    for key in given:
        value = array_of_numbers(f"the difference of {key}", found[key], ())
        assert np.isfinite(value), f"the difference of {key} is not finite"
    return {key: float(found[key]) for key in given}


def assert_differences(student, parameters, grads, X, Y, allowed):
    """Raise AssertionError unless each difference is right, to what is ``allowed`` for its key."""
    want = reference(parameters, grads, X, Y)
    for key, value in differences_of(student, parameters, grads, X, Y).items():
        error = abs(value - want[key])
        assert error <= allowed.get(key, VISIBLE), f"the difference of {key} is off by {error:.2g}"


def assert_tells_apart(student, parameters, grads, X, Y, right=VISIBLE):
    """Raise AssertionError unless right gradients have small differences, doubled ones large."""
    mixed, wrong = half_doubled(parameters, grads)
    found = differences_of(student, parameters, mixed, X, Y, missing=True)
    for key, value in found.items():
        assert key in wrong or abs(value) < right, too_large(key, value)
    # How large they are, another test asks.
    blamed = [key for key in wrong if abs(found.get(key, 0.0)) > 0.1]
    assert blamed, "no gradient that is twice too large has a difference above 0.1"


@pytest.mark.points(2)
def test_check_accepts_right_gradients(student, rng):
    """True gradients get differences below 1e-6 beside wrong ones, for 2 and 3 layers"""
    for layer_dims, m in (((4, 3, 1), 6), ((4, 5, 3, 1), 7)):
        assert_tells_apart(student, *designed(rng, layer_dims, m), RIGHT)


@pytest.mark.points(1)
def test_check_measures_wrong_gradients(student, rng):
    """Wrong gradients get their relative difference, small or large, of very sure answers, too"""
    for parameters, grads, X, Y in (designed(rng, (4, 1), 5), designed(rng, (4, 3, 1), 6)):
        # A small error, too: its difference is 6e-5, which rounding to 4 digits does not hold, and
        # which somebody may take for 0.
        small = {"dW1": (1 + 1.2e-4) * grads["dW1"]}
        # And one of the right length.
        turned = {"db1": -grads["db1"]}
        wrong = {**with_steady_errors(rng, parameters, grads), **small, **turned}
        assert_differences(student, parameters, wrong, X, Y, {"dW1": 2.5e-5})
    # A smaller one still, where measuring is so exact: between two numbers of 7 decimals.
    near = {**grads, "dW1": (1 + 3e-7) * grads["dW1"]}
    right, found = (differences_of(student, parameters, g, X, Y)["dW1"] for g in (grads, near))
    assert abs(right) > 1e-8 or abs(found - 1.5e-7) < 1.5e-8, (
        f"the difference of a dW1 that is nearly right is {found / 1.5e-7:.2g} times what it "
        "should be: is it rounded, or taken for 0?"
    )
    # Answers that are sure, to 3e-5; that far out, 1e-7 beside AL shows.
    parameters, grads, X, Y = designed(rng, (4, 1), 8, sure=True)
    # Labels may be whole numbers.
    Y = Y.astype(int)
    wrong = {key: 20 * value for key, value in grads.items()}
    found = differences_of(student, parameters, wrong, X, Y)
    for key, want in reference(parameters, wrong, X, Y).items():
        error = abs(found[key] - want)
        assert error <= 1e-2, (
            f"the difference of {key} for very sure answers is off by {error:.2g}: is AL cut off?"
        )
    found = differences_of(student, *beside_a_kink())
    # How a slope is measured, another test asks.
    assert abs(found["db1"]) > 1e-9, (
        "right beside the kink of a ReLU the difference is 0: the gradients are compared with "
        "computed ones, and not with measured ones"
    )


@pytest.mark.points(1)
def test_check_of_twelve_layers(student, rng):
    """In a network of twelve layers, each gradient gets its difference under its own key"""
    parameters, grads, X, Y = chain(rng)
    wrong = with_steady_errors(rng, parameters, grads)
    # In another order.
    assert_differences(student, mixed(parameters, 0), wrong, X, Y, {})
    # A gradient that somebody forgot, and that is 0, is compared, too.
    parameters, grads, X, Y = chain(rng, 3)
    assert_differences(student, parameters, {**grads, "dW2": np.zeros((1, 1))}, X, Y, {})


@pytest.mark.points(1)
def test_check_names_the_layer(student, rng):
    """One wrong gradient is found where it is, and the others stay without blame"""
    parameters, grads, X, Y = chain(rng, 3)
    for key in parameters:
        # Doubled, it is a third of the sum of the two lengths away.
        wrong = {**grads, f"d{key}": 2 * grads[f"d{key}"]}
        # Labels may be truths.
        found = differences_of(student, parameters, wrong, X, Y == 1)
        blamed = [name for name, value in found.items() if abs(value) > VISIBLE]
        assert blamed == [f"d{key}"], (
            f"with d{key} twice too large, the differences above {VISIBLE} are: "
            f"{', '.join(blamed) or 'none'}"
        )
        error = abs(found[f"d{key}"] - 1 / 3)
        assert error <= VISIBLE, f"the difference of a doubled d{key} is off by {error:.2g}"


@pytest.mark.points(1)
def test_check_ignores_other_keys(student, rng):
    """Keys of grads that belong to no parameter, such as dA0, are not looked at"""
    parameters, grads, X, Y = chain(rng, 3)
    only = {f"d{key}": grads[f"d{key}"] for key in parameters}
    other = {"dA0": np.zeros(X.shape), **only, "dA2": np.ones((1, 5))}
    for given in (only, other):
        assert_tells_apart(student, parameters, given, X, Y)
    (found,) = split(student(parameters, other, X, Y), RETURNS)
    blamed = [key for key in ("dA0", "dA2") if key in found]
    assert not blamed, (
        f"differences has a key {blamed[0]!r}, which belongs to no parameter: leave it out"
    )


@pytest.mark.points(1)
def test_check_inputs_unchanged(student, rng):
    """It leaves parameters, gradients, X and Y exactly as they were"""
    parameters, grads, X, Y = designed(rng, (3, 2, 1), 5)
    wrong, keys = half_doubled(parameters, grads)
    case = parameters, wrong, X, Y
    before = copy.deepcopy(case)
    found = []
    for _ in range(2):
        found.append(differences_of(student, *case, missing=True))
        assert_unchanged(before, case, "the parameters, the gradients, X or Y")
    first, again = found
    assert alike(again, first, SAME_CALL), ANOTHER_ANSWER
    numbers = [value for key, value in first.items() if key in keys]
    others = [value for key, value in first.items() if key not in keys]
    assert not alike(numbers, others), "right and wrong gradients have the same differences"
