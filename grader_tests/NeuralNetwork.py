"""Hidden tests of NeuralNetwork."""

import copy

import numpy as np
import pytest

from grader_tests.calls import assert_unchanged
from grader_tests.draws import DEEP, moved
from grader_tests.draws import network as designed
from grader_tests.lab_support import deep_network
from grader_tests.support import (
    Case,
    answers_to,
    assert_script,
    numbers,
    random_network,
    where,
)
from solutions.NeuralNetwork import NeuralNetwork as Reference
from workbook.course.compare import alike
from workbook.course.scripted import Scripted

#: What a step or a training leaves behind.
STATE = ("net.parameters", "net.grads")

#: A learning rate with which no answer becomes sure in a few steps, so that what somebody cuts off
#: there shows in every draw or in none.
SLOW = 0.05


def with_network(layer_dims, parameters, learning_rate=0.5, net="net"):
    """Return the steps that make a network with these parameters."""
    made = ["new", net, list(layer_dims), learning_rate]
    return [["let", "start", parameters], made, ["set", net, "parameters", "start"]]


def with_batch(X, Y, number=""):
    """Return the steps that name a batch: X and Y, or X1 and Y1."""
    return [["let", f"X{number}", X], ["let", f"Y{number}", Y]]


def both_ways(number="", net="net"):
    """Return the steps of a forward and a backward pass on a batch."""
    return [
        ["call", None, net, "forward", f"X{number}"],
        ["call", None, net, "backward", f"Y{number}"],
    ]


def asked(*names):
    """Return the steps that ask for these values."""
    return [["get", name] for name in names]


def call(method, *arguments, net="net"):
    """Return the step that calls a method of the network."""
    return ["call", None, net, method, *arguments]


def network(rng, layer_dims, m, learning_rate=0.5, sure=False):
    """Return the steps that make a random network and name a batch of m examples."""
    X, Y, parameters, _, _ = designed(rng, layer_dims, m, sure)
    return with_network(layer_dims, parameters, learning_rate) + with_batch(X, Y)


def rounded_network(rng, layer_dims, sizes):
    """Return numbers with few digits: batches X of these sizes, their Y, and parameters."""
    X, Y, parameters, _, _ = random_network(rng, layer_dims, sum(sizes))
    parameters = {key: np.round(array, 2) for key, array in parameters.items()}
    at = np.cumsum(sizes)[:-1]
    return np.split(np.round(X, 2), at, 1), np.split(Y, at, 1), parameters


def public_cases():
    """Inputs of the visible checks."""
    # With this seed X3 gets both answers, and others than X1.
    rng = np.random.default_rng(46)
    (X1, X2, X3), (Y1, Y2, _), parameters = rounded_network(rng, (2, 3, 1), (4, 3, 4))
    made = with_network((2, 3, 1), parameters, 0.4)
    batches = with_batch(X1, Y1, 1) + with_batch(X2, Y2, 2)
    yield Case(
        "one forward and one backward pass, and a step",
        (
            [
                *[*made, *batches, ["call", "AL", "net", "forward", "X1"], call("backward", "Y1")],
                *[*asked("AL", "net.grads"), call("step"), *asked("net.parameters")],
                ["get", "net.grads", "net.grads after the step"],
            ],
        ),
    )
    yield Case(
        "two batches, of 4 and of 3 examples, then zero_grad",
        (
            [
                *[*made, *batches, *both_ways(1), *both_ways(2), *asked("net.grads")],
                *[call("zero_grad"), ["get", "net.grads", "net.grads after zero_grad"]],
            ],
        ),
    )
    yield Case(
        "fit with 3 iterations, then with 2 more",
        (
            [
                *[*made, *batches, call("fit", "X1", "Y1", 3)],
                ["get", "net.costs", "net.costs after 3"],
                *[call("fit", "X1", "Y1", 2), *asked("net.costs", "net.parameters")],
            ],
        ),
    )
    yield Case(
        "two networks, one after the other",
        (
            [
                *[*made, *with_network((2, 3, 1), parameters, 0.4, net="other"), *batches],
                *[*both_ways(1), *both_ways(2, net="other"), *asked("net.grads", "other.grads")],
                *[call("fit", "X2", "Y2", 2, net="other"), *asked("net.costs", "other.costs")],
            ],
        ),
    )
    yield Case(
        "predict, between a forward and a backward pass",
        (
            [
                *[*made, *batches, ["let", "X3", X3], call("forward", "X1")],
                *[["call", "predictions", "net", "predict", "X3"], call("backward", "Y1")],
                *asked("predictions", "net.grads"),
            ],
        ),
    )


