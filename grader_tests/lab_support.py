"""What the hidden tests of several functions of a lab share: the same test on other functions.

``reference`` is the function's reference, ``returns`` are the names of what it returns.
"""

import copy
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any

import numpy as np

from grader_tests.calls import assert_repeats, assert_unchanged
from grader_tests.draws import DEEP, network
from grader_tests.random_support import (
    Drawn,
    assert_independent,
    assert_near_normal,
    assert_normals,
    assert_scale,
    assert_scales,
    many_numbers,
)
from grader_tests.support import (
    Case,
    assert_gradient,
    numerical_gradient,
    parameters_in,
    weights_of_shapes,
)
from workbook.course.compare import NormalArray, array_of_numbers, assert_same, split


def assert_answers(student, reference, cases: Iterable[tuple[Any, ...]], returns, chosen) -> None:
    """Raise AssertionError unless the chosen ones of the returned values are right."""
    for case in cases:
        found, wanted = split(student(*case), returns), split(reference(*case), returns)
        for name, got, want in zip(returns, found, wanted, strict=True):
            if name in chosen:
                assert_same(name, got, want)


def assert_computes(student, inputs: tuple[Any, ...], others: tuple[Any, ...], what: str) -> None:
    """Raise AssertionError unless an answer follows from its inputs, which stay as they are.

    It is no input itself, either. Arguments as those of `assert_repeats`.
    """

    def call(*arguments):
        given = list(_arrays(copy.deepcopy(arguments)))
        answer = student(*arguments)
        assert answer is not None, "the function returned None: is the `return` line missing?"
        arrays = list(_arrays(answer))
        new = (not any(np.array_equal(array, one) for one in given) for array in arrays)
        assert not arrays or any(new), "what comes back is what was given"
        return answer

    assert_repeats(call, lambda _, answer: answer, inputs, others, what)


def _arrays(value: Any) -> Iterator[np.ndarray]:
    """Yield the arrays of more than one number in a tree of containers."""
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _arrays(one)
    elif isinstance(value, np.ndarray) and value.size > 1:
        yield value


def mixed(values: dict[str, Any], which: int) -> dict[str, Any]:
    """Return a dictionary in another order, the same one for each ``which``."""
    keys = sorted(values)
    order = np.random.default_rng([7, which]).permutation(len(keys))
    return {keys[i]: values[keys[i]] for i in order}


def deep_network(rng):
    """Return X, Y and parameters of a network of 12 layers, in an order of their own."""
    X, Y, parameters, _, _ = network(rng, *DEEP)
    return X, Y, mixed(parameters, 0)


# Initialisers

#: Large enough for statistics to bite, neighbours of clearly different sizes.
LARGE_LAYERS = (60, 150, 80, 200)


def initialiser_cases(standard_deviation: Callable[[int, int], float]) -> Iterator[Case]:
    """Return public cases of an initialiser, from the rule of (n_prev, n_l) that it follows."""
    # Large, so that chance cannot hide the scale of the numbers; sizes that tell rules apart, also
    # that which takes every layer for one behind the input; some layers grow, and some shrink.
    for layer_dims in ([220, 260, 300], [320, 120]):
        expected = {}
        for layer in range(1, len(layer_dims)):
            n_prev, n_l = layer_dims[layer - 1], layer_dims[layer]
            expected[f"W{layer}"] = NormalArray((n_l, n_prev), standard_deviation(n_prev, n_l))
            expected[f"b{layer}"] = np.zeros((n_l, 1))
        yield Case(f"layer_dims {layer_dims}", (layer_dims,), expected)


def dims_of_all_depths(rng) -> list[list[int]]:
    """Return layer_dims of 1, 3 and 12 layers, and one with a layer of one unit."""
    different = [int(n) for n in rng.permutation(np.arange(2, 10))[:4]]
    return [list(DEEP[0]), different[:2], different, [3, 1, 2]]


def parameters_of(student, layer_dims: Sequence[int]) -> dict[str, Any]:
    """Return an initialiser's answer, or raise AssertionError if it is no dictionary."""
    # The function gets a list of its own, so that a change of it is judged in one test only.
    return parameters_in(student(list(layer_dims)))


