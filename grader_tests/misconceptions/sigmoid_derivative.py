"""What learners write for sigmoid_derivative: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from workbook import sigmoid


@misconception(
    "The factor (1 - s) is missing: this is the sigmoid itself, not its slope.",
    caught_by="test_sigmoid_slope",
)
def factor_missing(Z):
    return sigmoid(Z)[0]


@misconception(
    "Z stands where the sigmoid of Z belongs: the rule s (1 - s) is about the activation.",
    caught_by="test_sigmoid_slope",
)
def rule_at_Z(Z):
    return Z * (1 - Z)


@misconception(
    "The sigmoid is applied twice: what the rule takes is already the sigmoid of Z.",
    caught_by="test_sigmoid_slope",
)
def sigmoid_twice(Z):
    s = sigmoid(sigmoid(Z)[0])[0]
    return s * (1 - s)


@misconception(
    "1 - s squared is the slope of tanh. The sigmoid's is s (1 - s).",
    caught_by="test_sigmoid_slope",
)
def rule_of_tanh(Z):
    return 1 - sigmoid(Z)[0] ** 2


@misconception(
    "The slope is negative. A sigmoid only rises: look at the sign that the inner derivative "
    "brings.",
    caught_by="test_sigmoid_slope",
)
def negative(Z):
    s = sigmoid(Z)[0]
    return s * (s - 1)


@misconception(
    "The given `sigmoid` returns two values, and the pair is not taken apart.",
    caught_by="test_sigmoid_slope",
)
def pair_not_unpacked(Z):
    s = np.array(sigmoid(Z))
    return s * (1 - s)


@misconception(
    "The slopes are added up. Each pre-activation has its own.",
    caught_by="test_sigmoid_slope",
)
def added_up(Z):
    s = sigmoid(Z)[0]
    return np.sum(s * (1 - s))


@accepted("written out with exp")
def with_exp(Z):
    s = 1 / (1 + np.exp(-Z))
    return s - s**2


@accepted("through the hyperbolic cosine")
def with_cosh(Z):
    return 1.0 / (4.0 * np.cosh(Z / 2) ** 2)


@accepted("the sigmoid of both signs, type annotations")
def both_signs(Z: np.ndarray) -> np.ndarray:
    up, _ = sigmoid(Z)
    down, _ = sigmoid(-Z)
    return np.multiply(up, down)
