"""What learners write for tanh_derivative: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The square is missing: the slope is 1 minus the square of tanh.",
    caught_by="test_tanh_slope",
)
def square_missing(Z):
    return 1 - np.tanh(Z)


@misconception(
    "Z stands where tanh of Z belongs: the rule 1 minus t squared is about the activation.",
    caught_by="test_tanh_slope",
)
def rule_at_Z(Z):
    return 1 - Z**2


@misconception(
    "t (1 - t) is the rule of the sigmoid with another activation put in. tanh has a rule of its "
    "own.",
    caught_by="test_tanh_slope",
)
def rule_of_sigmoid(Z):
    t = np.tanh(Z)
    return t * (1 - t)


@misconception(
    "The square is taken of the difference: what is squared is tanh alone, before it is"
    " subtracted.",
    caught_by="test_tanh_slope",
)
def difference_squared(Z):
    return (1 - np.tanh(Z)) ** 2


@misconception(
    "The square is taken of Z, inside the tanh. What is squared is the value of tanh.",
    caught_by="test_tanh_slope",
)
def square_inside(Z):
    return 1 - np.tanh(Z**2)


@misconception(
    "tanh is applied twice: what the rule takes is already tanh of Z.",
    caught_by="test_tanh_slope",
)
def tanh_twice(Z):
    return 1 - np.tanh(np.tanh(Z)) ** 2


@misconception(
    "The sign is turned round: tanh only rises, so its slope is positive.",
    caught_by="test_tanh_slope",
)
def negative(Z):
    return np.tanh(Z) ** 2 - 1


@misconception(
    "This is tanh itself, not its slope.",
    caught_by="test_tanh_slope",
)
def tanh_itself(Z):
    return np.tanh(Z)


@misconception(
    "This is the square of tanh: what is left of 1 beside it is the slope.",
    caught_by="test_tanh_slope",
)
def square_alone(Z):
    return np.tanh(Z) ** 2


@misconception(
    "There is a plus where the minus belongs: 1 and the square together are largest far out, where "
    "tanh is flat.",
    caught_by="test_tanh_slope",
)
def plus_for_minus(Z):
    return 1 + np.tanh(Z) ** 2


@misconception(
    "This is 1 divided by cosh of Z, which is the root of the slope: a square is missing.",
    caught_by="test_tanh_slope",
)
def power_of_cosh_missing(Z):
    return 1 / np.cosh(Z)


@misconception(
    "A 2 stands in front of the square: it belongs to the derivative of a square, and here the "
    "square is no function to be derived.",
    caught_by="test_tanh_slope",
)
def doubled(Z):
    return 1 - 2 * np.tanh(Z) ** 2


@misconception(
    "The power is 3: the slope takes the square of tanh.",
    caught_by="test_tanh_slope",
)
def cubed(Z):
    return 1 - np.tanh(Z) ** 3


@misconception(
    "This is the derivative of the slope: it is 0 where the slope is largest.",
    caught_by="test_tanh_slope",
)
def second_derivative(Z):
    t = np.tanh(Z)
    return -2 * t * (1 - t**2)


@misconception(
    "This is t (1 - t squared), one factor t too many.",
    caught_by="test_tanh_slope",
)
def derivative_of_square(Z):
    t = np.tanh(Z)
    return t * (1 - t**2)


@misconception(
    "This is the slope of the arctangent, another curve with the same shape: that of tanh falls "
    "much faster.",
    caught_by="test_tanh_slope",
)
def slope_of_arctan(Z):
    return 1 / (1 + Z**2)


@misconception(
    "This is the slope of the sigmoid, which is a quarter at 0. That of tanh is 1 there.",
    caught_by="test_tanh_slope",
)
def slope_of_sigmoid(Z):
    s = 1 / (1 + np.exp(-Z))
    return s * (1 - s)


@misconception(
    "The rule of tanh is applied to the sigmoid of Z. It is about tanh of Z.",
    caught_by="test_tanh_slope",
)
def sigmoid_in_the_rule(Z):
    s = 1 / (1 + np.exp(-Z))
    return 1 - s**2


@misconception(
    "This is the slope of ReLU. That of tanh falls on both sides of 0.",
    caught_by="test_tanh_slope",
)
def slope_of_relu(Z):
    return np.where(Z > 0, 1.0, 0.0)


@misconception(
    "The mean of the slopes comes back. Each pre-activation has its own.",
    caught_by="test_tanh_slope",
)
def mean_slope(Z):
    return np.mean(1 - np.tanh(Z) ** 2)


@misconception(
    "The slopes are added up. Each pre-activation has its own.",
    caught_by="test_tanh_slope",
)
def added_up(Z):
    return np.sum(1 - np.tanh(Z) ** 2)


@misconception(
    "Something else comes back beside the slope. Only the slope is wanted.",
    caught_by="test_tanh_slope",
)
def pair_returned(Z):
    return 1 - np.tanh(Z) ** 2, Z


@misconception(
    "The slopes are flat. They have the shape of Z, so that each stands where its pre-activation "
    "stands.",
    caught_by="test_tanh_slope",
)
def flat(Z):
    return (1 - np.tanh(Z) ** 2).ravel()


@misconception(
    "The slopes are rounded. Far from 0 they are small, and then nothing is left of them.",
    caught_by="test_tanh_slope",
)
def rounded(Z):
    return np.round(1 - np.tanh(Z) ** 2, 2)


@misconception(
    "tanh of Z is taken without its square, with its sign lost: the slope takes the square.",
    caught_by="test_tanh_slope",
)
def of_absolute(Z):
    return 1 - np.abs(np.tanh(Z))


@misconception(
    "The slope is negative, as with the fraction of tanh turned upside down. The value of tanh"
    " lies between -1 and 1.",
    caught_by="test_tanh_slope",
)
def fraction_turned_round(Z):
    with np.errstate(divide="ignore"):
        return 1 - 1 / np.tanh(Z) ** 2


@accepted("through the hyperbolic cosine")
def with_cosh(Z):
    return np.cosh(Z) ** -2.0


@accepted("the product of 1 - t and 1 + t")
def product(Z):
    t = np.tanh(Z)
    return (1 - t) * (1 + t)


@accepted("written out with exp, type annotations")
def with_exp(Z: np.ndarray) -> np.ndarray:
    small = np.exp(-2 * np.abs(Z))
    t = (1 - small) / (1 + small)
    return np.ones_like(t) - np.square(t)