def large_weights(student, layer_dims: Sequence[int]) -> dict[str, np.ndarray]:
    """Return the weights that a large network has, whatever their shapes, for statistics on them.

    That no layer is missing, the test of the shapes asks.
    """
    parameters = parameters_of(student, layer_dims)
    keys = {str(key).replace("_", "").capitalize() for key in parameters}
    right = {f"W{l}": (layer_dims[l], layer_dims[l - 1]) for l in range(1, len(layer_dims))}
    there = {key: shape for key, shape in right.items() if key in keys}
    assert there, "parameters has no key of a weight matrix, such as 'W1'"
    return many_numbers(parameters, there)


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
    # With one or two inputs to a layer, 1 more or less in the rule is another rule.
    for layer_dims in (LARGE_LAYERS, LARGE_LAYERS[::-1], [2, 4000, 1, 4000]):
        found = {}
        for key, W in large_weights(student, layer_dims).items():
            layer = int(key[1:])
            sigma = standard_deviation(layer_dims[layer - 1], layer_dims[layer])
            found[key] = 0.01 / sigma * W
        assert_scales(found)
    # And where a layer has one unit and one input, with enough layers to tell.
    single = large_weights(student, [1] * 4001)
    together = np.concatenate([W.ravel() for W in single.values()])
    # Whether all layers are there, another test asks.
    if len(together) < 1000:
        return
    name = "W between layers of one unit"
    assert_scale(name, 0.01 / standard_deviation(1, 1) * together)
    assert_near_normal(name, together)


def assert_new_normal_weights(student) -> None:
    """Raise AssertionError unless all weights of two calls are normal, and all are new."""
    one, other = (large_weights(student, LARGE_LAYERS) for _ in range(2))
    assert_normals(one)
    first, second = ({key: Drawn(W) for key, W in some.items()} for some in (one, other))
    for i, (key, W) in enumerate(first.items()):
        assert_independent(f"{key} of one call and {key} of the next", W, second[key])
        for before in list(first)[:i]:
            assert_independent(f"{before} and {key}", first[before], W)


def assert_layer_dims_unchanged(student, reference, rng) -> None:
    """Raise AssertionError unless two calls leave layer_dims as it is and give the same layers."""
    # Layers of one size, which must not have one array between them.
    layer_dims = [int(rng.integers(2, 6)), 3, 3, 3]
    before = copy.deepcopy(layer_dims)
    found = []
    for _ in range(2):
        parameters = parameters_in(student(layer_dims))
        assert_unchanged(before, layer_dims, "layer_dims")
        arrays = {key for key, value in parameters.items() if isinstance(value, np.ndarray)}
        found.append(reference(before).keys() & arrays)
        assert found[-1], "parameters has no array under a key such as 'W1'"
        if {"W2", "W3"} <= found[-1]:
            same = np.array_equal(parameters["W2"], parameters["W3"])
            assert not same, "W2 and W3 hold the same numbers"
    assert found[0] == found[1], "a second call gives other layers"


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
    # A square one, in which rows may stand for columns.
    for shape in ((6, 9), (4, 4), (5,), (2, 3, 2), ()):
        # The first number that is drawn is far out; alone it should lie where the slope is not 0.
        Z = draw(shape) if shape else np.asarray(draw(shape) / 10)
        # A sum's gradient holds the slope of each of its terms.
        numerical = numerical_gradient(lambda z: float(np.sum(activation(z))), Z)
        assert_gradient("the slope", slope_of(student, Z), numerical, f"the slope of {name}")


def assert_ends(student, reference, at_zero: float, Z: np.ndarray) -> None:
    """Raise AssertionError unless a slope is right at 0, even (at -Z), and 0 far out.

    It is right for whole numbers, too.
    """
    assert_same("the slope at 0", slope_of(student, np.zeros((1, 1))), np.array([[at_zero]]))
    assert_same("the slope at -Z", slope_of(student, -Z), reference(Z))
    whole = np.array([[-1000, -2, -1, 0, 1, 2, 1000]])
    got = slope_of(student, whole)
    numbers = array_of_numbers("the slope", got, whole.shape)
    assert np.asarray(got).dtype.kind == "f", (
        "of whole numbers in Z the slopes are whole numbers, too, as in an array made like Z: give "
        "that one `dtype=float`"
    )
    inner = numbers[:, 1:-1]
    assert_same("the slope at whole numbers", inner, reference(whole / 1.0)[:, 1:-1])
    far = np.abs(numbers[:, [0, -1]])
    assert not np.isnan(far).any(), (
        "the slope far out is nan, and should be 0: exp of a large number is infinite in the "
        "computer, and infinity divided by infinity is no number"
    )
    assert np.all(far < 1e-12), (
        f"the slope far out is {far.max():.2g}; it should be 0, but for rounding"
    )
