"""What learners write for gradient_difference: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The distance is not divided by anything. For gradients of the size 1e-6 it is tiny even where "
    "they are plainly wrong: put it in relation to their lengths.",
    caught_by="test_difference_has_no_unit",
)
def absolute(one, other):
    return np.linalg.norm(one - other)


@misconception(
    "The distance is divided by the length of one of the two only, so the answer changes when they "
    "change places.",
    caught_by="test_difference_is_relative",
)
def relative_to_one(one, other):
    if not other.any():
        return 0.0
    return np.linalg.norm(one - other) / np.linalg.norm(other)


@misconception(
    "The squares of the lengths are compared: the roots are missing, so a difference of 1e-4 looks "
    "like 1e-8.",
    caught_by="test_difference_is_relative",
)
def roots_missing(one, other):
    lengths = np.sum(one**2) + np.sum(other**2)
    return np.sum((one - other) ** 2) / lengths if lengths > 0 else 0.0


@misconception(
    "The entries are added up as they are, so that differences of opposite sign cancel. Square "
    "them first.",
    caught_by="test_difference_is_relative",
)
def signs_cancel(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return abs(np.sum(one - other)) / lengths if lengths > 0 else 0.0


@misconception(
    "Only the two lengths are compared. Gradients of equal length may point anywhere: take the "
    "length of their difference, not the difference of their lengths.",
    caught_by="test_difference_at_its_ends",
)
def lengths_compared(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return abs(np.linalg.norm(one) - np.linalg.norm(other)) / lengths if lengths > 0 else 0.0


@misconception(
    "For a matrix, a norm of order 2 is its largest singular value, not the root of the sum of its "
    "squared entries.",
    caught_by="test_difference_is_relative",
)
def spectral_norm(one, other):
    lengths = np.linalg.norm(one, 2) + np.linalg.norm(other, 2)
    return np.linalg.norm(one - other, 2) / lengths if lengths > 0 else 0.0


@misconception(
    "Two gradients that are zero everywhere give 0 / 0, which is not a number. They are equal, so "
    "their difference is 0.",
    caught_by="test_difference_at_its_ends",
)
def zero_by_zero(one, other):
    return np.linalg.norm(one - other) / (np.linalg.norm(one) + np.linalg.norm(other))


@misconception(
    "The entries are compared one by one, and an array comes back. The answer is one number for "
    "the whole gradient.",
    caught_by="test_difference_is_relative",
)
def entry_by_entry(one, other):
    sizes = np.abs(one) + np.abs(other)
    return np.abs(other - one) / np.where(sizes > 0, sizes, 1)


@misconception(
    "The denominator holds the length of the sum of the two. For opposite gradients that is zero; "
    "the sum of their two lengths is not.",
    caught_by="test_difference_at_its_ends",
)
def length_of_the_sum(one, other):
    length = np.linalg.norm(one + other)
    return np.linalg.norm(one - other) / length if length > 0 else 0.0


@accepted("np.linalg.norm of the flattened arrays, a NumPy scalar")
def norms(one, other):
    one, other = np.ravel(one), np.ravel(other)
    size = np.linalg.norm(one) + np.linalg.norm(other)
    return np.linalg.norm(one - other) / size if size else np.float64(0)


@accepted("a denominator that cannot be zero")
def denominator_kept_from_zero(one, other):
    size = np.sqrt((one * one).sum()) + np.sqrt((other * other).sum())
    return np.sqrt(((one - other) ** 2).sum()) / max(size, 1e-300)


@accepted("einsum, a helper function, type annotations")
def helper_and_annotations(one: np.ndarray, other: np.ndarray) -> float:
    def length(x: np.ndarray) -> float:
        flat = x.ravel()
        return float(np.einsum("i,i->", flat, flat)) ** 0.5

    size = length(one) + length(other)
    if size == 0.0:
        return 0
    return length(other - one) / size
