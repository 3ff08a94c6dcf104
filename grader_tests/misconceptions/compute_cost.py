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
    "The term for label 0 has the wrong sign. Both logarithms are negative, so the minus in "
    "front belongs to the whole sum.",
    caught_by="test_label_0",
)
def minus_over_the_first_term_only(AL, Y):
    m = Y.shape[1]
    cost = np.sum(-Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


# Two ways to the same number, which nothing but the code can tell apart: one sentence for both.
M_TIMES_TOO_LARGE = (
    "The cost is exactly m times too large: it is the mean over the examples, not their sum. If"
    " you do divide by m: examples are columns, and shape[0] counts rows."
)


@misconception(
    M_TIMES_TOO_LARGE,
    caught_by="test_mean_of_parts",
)
def not_divided_by_m(AL, Y):
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    return float(cost)


@misconception(
    "The term for label 0 is missing: examples with that label cost nothing, however wrong "
    "the answer is.",
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
    "The cost sits in an array of shape (1, 1), as a matrix product or keepdims leaves it: a "
    "cost is a scalar.",
    caught_by="test_single_number",
)
def one_by_one(AL, Y):
    m = Y.shape[1]
    return -(np.log(AL) @ Y.T + np.log(1 - AL) @ (1 - Y).T) / m


@misconception(
    "A table of m by m is returned: it pairs every label with every answer. Each label belongs to"
    " one answer only: is the transpose on the wrong array?",
    caught_by="test_single_number",
)
def table_from_the_product(AL, Y):
    m = Y.shape[1]
    cost = -(Y.T @ np.log(AL) + (1 - Y).T @ np.log(1 - AL)) / m
    return np.squeeze(cost)


@misconception(
    "Every label is paired with every answer, in a table of m by m, and all of it is summed: "
    "so it goes where a column meets a row. Keep both as rows.",
    caught_by="test_value",
)
def table_from_broadcasting(AL, Y):
    m = Y.shape[1]
    labels = Y.reshape(-1, 1)
    cost = -np.sum(labels * np.log(AL) + (1 - labels) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "Every label is paired with every answer, in a table of m by m, and the mean is taken of all "
    "of it: so it goes where a column meets a row. Keep both as rows.",
    caught_by="test_value",
)
def mean_of_a_table(AL, Y):
    labels = Y.reshape(-1, 1)
    return -np.mean(labels * np.log(AL) + (1 - labels) * np.log(1 - AL))


@misconception(
    "The logarithm is to base 10. The cross-entropy uses the natural one, whose derivative is"
    " simple; base 10 makes the cost about 2.3 times too small.",
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
    "The number added against log(0) is so large that it changes the cost: sure and wrong "
    "answers get away cheaply. If at all, add one below any rounding you care about.",
    caught_by="test_sure_and_wrong",
)
def large_epsilon(AL, Y):
    m = Y.shape[1]
    epsilon = 1e-3
    cost = -np.sum(Y * np.log(AL + epsilon) + (1 - Y) * np.log(1 - AL + epsilon)) / m
    return float(cost)


@misconception(
    "The logarithm is to base 2. The cross-entropy uses the natural one, whose derivative is "
    "simple; base 2 makes the cost about 1.4 times too large.",
    caught_by="test_value",
)
def log2(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log2(AL) + (1 - Y) * np.log2(1 - AL)) / m
    return float(cost)


@misconception(
    "No logarithm is taken. It is what makes an answer that is sure and wrong so expensive: "
    "near 0 it falls without end.",
    caught_by="test_value",
)
def no_logarithm(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * AL + (1 - Y) * (1 - AL)) / m
    return float(cost)


@misconception(
    "The two labels have changed places: the more an answer fits its label, the more it "
    "costs. AL is the probability of label 1.",
    caught_by="test_value",
)
def labels_swapped(AL, Y):
    m = Y.shape[1]
    cost = -np.sum((1 - Y) * np.log(AL) + Y * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The term for label 0 counts for every example, whatever its label. Each term is switched"
    " on by its own label.",
    caught_by="test_label_1",
)
def second_term_for_every_example(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The term for label 1 counts for every example, whatever its label. Each term is switched"
    " on by its own label.",
    caught_by="test_label_0",
)
def first_term_for_every_example(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "In the term for label 0, 1 - Y has lost its bracket: the 1 is added, and only Y "
    "multiplies the logarithm. `*` binds tighter than `-`.",
    caught_by="test_value",
)
def bracket_of_1_minus_Y(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + 1 - Y * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "Minus and 1/m reach the term for label 1 only: the other is added as it is. What is in "
    "front belongs to both, so a bracket must hold them together.",
    caught_by="test_label_0",
)
def only_the_first_sum_divided(AL, Y):
    m = Y.shape[1]
    cost = -1 / m * np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL))
    return float(cost)


@misconception(
    "Only the term for label 0 is divided by m. `/` binds tighter than `+`: a bracket must "
    "hold both terms together.",
    caught_by="test_mean_of_parts",
)
def only_the_second_sum_divided(AL, Y):
    m = Y.shape[1]
    cost = -(np.sum(Y * np.log(AL)) + np.sum((1 - Y) * np.log(1 - AL)) / m)
    return float(cost)


@misconception(
    "The cost is an array with one axis, as a sum along one axis leaves it. It is a single "
    "number: sum over everything.",
    caught_by="test_single_number",
)
def summed_along_one_axis(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL), axis=1) / m
    return cost


