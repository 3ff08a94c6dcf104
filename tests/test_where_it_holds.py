"""Sentences that hold in some cases only: they name these, and what else they claim is so."""

import numpy as np
import pytest

from tests.reference import reference
from tests.test_where import linear_backward, starting_with, with_dZ
from workbook import relu_backward, sigmoid_backward
from workbook.course.cases import check_data
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.observation import observe

RELU = (
    "in the cases “a ReLU layer: 3 inputs, 2 units, 5 examples” and “a ReLU layer: 3 inputs, "
    "3 units, 3 examples”"
)
SIGMOID = (
    "in the cases “a sigmoid layer: 3 inputs, 2 units, 5 examples” and “a sigmoid layer: 2 inputs, "
    "3 units, 1 example”"
)


def derivative(kind, change):
    """Return a backward pass in which layers of one kind have another dZ."""

    def dZ(dA, Z, activation):
        if activation == kind:
            return change(dA, Z)
        return relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)

    return with_dZ(dZ)


def bias_added(times):
    """Return an answer that adds the bias more than once."""
    return lambda A, W, b: (W @ A + times(A, W) * b, (A, W, b))


def leaky(A_prev, W, b, activation):
    A, (linear, Z) = reference.linear_activation_forward(A_prev, W, b, activation)
    return np.where(Z > 0, Z, 0.2 * Z) if activation == "relu" else A, (linear, Z)


def leaky_and_cached(A_prev, W, b, activation):
    A, (linear, _) = leaky(A_prev, W, b, activation)
    return A, (linear, A)


def from_the_other_end(params, grads, learning_rate):
    """Give each layer the gradient of the one as far from the other end, if it fits."""
    L = len(params) // 2
    new = reference.update_parameters(params, grads, learning_rate)
    for l in range(1, L + 1):
        if 2 * l != L + 1:
            new[f"W{l}"] = params[f"W{l}"].copy()
    return new


TOLD = [
    (
        "linear_activation_backward",
        derivative("sigmoid", lambda dA, Z: dA / 4),
        f"dZ is 0.25 times dA, as dA_prev, dW and db tell {SIGMOID}.",
    ),
    (
        "linear_activation_backward",
        derivative("relu", lambda dA, Z: dA * np.where(Z > 0, 1, 0.2)),
        f"dZ is wrong only where Z is negative {RELU}, where it is 0.2 times dA, as dA_prev, dW "
        "and db tell.",
    ),
    (
        "linear_activation_forward",
        leaky,
        "A is wrong only where Z in the cache is negative in the cases “relu: 3 inputs, 2 units, "
        "4 examples” and “relu: 2 inputs, 3 units, 1 example”, where it is 0.2 times Z in the "
        "cache.",
    ),
    (
        # Of two arrays that are the same, one is told to be a copy, and not each of the other.
        "linear_activation_forward",
        leaky_and_cached,
        "Z in the cache is the same as your A.\n"
        "A is wrong only where the right value is 0 in the cases “relu: ",
    ),
    (
        "linear_forward",
        bias_added(lambda A, W: A.shape[1]),
        "Z is the right value plus (m - 1) times b. In the case “2 inputs, 3 units, 1 example” "
        "the numbers are right.",
    ),
    (
        "linear_forward",
        bias_added(lambda A, W: W.shape[1]),
        "Z is the right value plus (the number of inputs - 1) times b.",
    ),
    (
        "update_parameters",
        from_the_other_end,
        "W1 and W3, and W2 in the case “3 inputs, layers of 4 and 1 units, learning rate 0.3”, are "
        "W as it came in.",
    ),
    (
        "L_model_backward",
        starting_with(lambda AL, Y: (1 - Y) / (1 - AL + 1e-5) - Y / (AL + 1e-5)),
        "It goes wrong in the output layer already, the first one on the way back: db, dW and dA.\n"
        "There, db, dW and dA are nearly right: so small an error often comes from a small number "
        "that is added, from rounding, from numbers that are cut off, or from a step that is not "
        "quite the same.",
    ),
    (
        # What is not flat in one of the cases is not said to be.
        "linear_backward",
        linear_backward(lambda *found: tuple(map(np.squeeze, found[:3]))),
        # Where there is one unit, db is a single number.
        "db is squeezed: the shape is, for example, (2,), and should be (2, 1).\ndA_prev is flat, "
        "with a single axis, where a column of shape (n, 1) belongs: broadcasting spreads a flat "
        "array along the other axis. It shows in the case “2 inputs, 3 units, 1 example”.",
    ),
    (
        # A network that has no third layer says nothing of b3.
        "update_parameters",
        lambda *args: {
            key: one.ravel() if key[0] == "b" else one
            for key, one in reference.update_parameters(*args).items()
        },
        "b1, b2 and b3 are flat, with a single axis, where a column of shape (n, 1) belongs: "
        "broadcasting spreads a flat array along the other axis.",
    ),
    (
        # A number in an array of one entry is not called right.
        "compute_cost",
        lambda AL, Y: -(Y @ np.log(AL) + (1 - Y) @ np.log(1 - AL)) / Y.shape[1],
        "Two arrays are multiplied as matrices whose inner sizes are 5 and 1, in the case “5 "
        "examples, both labels”: look at their order, and at what is transposed.\n"
        "cost is in an array of shape (1, 1), where a number belongs.",
    ),
    (
        # There is a branch for ReLU, and it does not call the sigmoid.
        "linear_activation_backward",
        with_dZ(lambda dA, Z, activation: dA * (1 - np.tanh(Z) ** 2)),
        "A ReLU layer goes back as a sigmoid layer does.",
    ),
    (
        "compute_cost",
        lambda AL, Y: -np.mean(Y.T * np.log(AL) + (1 - Y.T) * np.log(1 - AL)),
        "Every label is paired with every answer, in a table of m by m, and the mean is taken",
    ),
]


@pytest.mark.parametrize(("name", "answer", "told"), TOLD, ids=range(len(TOLD)))
def test_what_is_said_holds_where_it_is_said_to(name, answer, told):
    sentences = diagnose(name, observe(answer, check_data(name).cases))
    assert sentences.startswith(told)
    assert "b3" not in told or "It shows" not in sentences
    # Nothing is said twice.
    assert len(sentences.splitlines()) <= 2
