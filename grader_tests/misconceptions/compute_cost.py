"""What learners write for compute_cost: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The minus is missing. The logarithm of a number below 1 is negative, and a cost should be "
    "positive and fall as answers improve.",
    caught_by="test_value",
)
def no_minus(AL, Y):
    m = Y.shape[1]
    cost = np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The minus covers the first term only. Both logarithms are negative, so it belongs to the "
    "whole sum.",
    caught_by="test_label_0",
)
def minus_over_the_first_term_only(AL, Y):
    m = Y.shape[1]
    cost = np.sum(-Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


# Two ways to the same number, which nothing but the code can tell apart: one sentence for both.
M_TIMES_TOO_LARGE = (
    "The cost is exactly m times too large: it is the mean over the examples, not their sum. If "
    "you do divide by m: examples are columns, and shape[0] counts rows."
)


@misconception(
    M_TIMES_TOO_LARGE,
    caught_by="test_mean_of_parts",
)
def not_divided_by_m(AL, Y):
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return float(cost)


@misconception(
    "The term for label 0 is missing: examples with that label cost nothing, however wrong the "
    "answer is.",
    caught_by="test_label_0",
)
def second_term_missing(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL)) / m
    return float(cost)


@misconception(
    "One loss per example is returned. The cost is their mean, a single number.",
    caught_by="test_single_number",
)
def one_loss_per_example(AL, Y):
    return -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


@misconception(
    "The number is right, but it sits in an array of shape (1, 1): a cost is a scalar.",
    caught_by="test_single_number",
)
def one_by_one(AL, Y):
    m = Y.shape[1]
    return -(np.log(AL) @ Y.T + np.log(1 - AL) @ (1 - Y).T) / m


@misconception(
    "The product pairs every label with every answer, in a table of m by m. Each label belongs to "
    "one answer only: the transpose is on the wrong array.",
    caught_by="test_single_number",
)
def table_from_the_product(AL, Y):
    m = Y.shape[1]
    cost = -(Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL)) / m
    return np.squeeze(cost)


@misconception(
    "A column meets a row, and broadcasting makes a table of m by m: every label is paired with "
    "every answer. Keep both as rows.",
    caught_by="test_value",
)
def table_from_broadcasting(AL, Y):
    m = Y.shape[1]
    labels = Y.reshape(-1, 1)
    cost = -np.sum(labels * np.log(AL) + (1 - labels) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The logarithm is to base 10. The cross-entropy uses the natural one, whose derivative is "
    "simple; base 10 makes the cost about 2.3 times too small.",
    caught_by="test_value",
)
def log10(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log10(AL) + (1 - Y) * np.log10(1 - AL)) / m
    return float(cost)


@misconception(
    "In the term for label 0, the 1 stands outside the logarithm. It is the probability of label 0 "
    "whose logarithm is taken.",
    caught_by="test_label_0",
)
def one_outside_the_logarithm(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * (1 - np.log(AL))) / m
    return float(cost)


@misconception(
    "No cost is finite, as when Y and AL are swapped: labels are 0 or 1, and the logarithm of 0 is "
    "not finite. The logarithm is taken of the network's answers.",
    caught_by="test_value",
)
def Y_and_AL_swapped(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(AL * np.log(Y) + (1 - AL) * np.log(1 - Y)) / m
    return float(cost)


@misconception(
    "This is the mean squared error. The cost here is the cross-entropy, which punishes an answer "
    "that is sure and wrong far more.",
    caught_by="test_sure_and_wrong",
)
def mean_squared_error(AL, Y):
    m = Y.shape[1]
    cost = np.sum((AL - Y) ** 2) / m
    return float(cost)


@misconception(
    M_TIMES_TOO_LARGE,
    caught_by="test_mean_of_parts",
)
def m_from_shape_0(AL, Y):
    m = Y.shape[0]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The number added against log(0) is so large that it changes the cost: sure and wrong answers "
    "get away cheaply. If at all, add one below any rounding you care about.",
    caught_by="test_sure_and_wrong",
)
def large_epsilon(AL, Y):
    m = Y.shape[1]
    epsilon = 1e-3
    cost = -np.sum(Y * np.log(AL + epsilon) + (1 - Y) * np.log(1 - AL + epsilon)) / m
    return float(cost)


@accepted("products of a row and a column, squeezed to a 0-d array")
def products_and_squeeze(AL, Y):
    m = Y.shape[1]
    cost = -(np.dot(Y, np.log(AL).T) + np.dot(1 - Y, np.log(1 - AL).T)) / m
    return np.squeeze(cost)


@accepted("a mean, which is a NumPy scalar")
def mean(AL, Y):
    return -np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


@accepted("an epsilon of 1e-10 against log(0)")
def small_epsilon(AL, Y):
    m = AL.shape[1]
    epsilon = 1e-10
    return -1 / m * np.sum(Y * np.log(AL + epsilon) + (1 - Y) * np.log(1 - AL + epsilon))


@accepted("answers clipped against log(0)")
def clipped(AL, Y):
    AL = np.clip(AL, 1e-10, 1 - 1e-10)
    return np.average(np.where(Y == 1, -np.log(AL), -np.log1p(-AL)))


@accepted("einsum to a 0-d array")
def einsum(AL, Y):
    inside = np.einsum("ij,ij->", Y, np.log(AL)) + np.einsum("ij,ij->", 1 - Y, np.log(1 - AL))
    return np.array(-inside / AL.size)


@accepted("a loop over the examples, a print and type annotations")
def loop_print_and_annotations(AL: np.ndarray, Y: np.ndarray) -> float:
    cost: float = 0.0
    for answer, label in zip(AL[0], Y[0]):
        cost -= np.log(answer) if label == 1 else np.log(1 - answer)
    print("cost:", cost / AL.shape[1])
    return cost / AL.shape[1]