@misconception(
    "The loss of the first example is missing. Count from 0, and see at which example the "
    "loop or the slice begins.",
    caught_by="test_mean_of_parts",
)
def first_example_left_out(AL, Y):
    m = Y.shape[1]
    cost = 0.0
    for i in range(1, m):
        cost -= Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i])
    return cost / m


@misconception(
    "The loss of the last example is missing. Count the examples that the loop or the slice takes.",
    caught_by="test_mean_of_parts",
)
def last_example_left_out(AL, Y):
    m = Y.shape[1]
    cost = 0.0
    for i in range(m - 1):
        cost -= Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i])
    return cost / m


@misconception(
    "Only the loss of the first example is there, divided by m. Does `return` stand inside a loop?",
    caught_by="test_mean_of_parts",
)
def return_inside_the_loop(AL, Y):
    m = Y.shape[1]
    cost = 0.0
    for i in range(m):
        cost -= Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i])
        return cost / m


@misconception(
    "Only the loss of the last example is there, divided by m. In a loop, each turn must add "
    "to what the ones before have found.",
    caught_by="test_mean_of_parts",
)
def loss_replaced_in_the_loop(AL, Y):
    m = Y.shape[1]
    for i in range(m):
        cost = -(Y[0, i] * np.log(AL[0, i]) + (1 - Y[0, i]) * np.log(1 - AL[0, i]))
    return cost / m


@misconception(
    "This is half of the mean squared error. The cost here is the cross-entropy, which "
    "punishes an answer that is sure and wrong far more.",
    caught_by="test_sure_and_wrong",
)
def half_squared_error(AL, Y):
    m = Y.shape[1]
    cost = np.sum((AL - Y) ** 2) / (2 * m)
    return float(cost)


@misconception(
    "This is the mean distance between answer and label. The cost here is the cross-entropy, "
    "which punishes an answer that is sure and wrong far more.",
    caught_by="test_sure_and_wrong",
)
def absolute_error(AL, Y):
    m = Y.shape[1]
    cost = np.sum(np.abs(AL - Y)) / m
    return float(cost)


@misconception(
    "This is the share of wrong answers, after each was rounded to 0 or 1. The cost uses the "
    "probabilities themselves, so that it changes with every small step.",
    caught_by="test_value",
)
def share_of_wrong_answers(AL, Y):
    m = Y.shape[1]
    cost = np.mean((AL > 0.5) != Y)
    return float(cost)


@misconception(
    "No cost is a number, as when 1 and AL change places in the difference: a negative number has"
    " no logarithm. The probability of label 0 is what AL leaves of 1.",
    caught_by="test_value",
)
def AL_minus_1(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(AL - 1)) / m
    return float(cost)


@misconception(
    "The cost is a whole number: what stands behind the point is cut off, as `//` and int() do"
    " it. Where `//` stands, the division should be `/`.",
    caught_by="test_value",
)
def whole_number(AL, Y):
    m = Y.shape[1]
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) // m
    return float(cost)


@misconception(
    "AL is clipped so far from 0 and 1 that the cost changes: an answer that is sure and "
    "wrong gets away cheaply. If at all, clip below any rounding you care about.",
    caught_by="test_sure_and_wrong",
)
def clipped_too_far(AL, Y):
    m = Y.shape[1]
    AL = np.clip(AL, 0.05, 0.95)
    cost = -np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m
    return float(cost)


@misconception(
    "The cost is the root of the cross-entropy. Nothing is to be done to the mean of the losses.",
    caught_by="test_value",
)
def root_of_the_cost(AL, Y):
    m = Y.shape[1]
    cost = np.sqrt(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)) / m)
    return float(cost)


@misconception(
    "The cost comes out as the logarithm of a mean probability. Each example has its own loss,"
    " with its own logarithm, and the mean is taken of these.",
    caught_by="test_value",
)
def logarithm_of_the_mean(AL, Y):
    return float(-np.log(np.mean(np.abs(1 - Y - AL))))


@misconception(
    "The examples of each label are averaged by themselves, and the two means are added. The sum"
    " over all examples is divided by m, once.",
    caught_by="test_value",
)
def mean_of_each_label(AL, Y):
    losses = [-np.log(AL[Y == 1]), -np.log(1 - AL[Y == 0])]
    return float(sum(loss.mean() for loss in losses if loss.size))


@misconception(
    "The cost is that of answers which went through the sigmoid once more. AL holds probabilities"
    " already.",
    caught_by="test_value",
)
def sigmoid_once_more(AL, Y):
    A = 1 / (1 + np.exp(-AL))
    return float(-np.mean(Y * np.log(A) + (1 - Y) * np.log(1 - A)))


@misconception(
    "The term for label 0 counts for the examples with label 1. It is switched on by the other"
    " label.",
    caught_by="test_value",
)
def Y_in_both_terms(AL, Y):
    return float(-np.mean(Y * np.log(AL) + Y * np.log(1 - AL)))


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


@accepted("the logarithm of the probability of the right label")
def probability_of_the_right_label(AL, Y):
    right = Y * AL + (1 - Y) * (1 - AL)
    return -np.log(right).sum() / right.size


@accepted("two masks, and a multiplication by 1/m before the sum")
def masks(AL, Y):
    m = np.size(Y)
    losses = np.concatenate([np.log(AL[Y == 1]), np.log(1 - AL[Y == 0])])
    return float(sum(losses * (-1 / m)))


@accepted("flattened inputs, inner products, and item()")
def inner_products(AL, Y):
    AL, Y = AL.ravel(), Y.ravel()
    cost = Y.dot(np.log(AL)) + np.inner(1 - Y, np.log(1 - AL))
    return np.divide(cost, -len(Y)).item()