@pytest.mark.points(2)
def test_network_starts(student, rng):
    """A new network has random weights of the right shapes, gradients of zeros, and no costs"""
    layer_dims = [int(n) for n in rng.permutation([3, 4, 5])] + [1]
    # Another network has been trained before: nothing of it is left.
    batch = with_batch(rng.standard_normal((layer_dims[0], 3)), np.array([[0.0, 1.0, 1.0]]))
    made = [["new", "other", layer_dims, 0.1], *batch, call("fit", "X", "Y", 2, net="other")]
    made += [["new", "net", layer_dims, 0.1], *asked(*STATE, "net.costs")]
    found = [answers_to(student, made) for _ in range(2)]
    for l in range(1, 4):
        n, n_prev = layer_dims[l], layer_dims[l - 1]
        for key, shape in ((f"W{l}", (n, n_prev)), (f"b{l}", (n, 1))):
            first, second = (numbers(one["net.parameters"], key, "net.parameters") for one in found)
            assert first.shape == shape, f"{key} has shape {first.shape}; it should have {shape}"
            random = not np.array_equal(first, second)
            assert random or key[0] == "b", f"two new networks have the same {key}"
            grad = numbers(found[0]["net.grads"], f"d{key}", "net.grads")
            assert grad.shape == shape, f"d{key} has shape {grad.shape}; it should have {shape}"
            assert not grad.any(), f"d{key} is not zero before any backward"
    assert len(found[1]["net.costs"]) == 0, "a new network has costs already"
    # initialize_parameters_deep draws them, so they are small.
    made = [["new", "wide", [50, 40, 1], 0.1], *asked("wide.parameters")]
    W1 = numbers(answers_to(student, made)["wide.parameters"], "W1")
    size = float(np.sqrt(np.mean(W1**2)))
    assert 0.009 < size < 0.011, (
        f"the weights of a new network are {size / 0.01:.2g} times as large as those that "
        "initialize_parameters_deep draws"
    )


@pytest.mark.points(2)
def test_network_forward(student, rng):
    """`forward` returns the network's answers, for 1 to 12 layers"""
    X, Y, parameters = deep_network(rng)
    deep = with_network(DEEP[0], parameters) + with_batch(X, Y)
    for script in (network(rng, (4, 1), 5), network(rng, (4, 3, 1), 1), deep):
        script += [["call", "AL", "net", "forward", "X"], ["get", "AL"]]
        assert_script(student, Reference, script)


@pytest.mark.points(2)
def test_network_backward(student, rng):
    """`backward` puts the gradients of the cost into grads, for 1 to 12 layers"""
    X, Y, parameters = deep_network(rng)
    deep = with_network(DEEP[0], parameters) + with_batch(X, Y)
    X, Y, parameters, _, _ = designed(rng, (4, 1), 5)
    # The same answers, and gradients that are large.
    far = with_network((4, 1), {**parameters, "W1": parameters["W1"] / 100})
    far += with_batch(100 * X, Y)
    for script in (far, network(rng, (4, 3, 1), 6), deep):
        assert_script(student, Reference, [*script, *both_ways(), *asked("net.grads")])
    # The gradients are those of the last `forward`, whatever the parameters are by now.
    script = network(rng, (4, 3, 1), 6)
    later = {key: 0.5 * array for key, array in script[0][2].items()}
    script += [call("forward", "X"), ["let", "later", later], ["set", "net", "parameters", "later"]]
    with where("where `net.parameters` is set between `forward` and `backward`"):
        assert_script(student, Reference, [*script, call("backward", "Y"), *asked("net.grads")])
    # Answers that are sure, to 3e-5; that far out, 1e-7 beside AL shows.
    script = network(rng, (4, 1), 8, sure=True) + both_ways() + asked("net.grads")
    found, want = answers_to(student, script)["net.grads"], Scripted(Reference)(script)["net.grads"]
    for key in ("dW1", "db1"):
        got = numbers(found, key)
        assert alike(got, want[key], 1e-2), f"{key} of very sure answers is not right"


@pytest.mark.points(2)
def test_network_gradients_add_up(student, rng):
    """Gradients add up, over batches of different sizes, until `zero_grad`"""
    X, Y, parameters, _, _ = designed(rng, (4, 3, 1), 9)
    script = with_network((4, 3, 1), parameters)
    script += with_batch(X[:, :5], Y[:, :5], 1) + with_batch(X[:, 5:], Y[:, 5:], 2)
    for more in (
        both_ways(1) + both_ways(2),
        both_ways(1) + both_ways(1) + both_ways(2),
        # The last `forward` is still that of the first batch.
        [*both_ways(1), call("backward", "Y1")],
        [*both_ways(1), call("zero_grad")],
        [*both_ways(1), call("zero_grad"), *both_ways(2)],
    ):
        assert_script(student, Reference, [*script, *more, *asked("net.grads")])


