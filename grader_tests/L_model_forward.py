"""Hidden tests of L_model_forward."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, called
from grader_tests.draws import DEEP, MANY, network, normal, stretched, whole
from grader_tests.support import (
    STUDENT_STEP,
    STUDENT_TOLERANCE,
    Case,
    assert_gradient,
    assert_sure,
    central_differences,
    random_parameters,
)
from solutions.compute_cost import compute_cost
from solutions.L_model_forward import L_model_forward as reference
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

RETURNS = ("AL", "caches")


def random_input(rng, layer_dims, m=5):
    """Return X and the parameters of a random network."""
    X, _, parameters, _, _ = network(rng, layer_dims, m)
    return X, parameters


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(5)
    for title, layer_dims, m in (
        ("2 inputs, layers of 4, 3 and 1 units, 5 examples", (2, 4, 3, 1), 5),
        ("4 inputs, layers of 3 and 1 units, 2 examples", (4, 3, 1), 2),
        ("no hidden layer: 3 inputs, 1 unit, 4 examples", (3, 1), 4),
    ):
        X = np.round(rng.standard_normal((layer_dims[0], m)), 2)
        parameters = random_parameters(rng, layer_dims)
        yield Case(title, (X, {key: np.round(value, 2) for key, value in parameters.items()}))
    # With one unit a layer no shape can be wrong, so a wrong order of layers shows in the numbers.
    X = np.array([[0.5, -1.0, 2.0, 1.0, -0.4, 0.1]])
    weights, biases = (1.5, -0.8, 1.2, -0.7), (0.2, 1.5, -0.5, 0.4)
    parameters = {}
    for l in range(1, 5):
        parameters[f"W{l}"] = np.array([[weights[l - 1]]])
        parameters[f"b{l}"] = np.array([[biases[l - 1]]])
    yield Case("4 layers of one unit, 6 examples", (X, parameters))


def ALs_of(student, cases):
    """Yield the AL of each answer, or raise AssertionError if it is no array of AL's shape."""
    for (X, _), returned in called(student, cases):
        AL, _ = split(returned, RETURNS)
        yield array_of_numbers("AL", AL, (1, X.shape[1]))


def assert_ALs(student, cases):
    """Raise AssertionError unless each AL is right, whatever the caches are."""
    for case, AL in zip(cases, ALs_of(student, cases), strict=True):
        assert_same("AL", AL, reference(*case)[0])


@pytest.mark.points(1)
def test_AL_with_one_hidden_layer(student, rng):
    """AL is right for a network with one hidden layer"""
    # What the first one's hidden layer holds is small, and that of the second one large.
    first = stretched(*random_input(rng, (4, 3, 1), MANY), 0.001)
    second = stretched(*random_input(rng, (2, 6, 1), 7), 1000)
    # With as many inputs as examples, no shape tells which of them are the columns.
    assert_ALs(student, [first, second, random_input(rng, (4, 3, 1), 4)])


@pytest.mark.points(2)
def test_AL_with_more_hidden_layers(student, rng):
    """AL is right for two and for eleven hidden layers, in whatever order the parameters come"""
    first = random_input(rng, (5, 4, 3, 1), 6)
    X, parameters = random_input(rng, *DEEP)
    deep = X, dict(reversed(parameters.items()))
    # A layer that is silent for every example is no reason to stop.
    X, parameters = first
    silent = X, {**parameters, "b2": parameters["b2"] - 1000}
    assert_ALs(student, [first, deep, silent])


@pytest.mark.points(1)
def test_no_hidden_layer(student, rng):
    """A network without a hidden layer works: its only layer is the output layer"""
    X, parameters = random_input(rng, (4, 1))
    # An input of whole numbers, such as those of a picture.
    X, parameters["W1"] = whole(X), parameters["W1"] / 100
    AL, caches = split(student(X, parameters), RETURNS)
    want_AL, want_caches = reference(X, parameters)
    assert_same("AL", AL, want_AL)
    assert_same("caches", caches, want_caches)
    X, _, parameters, _, _ = network(rng, (4, 1), 8, sure=True)
    # The second one's answers go down to a millionth.
    cases = [(X, parameters), (X, {key: 1.3 * array for key, array in parameters.items()})]
    for case, AL in zip(cases, ALs_of(student, cases), strict=True):
        right, _ = reference(*case)
        assert_same("AL", AL, right)
        assert_sure("AL", AL, right)


