"""What the hidden tests of several functions of a lab share: the same test on other functions.

``reference`` is the function's reference, ``returns`` are the names of what it returns.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from grader_tests.random_support import (
    assert_independent,
    assert_normals,
    assert_scales,
    many_numbers,
)
from grader_tests.support import (
    Case,
    assert_gradient,
    assert_unchanged,
    numerical_gradient,
    parameters_in,
    random_grads_like,
    random_parameters,
    random_state,
    rounded,
    weights_of_shapes,
    zero_state,
)
from workbook.course.compare import NormalArray, array_of_numbers, assert_same, split


def assert_answers(student, reference, cases: Iterable[tuple[Any, ...]], returns, chosen) -> None:
    """Raise AssertionError unless the chosen ones of the returned values are right."""
    for case in cases:
        found, wanted = split(student(*case), returns), split(reference(*case), returns)
        for name, got, want in zip(returns, found, wanted, strict=True):
            if name in chosen:
                assert_same(name, got, want)


def assert_repeats(student, reference, inputs: tuple[Any, ...], rest, returns, what: str) -> None:
    """Raise AssertionError unless two calls leave the inputs as they are and answer the same.

    ``rest`` are the arguments after the inputs, ``what`` names the inputs.
    """
    before = copy.deepcopy(inputs)
    wanted = split(reference(*before, *rest), returns)
    for _ in range(2):
        found = split(student(*inputs, *rest), returns)
        assert_unchanged(before, inputs, what)
        for name, got, want in zip(returns, found, wanted, strict=True):
            assert_same(name, got, want)


# Initialisers

#: Large enough for statistics to bite, neighbours of clearly different sizes.
LARGE_LAYERS = (60, 150, 80, 200)


def initialiser_cases(standard_deviation: Callable[[int, int], float]) -> Iterator[Case]:
    """Return public cases of an initialiser, from the rule of (n_prev, n_l) that it follows."""
    # Large, so that chance cannot hide the scale of the numbers; sizes that tell rules apart.
    for layer_dims in ([300, 100, 300], [100, 250]):
        expected = {}
        for layer in range(1, len(layer_dims)):
            n_prev, n_l = layer_dims[layer - 1], layer_dims[layer]
            expected[f"W{layer}"] = NormalArray((n_l, n_prev), standard_deviation(n_prev, n_l))
            expected[f"b{layer}"] = np.zeros((n_l, 1))
        yield Case(f"layer_dims {layer_dims}", (layer_dims,), expected)


def dims_of_all_depths(rng) -> list[list[int]]:
    """Return layer_dims of 1 to 4 layers, all sizes different, and one with a layer of one unit."""
    different = [int(n) for n in rng.permutation(np.arange(2, 10))[:5]]
    return [different[: L + 1] for L in (1, 2, 3, 4)] + [[3, 1, 2]]


def parameters_of(student, layer_dims: Sequence[int]) -> dict[str, Any]:
    """Return an initialiser's answer, or raise AssertionError if it is no dictionary."""
    # The function gets a list of its own, so that a change of it is judged in one test only.
    return parameters_in(student(list(layer_dims)))


def large_weights(student, layer_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Return the weights of a large network, whatever their shapes, for statistics on them."""
    keys = [f"W{layer}" for layer in range(1, len(layer_dims))]
    return many_numbers(parameters_of(student, layer_dims), keys, 60)


def assert_layers(student, reference, rng) -> None:
    """Raise AssertionError unless keys, shapes of weights, and biases are the reference's."""
    for layer_dims in dims_of_all_depths(rng):
        parameters, want = parameters_of(student, layer_dims), reference(layer_dims)
        extra = ", ".join(sorted(map(str, parameters.keys() - want.keys())))
        # The number of layers is later read from the number of keys.
        assert not extra, f"parameters has too many keys: {extra}"
        weights_of_shapes(parameters, {key: W.shape for key, W in want.items() if key[0] == "W"})
        assert_same("parameters", parameters, {key: want[key] for key in want if key[0] == "b"})


def assert_rule(student, standard_deviation: Callable[[int, int], float]) -> None:
    """Raise AssertionError unless the weights have the rule's standard deviation, layer by layer.

    The rule is a function of (n_prev, n_l).
    """
    for layer_dims in (LARGE_LAYERS, LARGE_LAYERS[::-1]):
        found = {}
        for layer, (key, W) in enumerate(large_weights(student, layer_dims).items(), 1):
            sigma = standard_deviation(layer_dims[layer - 1], layer_dims[layer])
            found[key] = 0.01 / sigma * W
        assert_scales(found)


def assert_new_normal_weights(student) -> None:
    """Raise AssertionError unless all weights of two calls are normal, and all are new."""
    one, other = (large_weights(student, LARGE_LAYERS) for _ in range(2))
    assert_normals(one)
    for i, (key, W) in enumerate(one.items()):
        assert_independent(f"{key} of one call and {key} of the next", W, other[key])
        for before in list(one)[:i]:
            assert_independent(f"{before} and {key}", one[before], W)


def assert_layer_dims_unchanged(student, reference, rng) -> None:
    """Raise AssertionError unless two calls leave layer_dims as it is and give all layers."""
    layer_dims = dims_of_all_depths(rng)[2]
    before = copy.deepcopy(layer_dims)
    for _ in range(2):
        parameters = parameters_in(student(layer_dims))
        assert_unchanged(before, layer_dims, "layer_dims")
        missing = ", ".join(sorted(reference(before).keys() - parameters.keys()))
        assert not missing, f"parameters lacks {missing}"


# Slopes of activations


def slope_of(student, Z: np.ndarray) -> Any:
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(Z), ("slope",))[0]


