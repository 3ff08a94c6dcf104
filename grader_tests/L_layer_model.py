"""Hidden tests of L_layer_model."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.draws import DEEP, moved, normal
from grader_tests.support import Case, entry, network_cost, numbers
from solutions.L_layer_model import L_layer_model as reference
from workbook.course.compare import NormalArray, alike, array_of_numbers, assert_same, split
from workbook.course.kinds import kind
from workbook.course.visible import SAME_CALL

RETURNS = ("parameters", "costs")

# On inputs that are all zero only the last bias learns: whatever the random weights are, the costs
# and the biases are the same numbers for every right answer.


def only_the_last_bias(rng, layer_dims, m=8):
    """Return inputs that are all zero, and labels of which more are 1 than 0."""
    Y = np.zeros((1, m))
    Y[0, rng.permutation(m)[: m - 2]] = 1
    return np.zeros((layer_dims[0], m)), Y


def public_cases():
    """Inputs of the visible checks."""
    for title, layer_dims, ones, learning_rate, steps in (
        ("all inputs zero, layers of 3, 2 and 1 units, 4 iterations", [3, 2, 1], 3, 0.5, 4),
        ("all inputs zero, layers of 2, 4, 3 and 1 units, 3 iterations", [2, 4, 3, 1], 1, 1.5, 3),
    ):
        Y = (np.arange(4) < ones).astype(float).reshape(1, 4)
        args = (np.zeros((layer_dims[0], 4)), Y, layer_dims, learning_rate, steps)
        parameters, costs = reference(*args)
        for key, value in parameters.items():
            if key.startswith("W"):
                parameters[key] = NormalArray(value.shape, 0.01)
        yield Case(title, args, (parameters, costs))


def parameters_of(student, *args):
    """Return the parameters, or raise AssertionError if they are none."""
    parameters, _ = split(student(*args), RETURNS)
    assert isinstance(parameters, dict), (
        f"the first value is {kind(parameters)}; it should be the dictionary, parameters"
    )
    return parameters


def costs_of(student, *args):
    """Return the costs as a list, or raise AssertionError if they are none."""
    return costs_in(split(student(*args), RETURNS)[1])


def costs_in(costs):
    """Return the second value of an answer as a list, or raise AssertionError if it is none."""
    assert isinstance(costs, list | tuple | np.ndarray), (
        f"the second value is {kind(costs)}; it should be the list costs"
    )
    return list(costs)


def numbers_of(costs):
    """Return the costs as an array, or raise AssertionError unless each is a single number."""
    return np.array(
        [float(array_of_numbers(f"cost {n}", cost, ())) for n, cost in enumerate(costs, 1)]
    )


@pytest.mark.points(1)
def test_model_keys_and_shapes(student, rng):
    """It returns the parameters of every layer, in the shapes that layer_dims asks for"""
    for layer_dims in ([4, 1], [5, 4, 1], list(DEEP[0])):
        X, Y = only_the_last_bias(rng, layer_dims)
        parameters = parameters_of(student, X, Y, layer_dims, 0.1, 2)
        for layer in range(1, len(layer_dims)):
            W, b = (numbers(parameters, f"{kind}{layer}") for kind in "Wb")
            rows, columns = layer_dims[layer], layer_dims[layer - 1]
            assert W.shape == (rows, columns), f"W{layer} has shape {W.shape}"
            assert b.shape == (rows, 1), f"b{layer} has shape {b.shape}"


@pytest.mark.points(1)
def test_model_costs(student, rng):
    """The costs are those of every iteration, each from before its step"""
    for layer_dims, steps in (([3, 2, 1], 5), ([4, 1], 130)):
        X, Y = only_the_last_bias(rng, layer_dims)
        # Labels may be whole numbers.
        costs = costs_of(student, X, Y.astype(int), layer_dims, 0.4, steps)
        assert len(costs) == steps, f"{steps} iterations give {len(costs)} costs"
        want = reference(X, Y, layer_dims, 0.4, steps)[1]
        assert_same("costs", numbers_of(costs), np.array(want))
    # A second cost of 2.05e-5: of one that is rounded to six decimals, or to fewer, 2% are gone.
    # With all labels 1 the first step moves the bias from 0 to half the learning rate.
    rate = float(-2 * np.log(np.expm1(2.05e-5)))
    costs = numbers_of(costs_of(student, X, np.ones_like(Y), [4, 1], rate, 2))
    assert len(costs) == 2, f"2 iterations give {len(costs)} costs where the cost is soon small"
    error = abs(float(costs[1]) / 2.05e-5 - 1)
    rounded = "; is it rounded?" if error < 0.1 else ""
    # So far out, 1e-7 beside AL shows, but is no mistake. Written so that nan fails, too.
    assert error <= 1e-2, f"a small cost is not right: the relative error is {error:.2g}{rounded}"
    # That the cost is nearly 0 is no reason to stop.
    costs = costs_of(student, X, np.ones_like(Y), [4, 1], 40.0, 4)
    assert len(costs) == 4, f"4 iterations give {len(costs)} costs where the cost is soon near 0"
    # Without a step, the cost is that of the parameters that come back, also where X is large; not
    # so large that ten times larger weights give answers of exactly 0 or 1.
    # Another network has nearly this cost by chance, but not four times.
    for _ in range(4):
        far = 40 * normal(rng, 3, 8)
        parameters, costs = split(student(far, Y, [3, 1], 0.0, 1), RETURNS)
        W, b = numbers(parameters, "W1"), numbers(parameters, "b1")
        cost = float(numbers_of(costs)[0])
        error = abs(cost / network_cost(far, Y, {"W1": W, "b1": b}) - 1)
        assert error <= 1e-2, (
            f"the cost of large inputs is not right: the relative error is {error:.2g}"
        )
    # A step so long that the answers become sure, to 2e-5; that far out, 1e-7 beside AL shows.
    learning_rate = float(moved(rng, 43.0))
    # Most labels are 1, then most are 0: it is the others whose cost is a large logarithm.
    for labels in (Y, 1 - Y):
        args = X, labels, [4, 1], learning_rate, 2
        want = np.array(reference(*args)[1])
        costs = numbers_of(costs_of(student, *args))
        assert costs.shape == want.shape, f"2 iterations give {len(costs)} costs"
        error = float(np.max(np.abs(costs - want) / want))
        # Written so that an error of nan fails, too.
        assert error <= 1e-2, (
            f"the costs of a long step are not right: the relative error is {error:.2g}"
        )


@pytest.mark.points(1)
def test_model_steps(student, rng):
    """It takes num_iterations steps of length learning_rate, and returns what the last one gives"""
    layer_dims = [3, 2, 1]
    # Steps of 20 go too far, and the cost rises: the learning rate stays the same all the same.
    for learning_rate, steps in ((0.4, 1), (1.3, 6), (20.0, 3), (60.0, 1)):
        X, Y = only_the_last_bias(rng, layer_dims)
        # Labels may be truths.
        parameters = parameters_of(student, X, Y == 1, layer_dims, learning_rate, steps)
        want = reference(X, Y, layer_dims, learning_rate, steps)[0]
        where = "b2" if learning_rate < 2 else "b2 after steps so long that they go too far"
        assert_same(where, numbers(parameters, "b2"), want["b2"])
    # Where the weights do not learn, they are the small random numbers that they began as, after
    # so many steps that a little of each step shows.
    X, Y = only_the_last_bias(rng, [40, 30, 1])
    parameters = parameters_of(student, X, Y, [40, 30, 1], 0.4, 300)
    assert_same("W1", numbers(parameters, "W1"), NormalArray((30, 40), 0.01))
    # Of inputs so large, a single step moves the weights of all layers far; and of so many units,
    # some answer.
    X = 3000 * normal(rng, 3, 20)
    parameters = parameters_of(student, X, X[:1] > 0, [3, 40, 40, 1], 20.0, 1)
    # Whether all are there, another test asks.
    for key in [one for one in ("W1", "b1", "W2", "b2", "W3", "b3") if one in parameters]:
        largest = np.abs(numbers(parameters, key)).max()
        assert largest > (0.1 if key.startswith("W") else 0), (
            f"in a network of 3 layers, a step leaves {key} as it began"
        )


def logistic_problem(rng, n=3, m=40):
    """Return examples with labels that no line separates, and the lowest cost of a linear model."""
    X = normal(rng, n, m)
    # A third of the labels follow one feature; the others have nothing to do with the features.
    Y = np.resize([0.0, 1.0], (1, m))
    Y[0, : m // 3] = X[0, : m // 3] > 0
    ones = np.vstack([X, np.ones((1, m))])
    w = np.zeros((1, n + 1))
    # Newton's method on a convex cost, whose Hessian is A diag(p (1 - p)) A^T / m.
    for _ in range(12):
        p = 1 / (1 + np.exp(-w @ ones))
        hessian = (ones * (p * (1 - p))) @ ones.T / m
        w = w - np.linalg.solve(hessian, ones @ (p - Y).T / m).T
    return X, Y, network_cost(X, Y, {"W1": w[:, :n], "b1": w[:, n:]})


@pytest.mark.points(1)
def test_model_finds_the_lowest_cost(student, rng):
    """A linear model, trained for long, reaches the lowest cost that there is"""
    X, Y, lowest = logistic_problem(rng)
    parameters = parameters_of(student, X, Y, [3, 1], 2.0, 120)
    W, b = numbers(parameters, "W1"), numbers(parameters, "b1")
    assert (W.shape, b.shape) == ((1, 3), (1, 1)), "W1 or b1 has another shape"
    cost = network_cost(X, Y, {"W1": W, "b1": b})
    # Written so that a cost of nan fails, too.
    small = " and W1 is as small as it began: no step reaches it" if np.abs(W).max() < 0.1 else ""
    assert abs(cost - lowest) < 1e-4, (
        f"the cost ends {cost - lowest:.2g} above the lowest one that there is{small}"
    )


@pytest.mark.points(1)
def test_model_hidden_layer_learns(student, rng):
    """A network with a hidden layer learns: its cost falls to less than half"""
    X = normal(rng, 5, 60)
    # Moved together, these two stay in their order.
    X[0] = X[1] + normal(rng, 60)
    Y = (X[:1] > X[1:2]).astype(float)
    # So short that no answer comes near to exactly 0 or 1, whose logarithm is infinite.
    parameters = parameters_of(student, X, Y, [5, 8, 1], 0.25, 150)
    last = {key: numbers(parameters, key) for key in ("W1", "b1", "W2", "b2")}
    try:
        cost = network_cost(X, Y, last)
    except ValueError:
        raise AssertionError("the parameters do not fit together") from None
    # Answering 0.5 to everything costs log 2.
    assert cost < 0.5 * np.log(2), f"the cost of the returned parameters is {cost:.2g}"


@pytest.mark.points(1)
def test_model_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and a second call starts anew"""
    layer_dims = [3, 2, 1]
    X, Y = only_the_last_bias(rng, layer_dims)
    before = copy.deepcopy((X, Y, layer_dims))
    found = []
    for labels in (Y, Y, 1 - Y):
        parameters, costs = split(student(X, labels, layer_dims, 0.4, 3), RETURNS)
        assert isinstance(parameters, dict), f"the first value is {kind(parameters)}"
        parameters, costs = copy.deepcopy((parameters, costs_in(costs)))
        assert_unchanged(before, (X, Y, layer_dims), "X, Y or layer_dims")
        last = array_of_numbers("b2", entry("parameters", parameters, "b2"), (1, 1))
        found.append((numbers(parameters, "W1"), float(last[0, 0]), costs))
    large = normal(rng, 3, 8)
    student(large, Y, layer_dims, 0.0, 1)
    (W1, b, costs), (other_W1, again, other_costs), (_, opposite, _) = found
    assert not np.array_equal(W1, other_W1), "two calls begin with the same weights"
    assert alike(other_costs, costs, SAME_CALL), "a second call gives other costs"
    assert alike(again, b, SAME_CALL), "a second call with the same inputs ends elsewhere"
    assert b * opposite < 0, "with the opposite labels the last bias moves the same way"