def layer_caches(caches, L):
    """Return the caches if they are L entries, or raise AssertionError saying what they are."""
    assert isinstance(caches, tuple | list), f"caches is {kind(caches)}; it should be a list"
    assert len(caches) == L, (
        f"caches has {len(caches)} entries; a network of {L} layers has {L} caches"
    )
    return caches


@pytest.mark.points(2)
def test_one_cache_a_layer(student, rng):
    """caches holds one cache for each layer, first layer first"""
    # Equal sizes, so that no mistake elsewhere ends in an error before the caches can be seen.
    cases = [random_input(rng, layer_dims) for layer_dims in ((3, 3, 1), (3, 3, 3, 3, 1))]
    deep = {}
    for l in range(1, 13):
        deep |= {f"W{l}": normal(rng, 3, 3, which=l), f"b{l}": normal(rng, 3, 1, which=l)}
    cases.append((normal(rng, 3, 5), deep))
    for (_, parameters), returned in called(student, cases):
        L = len(parameters) // 2
        _, caches = split(returned, RETURNS)
        for l, cache in enumerate(layer_caches(caches, L), start=1):
            is_pair = isinstance(cache, tuple | list) and len(cache) == 2
            linear_cache = cache[0] if is_pair else None
            is_triple = isinstance(linear_cache, tuple | list) and len(linear_cache) == 3
            assert is_triple, (
                f"caches[{l - 1}] should be the cache that linear_activation_forward returns"
            )
            for letter, array in zip("Wb", linear_cache[1:], strict=True):
                assert_same(f"{letter} in caches[{l - 1}]", array, parameters[f"{letter}{l}"])


@pytest.mark.points(3)
def test_values_in_caches(student, rng):
    """Each cache holds its own layer's input, weights, biases and pre-activations"""
    cases = [random_input(rng, layer_dims, 6) for layer_dims in ((4, 3, 1), (5, 4, 3, 1))]
    for (X, parameters), returned in called(student, cases):
        _, caches = split(returned, RETURNS)
        layer_caches(caches, len(parameters) // 2)
        assert_same("caches", caches, reference(X, parameters)[1])


@pytest.mark.points(1)
def test_AL_by_finite_differences(student, rng):
    """The cost of AL responds to every parameter as the gradients say (finite differences)"""
    # With inputs of usual size, no step carries a unit near to ReLU's kink.
    X, Y, parameters, _, _ = network(rng, (5, 4, 3, 1), 4)

    # A random direction for each layer tells as much as all entries of its parameters, one by one.
    # All of them in one array: a single slope may happen to be nearly zero, and a finite difference
    # of it would be little but rounding.
    directions = {key: normal(rng, *array.shape) for key, array in parameters.items()}
    cases = []
    for l in range(1, len(parameters) // 2 + 1):
        for step in (STUDENT_STEP, -STUDENT_STEP):
            moved = {key: parameters[key] + step * directions[key] for key in (f"W{l}", f"b{l}")}
            cases.append((X, {**parameters, **moved}))
    got, want = (
        central_differences(
            [compute_cost(AL, Y) for AL in ALs_of(function, cases)], (-1,), STUDENT_STEP
        )
        for function in (student, reference)
    )
    meaning = "what the cost of your AL has"
    assert_gradient("the network's gradient", got, want, meaning, STUDENT_TOLERANCE)


@pytest.mark.points(1)
def test_one_example_and_one_unit(student, rng):
    """It works for one example, for one input and for layers of one unit"""
    sizes = ((4, 3, 1), 1), ((1, 3, 2, 1), 1), ((3, 1, 2, 1), 4), ((1, 1, 1), 3)
    assert_ALs(student, [random_input(rng, layer_dims, m) for layer_dims, m in sizes])


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """AL follows from X and the parameters alone, which stay unchanged, call after call"""
    X, parameters = random_input(rng, (4, 3, 1))
    others = {key: -array for key, array in parameters.items()}
    assert_repeats(
        student,
        lambda _, returned: split(returned, RETURNS)[0],
        (X, parameters),
        (X, others),
        "X or the parameters",
        [random_input(rng, (4, 1))],
    )
