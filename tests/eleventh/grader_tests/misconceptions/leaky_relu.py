"""What learners write for leaky_relu: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "This is the plain ReLU: nothing of a negative number is left.",
    caught_by="test_both_sides",
)
def plain_relu(Z, slope):
    return np.maximum(0, Z)


@misconception(
    "The sides are swapped: the positive numbers are the ones that pass unchanged.",
    caught_by="test_both_sides",
)
def sides_swapped(Z, slope):
    return np.where(Z > 0, slope * Z, Z)


@misconception(
    "Every entry is multiplied by the slope, the positive ones too.",
    caught_by="test_both_sides",
)
def slope_everywhere(Z, slope):
    return slope * Z


@misconception(
    "The slope is fixed at 0.1, whatever the argument says.",
    caught_by="test_any_slope",
)
def fixed_slope(Z, slope):
    return np.where(Z > 0, Z, 0.1 * Z)


@misconception(
    "Negative entries become positive: their sign is lost on the way.",
    caught_by="test_both_sides",
)
def sign_lost(Z, slope):
    return np.where(Z > 0, Z, slope * np.abs(Z))


@misconception(
    "The activations are written into Z itself, so the caller's pre-activations are gone.",
    caught_by="test_Z_unchanged",
)
def written_into_Z(Z, slope):
    Z[Z < 0] *= slope
    return Z


@accepted("the larger of two numbers, for slopes below 1")
def larger_of_two(Z, slope):
    return np.maximum(Z, slope * Z)


@accepted("a sum of two halves")
def two_halves(Z, slope):
    return np.maximum(Z, 0) + slope * np.minimum(Z, 0)


@accepted("a loop over all entries")
def loop(Z, slope):
    A = np.zeros_like(Z)
    for index in np.ndindex(Z.shape):
        A[index] = Z[index] if Z[index] > 0 else slope * Z[index]
    return A
