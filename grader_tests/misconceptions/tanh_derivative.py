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
    "The square is taken of the difference: what is squared is tanh alone, before it is subtracted.",
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
    "The slope is negative. tanh only rises.",
    caught_by="test_tanh_slope",
)
def negative(Z):
    return np.tanh(Z) ** 2 - 1


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