@pytest.mark.points(2)
def test_network_step(student, rng):
    """`step` moves the parameters by learning_rate, as it is now, times grads, and leaves grads"""
    X, Y, parameters, _, _ = designed(rng, (4, 3, 1), 6)
    # A short step, then a long one.
    for rate, words in ((0.05, ""), (1.7, "with a learning rate above 1")):
        script = with_network((4, 3, 1), parameters, rate) + with_batch(X, Y)
        script += [*both_ways(), call("step"), *asked(*STATE, "net.learning_rate")]
        with where(words):
            assert_script(student, Reference, script)
    # Two backwards before a step, a second step, and another learning rate.
    script = with_network((4, 3, 1), parameters, 0.05) + with_batch(X, Y)
    script += [*both_ways(), *both_ways(), call("step")]
    with where("with two `backward` before a step"):
        assert_script(student, Reference, [*script, call("step"), *asked(*STATE)])
    script += [["let", "rate", 0.02], ["set", "net", "learning_rate", "rate"], call("step")]
    with where("after `net.learning_rate = rate`"):
        assert_script(student, Reference, [*script, *asked(*STATE)])


@pytest.mark.points(2)
def test_network_fit(student, rng):
    """`fit` trains, keeps the cost before each step, and goes on where it was"""
    script = network(rng, (4, 3, 1), 6, SLOW)
    assert_script(student, Reference, [*script, call("fit", "X", "Y", 4), *asked("net.costs")])
    # What a `backward` before has left is no part of it.
    script += [*both_ways(), call("fit", "X", "Y", 3), call("fit", "X", "Y", 2)]
    assert_script(student, Reference, [*script, *asked("net.costs", "net.parameters")])
    # It goes on where the cost is as low as it may get.
    low = with_network((1, 1), {"W1": moved(rng, np.array([[9.0]])), "b1": np.zeros((1, 1))}, SLOW)
    low += with_batch(np.array([[-1.0, 1.0, 1.1]]), np.array([[0.0, 1.0, 1.0]]))
    with where("where the cost is low from the beginning"):
        assert_script(student, Reference, [*low, call("fit", "X", "Y", 3), *asked("net.costs")])
    # And where the cost rises: the rate is too large.
    high = with_network((1, 1), {"W1": moved(rng, np.array([[0.1]])), "b1": np.zeros((1, 1))}, 12.0)
    high += with_batch(np.array([[1.0, 1.0, 1.0, -1.0]]), np.array([[1.0, 1.0, 0.0, 0.0]]))
    with where("where the cost rises"):
        assert_script(student, Reference, [*high, call("fit", "X", "Y", 3), *asked("net.costs")])
    # Answers that are sure, to 3e-5; that far out, 1e-7 beside AL shows.
    script = network(rng, (4, 1), 8, sure=True)
    script += [call("fit", "X", "Y", 1), *asked("net.costs")]
    found, want = answers_to(student, script)["net.costs"], Scripted(Reference)(script)["net.costs"]
    assert np.shape(found) == (1,), "fit with 1 iteration should keep 1 cost"
    error = abs(float(found[0]) / want[0] - 1)
    # Written so that an error of nan fails, too.
    assert error <= 1e-2, f"the cost of very sure answers is not right: it is off by {error:.2g}"


@pytest.mark.points(1)
def test_network_predict(student, rng):
    """`predict` returns 0 or 1, and leaves what `backward` needs and what it has found"""
    X, Y, parameters, _, _ = designed(rng, (4, 3, 1), 12)
    script = with_network((4, 3, 1), parameters)
    script += with_batch(X[:, :5], Y[:, :5], 1) + with_batch(X[:, 5:], Y[:, 5:], 2)
    script += [call("forward", "X1"), ["call", "predictions", "net", "predict", "X2"]]
    script += [call("backward", "Y1"), *asked("predictions", "net.grads"), call("predict", "X2")]
    script += [["get", "net.grads", "net.grads after predict"]]
    script += asked("net.parameters", "net.costs")
    assert_script(student, Reference, script)


@pytest.mark.points(1)
def test_network_unchanged(student, rng):
    """Two networks have nothing in common, and X and Y stay as they were"""
    X, Y, parameters, _, _ = designed(rng, (4, 3, 1), 6)
    script = with_network((4, 3, 1), parameters, SLOW) + with_batch(X, Y)
    script += with_network((4, 3, 1), parameters, SLOW / 2, net="other")
    script += [call("fit", "X", "Y", 3), call("fit", "X", "Y", 2, net="other")]
    script += asked("net.costs", "net.parameters", "other.costs", "other.parameters")
    script += [call("zero_grad"), call("forward", "X"), call("forward", "X", net="other")]
    script += [call("backward", "Y"), call("zero_grad", net="other"), *asked("net.grads")]
    before = copy.deepcopy(script)
    with where("with two networks"):
        assert_script(student, Reference, script)
    for was, now in zip(before, script, strict=True):
        if was[0] == "let":
            assert_unchanged(was[2], now[2], was[1])
