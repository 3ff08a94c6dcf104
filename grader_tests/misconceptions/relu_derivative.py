"""What learners write for relu_derivative: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "This is ReLU itself. Its slope does not grow with Z: on the positive side it is the same "
    "everywhere.",
    caught_by="test_relu_slope",
)
def relu_itself(Z):
    return np.maximum(0, Z)


@misconception(
    "The slope at exactly 0 is 1 here. There is no right or wrong in mathematics, but this course "
    "has agreed on 0: the backward pass uses the same rule.",
    caught_by="test_relu_slope_at_zero",
)
def one_at_zero(Z):
    return np.where(Z >= 0, 1.0, 0.0)


@misconception(
    "The slope at exactly 0 is one half here. This course has agreed on 0: the backward pass uses "
    "the same rule.",
    caught_by="test_relu_slope_at_zero",
)
def half_at_zero(Z):
    return np.heaviside(Z, 0.5)


@misconception(
    "Where Z is negative the slope is -1, that of the absolute value. ReLU is flat there.",
    caught_by="test_relu_slope",
)
def minus_one_below(Z):
    return np.sign(Z)


@misconception(
    "The two sides are swapped: ReLU lets the positive numbers through.",
    caught_by="test_relu_slope",
)
def sides_swapped(Z):
    return np.where(Z < 0, 1.0, 0.0)


@misconception(
    "The slopes are written into Z itself, so the caller's pre-activations are gone.",
    caught_by="test_relu_slope_inputs_unchanged",
)
def written_into_Z(Z):
    Z[Z <= 0] = 0
    Z[Z > 0] = 1
    return Z


@accepted("a comparison turned into whole numbers")
def whole_numbers(Z):
    return (Z > 0).astype(int)


@accepted("a comparison times 1.0")
def times_one(Z):
    return 1.0 * (0 < Z)


@accepted("a loop over all entries, type annotations")
def loop(Z: np.ndarray) -> np.ndarray:
    slope = np.zeros_like(Z)
    for index in np.ndindex(Z.shape):
        if Z[index] > 0:
            slope[index] = 1
    return slope
