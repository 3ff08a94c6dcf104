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


@misconception(
    "Between 0 and 1 the slope follows Z, and from there on it is 1. ReLU is as steep just above 0 "
    "as anywhere: the slope is 1 for every positive Z.",
    caught_by="test_relu_slope",
)
def capped_relu(Z):
    return np.clip(Z, 0, 1)


@misconception(
    "Where Z is negative the slope is 0.01, that of a leaky ReLU. The ReLU of this course is flat "
    "there.",
    caught_by="test_relu_slope",
)
def leaky(Z):
    return np.where(Z > 0, 1.0, 0.01)


@misconception(
    "The slope is 1 everywhere. ReLU is flat where Z is negative: there the slope is 0.",
    caught_by="test_relu_slope",
)
def one_everywhere(Z):
    return np.ones_like(Z)


@misconception(
    "The slope is 0 for small positive Z as well. ReLU rises from 0 on: there the slope is 1.",
    caught_by="test_relu_slope",
)
def one_above_one(Z):
    return np.where(Z > 1, 1.0, 0.0)


@misconception(
    "Where Z is negative its own value stands. ReLU is flat there: the slope is 0.",
    caught_by="test_relu_slope",
)
def Z_below(Z):
    return np.where(Z > 0, 1.0, Z)


@misconception(
    "These are the absolute values of Z. A slope of ReLU is 1 or 0.",
    caught_by="test_relu_slope",
)
def absolute_value(Z):
    return np.abs(Z)


@misconception(
    "This is the slope of the sigmoid. That of ReLU is 1 or 0.",
    caught_by="test_relu_slope",
)
def slope_of_sigmoid(Z):
    s = 1 / (1 + np.exp(-Z))
    return s * (1 - s)


@misconception(
    "This is the sigmoid, the slope of a ReLU without a kink. That of ReLU jumps from 0 to 1.",
    caught_by="test_relu_slope",
)
def slope_of_softplus(Z):
    return 1 / (1 + np.exp(-Z))


@misconception(
    "True and False are no numbers yet: one cannot subtract them. Turn them into 1 and 0.",
    caught_by="test_relu_slope",
)
def true_and_false(Z):
    return Z > 0


@misconception(
    "One number comes back for all of Z. Each pre-activation has its own slope.",
    caught_by="test_relu_slope",
)
def one_number(Z):
    return 1.0 if np.all(Z > 0) else 0.0


@misconception(
    "Something else comes back beside the slope. Only the slope is wanted.",
    caught_by="test_relu_slope",
)
def pair_returned(Z):
    return np.where(Z > 0, 1.0, 0.0), Z


@misconception(
    "The slopes are flat. They have the shape of Z, so that each stands where its pre-activation "
    "stands.",
    caught_by="test_relu_slope",
)
def flat(Z):
    return np.where(Z > 0, 1.0, 0.0).ravel()


@misconception(
    "The sign is turned round: where ReLU rises its slope is 1, and not -1.",
    caught_by="test_relu_slope",
)
def negative_slope(Z):
    return np.where(Z > 0, -1.0, 0.0)


@misconception(
    "This tells where Z is positive, by its indices. The slope is an array of the shape of Z.",
    caught_by="test_relu_slope",
)
def places(Z):
    return np.argwhere(Z > 0)


@misconception(
    "Small positive numbers get the slope 0, as where Z is compared with a small number and not "
    "with 0. However near to 0 a positive Z is, its slope is 1.",
    caught_by="test_relu_slope_at_zero",
)
def above_a_small_number(Z):
    return np.where(Z > 1e-6, 1.0, 0.0)


@misconception(
    "Large numbers get the slope 0, as where ReLU is cut off. The one of this course rises without "
    "end: the slope stays 1.",
    caught_by="test_relu_slope",
)
def cut_off_at_six(Z):
    return np.where((Z > 0) & (Z < 6), 1.0, 0.0)


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
