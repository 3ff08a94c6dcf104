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
    "The distance is divided by the length of the second gradient only, so the answer changes when "
    "the two change places.",
    caught_by="test_difference_is_relative",
)
def relative_to_one(one, other):
    if not other.any():
        return 0.0
    return np.linalg.norm(one - other) / np.linalg.norm(other)


@misconception(
    "The squares of the lengths are compared: above and below the line the roots are missing, so a "
    "difference of 1e-4 looks like 1e-8.",
    caught_by="test_difference_is_relative",
)
def roots_missing(one, other):
    lengths = np.sum(one**2) + np.sum(other**2)
    return np.sum((one - other) ** 2) / lengths if lengths > 0 else 0.0


@misconception(
    "The differences are added up with their signs, so that opposite ones cancel. Square them "
    "first.",
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


@misconception(
    "The distance is divided by the length of the first gradient only, so the answer changes when "
    "the two change places.",
    caught_by="test_difference_is_relative",
)
def relative_to_the_first(one, other):
    if not one.any():
        return 0.0
    return np.linalg.norm(one - other) / np.linalg.norm(one)


@misconception(
    "The distance is divided by the length of the longer one. Then opposite gradients are 2 apart: "
    "it is the sum of both lengths that makes it 1.",
    caught_by="test_difference_is_relative",
)
def relative_to_the_longer(one, other):
    longer = max(np.linalg.norm(one), np.linalg.norm(other))
    return np.linalg.norm(one - other) / longer if longer > 0 else 0.0


@misconception(
    "The difference is twice what it should be. The distance is divided by the sum of the two "
    "lengths: their mean is half of it.",
    caught_by="test_difference_is_relative",
)
def relative_to_the_mean_length(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return 2 * np.linalg.norm(one - other) / lengths if lengths > 0 else 0.0


@misconception(
    "The distance is divided by the product of the two lengths. It is their sum that it is"
    " divided by.",
    caught_by="test_difference_is_relative",
)
def relative_to_the_product(one, other):
    lengths = np.linalg.norm(one) * np.linalg.norm(other)
    return np.linalg.norm(one - other) / lengths if lengths > 0 else 0.0


@misconception(
    "The squares of both lengths are added under one root. It is the lengths that are added: two "
    "roots.",
    caught_by="test_difference_is_relative",
)
def lengths_as_in_pythagoras(one, other):
    lengths = np.sqrt(np.sum(one**2) + np.sum(other**2))
    return np.linalg.norm(one - other) / lengths if lengths > 0 else 0.0


@misconception(
    "The square of the distance is divided by the lengths: its root is missing.",
    caught_by="test_difference_is_relative",
)
def root_missing_above(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return np.sum((one - other) ** 2) / lengths if lengths > 0 else 0.0


@misconception(
    "The distance is divided by the squares of the lengths: their roots are missing.",
    caught_by="test_difference_is_relative",
)
def roots_missing_below(one, other):
    lengths = np.sum(one**2) + np.sum(other**2)
    return np.linalg.norm(one - other) / lengths if lengths > 0 else 0.0


@misconception(
    "The absolute values are added up, above and below the line. A length is the root of the sum "
    "of squares.",
    caught_by="test_difference_is_relative",
)
def sums_of_absolute_values(one, other):
    sizes = np.sum(np.abs(one)) + np.sum(np.abs(other))
    return np.sum(np.abs(other - one)) / sizes if sizes > 0 else 0.0


@misconception(
    "Only the largest entries are compared: that of the difference with those of the two. A length "
    "takes all entries.",
    caught_by="test_difference_is_relative",
)
def largest_entries(one, other):
    sizes = np.max(np.abs(one)) + np.max(np.abs(other))
    return np.max(np.abs(other - one)) / sizes if sizes > 0 else 0.0


@misconception(
    "The entries are compared one by one, and the largest quotient is taken. An entry near 0 then "
    "decides alone: compare the lengths of the whole gradients.",
    caught_by="test_difference_is_relative",
)
def largest_of_entry_by_entry(one, other):
    sizes = np.maximum(np.abs(one) + np.abs(other), 1e-300)
    return np.max(np.abs(other - one) / sizes)


@misconception(
    "The entries are compared one by one, and the mean of the quotients is taken. An entry near 0 "
    "then counts like a large one: compare the lengths of the whole gradients.",
    caught_by="test_difference_is_relative",
)
def mean_of_entry_by_entry(one, other):
    sizes = np.maximum(np.abs(one) + np.abs(other), 1e-300)
    return np.mean(np.abs(other - one) / sizes)


@misconception(
    "For a matrix, a norm of order 1 is its largest column sum of absolute values. The length of a "
    "gradient is the root of the sum of its squared entries.",
    caught_by="test_difference_is_relative",
)
def column_sums(one, other):
    sizes = np.linalg.norm(one, 1) + np.linalg.norm(other, 1)
    return np.linalg.norm(one - other, 1) / sizes if sizes > 0 else 0.0


@misconception(
    "This is the mean of the squared differences, in no relation to the lengths. Take the "
    "distance, and divide it by both lengths.",
    caught_by="test_difference_is_relative",
)
def mean_of_squared_differences(one, other):
    return np.mean((one - other) ** 2)


@misconception(
    "This looks at the angle only, and not at the lengths: a gradient that is twice too long would "
    "seem right.",
    caught_by="test_difference_is_relative",
)
def angle(one, other):
    size = np.linalg.norm(one) * np.linalg.norm(other)
    return (1 - np.sum(one * other) / size) / 2 if size > 0 else 0.0


@misconception(
    "Without parentheses the distance is divided by the first length, and the second one is added.",
    caught_by="test_difference_is_relative",
)
def parentheses_missing(one, other):
    if not one.any():
        return 0.0
    return np.linalg.norm(one - other) / np.linalg.norm(one) + np.linalg.norm(other)


@misconception(
    "The gradients are added, and the length of that is taken. The distance is the length of their "
    "difference: equal gradients are 0 apart.",
    caught_by="test_difference_is_relative",
)
def sum_for_difference(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return np.linalg.norm(one + other) / lengths if lengths > 0 else 0.0


@misconception(
    "The lengths are taken along an axis, so one number for each row or column is left. The answer "
    "is one number for the whole gradient.",
    caught_by="test_difference_is_relative",
)
def lengths_of_the_rows(one, other):
    size = np.linalg.norm(one, axis=0) + np.linalg.norm(other, axis=0)
    return np.linalg.norm(one - other, axis=0) / np.where(size > 0, size, 1)


@misconception(
    "Two gradients that are zero everywhere are equal, so their difference is 0.",
    caught_by="test_difference_at_its_ends",
)
def one_for_zeros(one, other):
    lengths = np.linalg.norm(one) + np.linalg.norm(other)
    return np.linalg.norm(one - other) / lengths if lengths > 0 else 1.0


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