def assert_slope(
    student, activation: Callable[[Any], Any], draw: Callable[[Any], Any], name: str
) -> None:
    """Raise AssertionError unless the answer is the activation's slope, by finite differences.

    ``draw`` gives a Z of a shape, ``name`` is how messages call the activation.
    """
    # Many numbers: slopes that are rounded happen to be near the right ones for a few.
    for shape in ((6, 9), (1, 5), (4,)):
        Z = draw(shape)
        # A sum's gradient holds the slope of each of its terms.
        numerical = numerical_gradient(lambda z: float(np.sum(activation(z))), Z)
        assert_gradient("the slope", slope_of(student, Z), numerical, f"the slope of {name}")


def assert_ends(student, reference, at_zero: float, Z: np.ndarray) -> None:
    """Raise AssertionError unless a slope is right at 0, even (at -Z), and 0 far out."""
    assert_same("the slope at 0", slope_of(student, np.zeros((1, 1))), np.array([[at_zero]]))
    assert_same("the slope at -Z", slope_of(student, -Z), reference(Z))
    far = np.array([[-700.0, 700.0]])
    got = array_of_numbers("the slope", slope_of(student, far), far.shape)
    assert np.all(np.abs(got) < 1e-12), "the slope at -700 and 700 should be 0, but for rounding"


def assert_slope_repeats(student, reference, Z: np.ndarray) -> None:
    """Raise AssertionError unless two calls give the right slope and leave Z as it is."""
    before = Z.copy()
    for _ in range(2):
        assert_same("the slope", slope_of(student, Z), reference(before))
        assert_unchanged(before, Z, "Z")


# Optimisers


def training_case(rng, layer_dims: Sequence[int] = (4, 3, 2, 1)):
    """Return parameters, gradients and a state in the middle of a training."""
    params = random_parameters(rng, layer_dims)
    return params, random_grads_like(rng, params), random_state(rng, params)


def optimiser_cases(case: Callable[..., Any], rng, facts) -> Iterator[Case]:
    """Return a public case for each title, layer_dims and arguments after the states.

    ``case`` draws parameters, gradients and states. A first step starts with states of zeros.
    """
    for title, layer_dims, rest in facts:
        params, grads, *states = case(rng, layer_dims)
        if "first" in title:
            states = [zero_state(params) for _ in states]
        yield Case(title, (*map(rounded, (params, grads, *states)), *rest))


def assert_eps(student, reference, inputs, rest, first, returns) -> None:
    """Raise AssertionError unless eps stands where it should, and gradients of 0 move nothing.

    ``inputs`` are parameters, gradients and states; ``rest`` what follows but for eps, and
    ``first`` the same, with eps, for a first step.
    """
    params, grads, *states = inputs
    for eps in (0.05, 0.5):
        got = split(student(*inputs, *rest, eps), returns)[0]
        assert_same(f"parameters with eps = {eps}", got, reference(*inputs, *rest, eps)[0])
    nothing = {key: np.zeros_like(value) for key, value in grads.items()}
    zeros = [zero_state(params) for _ in states]
    got = split(student(params, nothing, *zeros, *first), returns)[0]
    assert_same("parameters with gradients of 0", got, params)


def assert_several_steps(student, reference, params, rng, rests, returns) -> None:
    """Raise AssertionError unless steps in a row, from states of zeros, end where they should.

    ``rests`` are the arguments after the states, of one step after the other.
    """
    ours = theirs = (params, *(zero_state(params) for _ in returns[1:]))
    for rest in rests:
        grads = random_grads_like(rng, params)
        ours = reference(ours[0], grads, *ours[1:], *rest)
        theirs = split(student(theirs[0], grads, *theirs[1:], *rest), returns)
        # Before the next step, which would be asked to start from something else.
        for name, got, want in zip(returns, theirs, ours, strict=True):
            assert_same(name, got, want)
