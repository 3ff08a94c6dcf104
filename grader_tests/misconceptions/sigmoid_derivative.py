"""What learners write for sigmoid_derivative: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from workbook import sigmoid


@misconception(
    "This is the sigmoid itself, not its slope: the factor (1 - s) is missing.",
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
    "1 minus the square is the rule of tanh, with the sigmoid put in. The sigmoid has a rule of "
    "its own.",
    caught_by="test_sigmoid_slope",
)
def rule_of_tanh(Z):
    return 1 - sigmoid(Z)[0] ** 2


@misconception(
    "This is s (s - 1), or minus s (1 - s): the sign is wrong everywhere. A sigmoid only rises, so "
    "its slope is positive.",
    caught_by="test_sigmoid_slope",
)
def negative(Z):
    s = sigmoid(Z)[0]
    return s * (s - 1)


@misconception(
    "The given `sigmoid` returns two values. Is the pair taken apart?",
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


@misconception(
    "This is 1 - s, which falls from 1 to 0: the factor s is missing. The slope is small on both "
    "sides.",
    caught_by="test_sigmoid_slope",
)
def factor_s_missing(Z):
    s = sigmoid(Z)[0]
    return 1 - s


@misconception(
    "This is s (1 + s), with a plus where the minus belongs: it grows to 2, and a slope of the "
    "sigmoid is never above a quarter.",
    caught_by="test_sigmoid_slope",
)
def plus_for_minus(Z):
    s = sigmoid(Z)[0]
    return s * (1 + s)


@misconception(
    "The second factor holds Z. Both factors are about the activation, s.",
    caught_by="test_sigmoid_slope",
)
def Z_in_the_second_factor(Z):
    s = sigmoid(Z)[0]
    return s * (1 - Z)


@misconception(
    "The first factor is Z. Both factors are about the activation, s.",
    caught_by="test_sigmoid_slope",
)
def Z_for_s(Z):
    s = sigmoid(Z)[0]
    return Z * (1 - s)


@misconception(
    "This is the square of s, times 1 - s: the two factors are s and 1 - s, each once.",
    caught_by="test_sigmoid_slope",
)
def s_squared(Z):
    s = sigmoid(Z)[0]
    return s**2 * (1 - s)


@misconception(
    "This is s times the square of 1 - s: the two factors are s and 1 - s, each once.",
    caught_by="test_sigmoid_slope",
)
def rest_squared(Z):
    s = sigmoid(Z)[0]
    return s * (1 - s) ** 2


@misconception(
    "This is s times 1 minus the square of s: the second factor is 1 - s, without a square.",
    caught_by="test_sigmoid_slope",
)
def square_in_the_second_factor(Z):
    s = sigmoid(Z)[0]
    return s * (1 - s**2)


@misconception(
    "The rule is applied to Z, and the sigmoid to the result. It is the other way round.",
    caught_by="test_sigmoid_slope",
)
def sigmoid_of_the_rule(Z):
    return sigmoid(Z * (1 - Z))[0]


@misconception(
    "This is the derivative of the slope: it is 0 where the slope is largest.",
    caught_by="test_sigmoid_slope",
)
def second_derivative(Z):
    s = sigmoid(Z)[0]
    return s * (1 - s) * (1 - 2 * s)


@misconception(
    "This is the exponential of -Z, the inner derivative alone. The derivative of the fraction is "
    "missing.",
    caught_by="test_sigmoid_slope",
)
def exponential_alone(Z):
    return np.exp(-Z)


@misconception(
    "The denominator is squared only in part: it is the whole of 1 + exp(-Z) that the quotient "
    "rule squares.",
    caught_by="test_sigmoid_slope",
)
def exponential_not_squared(Z):
    return np.exp(-Z) / (1 + np.exp(-Z) ** 2)


@misconception(
    "The exponential above has lost its minus: exp(Z) grows without end.",
    caught_by="test_sigmoid_slope",
)
def exp_of_plus_Z(Z):
    return np.exp(Z) / (1 + np.exp(-Z)) ** 2


@misconception(
    "This is the slope of tanh, which is four times as steep at 0.",
    caught_by="test_sigmoid_slope",
)
def slope_of_tanh(Z):
    return 1 - np.tanh(Z) ** 2


@misconception(
    "This is the slope of ReLU. That of the sigmoid is never above a quarter, and never exactly 0.",
    caught_by="test_sigmoid_slope",
)
def slope_of_relu(Z):
    return np.where(Z > 0, 1.0, 0.0)


@misconception(
    "Something else comes back beside the slope. Only the slope is wanted.",
    caught_by="test_sigmoid_slope",
)
def pair_returned(Z):
    s = sigmoid(Z)[0]
    return s * (1 - s), Z


@misconception(
    "The mean of the slopes comes back. Each pre-activation has its own.",
    caught_by="test_sigmoid_slope",
)
def mean_slope(Z):
    s = sigmoid(Z)[0]
    return np.mean(s * (1 - s))


@misconception(
    "The slopes are rounded. Far from 0 they are small, and then nothing is left of them.",
    caught_by="test_sigmoid_slope",
)
def rounded(Z):
    s = sigmoid(Z)[0]
    return np.round(s * (1 - s), 2)


@misconception(
    "The slopes are flat. They have the shape of Z, so that each stands where its pre-activation "
    "stands.",
    caught_by="test_sigmoid_slope",
)
def flat(Z):
    s = sigmoid(Z)[0]
    return (s * (1 - s)).ravel()


@misconception(
    "The rule of the sigmoid is applied to tanh of Z. It is about the sigmoid of Z.",
    caught_by="test_sigmoid_slope",
)
def tanh_in_the_rule(Z):
    t = np.tanh(Z)
    return t * (1 - t)


@misconception(
    "The rule is applied to a softmax: the numbers are divided by their sum. Each pre-activation "
    "has its own sigmoid.",
    caught_by="test_sigmoid_slope",
)
def softmax_in_the_rule(Z):
    e = np.exp(Z)
    s = e / np.sum(e)
    return s * (1 - s)


@misconception(
    "The slope is 0 everywhere, as when parentheses are missing and s is subtracted from s times"
    " 1.",
    caught_by="test_sigmoid_slope",
)
def parentheses_missing(Z):
    s = sigmoid(Z)[0]
    return s * 1 - s


@misconception(
    "This is s squared: the second factor is 1 - s, and not s again.",
    caught_by="test_sigmoid_slope",
)
def s_squared_alone(Z):
    s = sigmoid(Z)[0]
    return s * s


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
