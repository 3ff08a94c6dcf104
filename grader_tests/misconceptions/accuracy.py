"""What learners write for accuracy: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "A column is compared with a row: broadcasting makes an m by m table of it, in which every "
    "prediction meets every label. Compare arrays of the same shape.",
    caught_by="test_accuracy_share",
)
def broadcast_to_a_table(predictions, Y):
    return float(np.mean(predictions.reshape(-1, 1) == Y))


@misconception(
    "This is how many are right. The accuracy is their share: divide by the number of examples, "
    "which len(Y) does not give, since Y has one row.",
    caught_by="test_accuracy_single_number",
)
def number_of_right_ones(predictions, Y):
    return float(np.sum(predictions == Y))


@misconception(
    "This is in percent. The accuracy is a share here, from 0 to 1.",
    caught_by="test_accuracy_single_number",
)
def in_percent(predictions, Y):
    return float(100 * np.mean(predictions == Y))


@misconception(
    "This is the share of the wrong ones, the error. The accuracy is what is left of 1.",
    caught_by="test_accuracy_share",
)
def share_of_wrong_ones(predictions, Y):
    return float(np.mean(predictions != Y))


@misconception(
    "Only the ones are counted: a product of prediction and label forgets every 0 that was "
    "answered with 0, which is right as well.",
    caught_by="test_accuracy_share",
)
def only_the_ones(predictions, Y):
    return float(np.sum(predictions * Y) / Y.shape[1])


@misconception(
    "This is the share of the ones that were found (the recall). The accuracy looks at all "
    "examples, the zeros too.",
    caught_by="test_accuracy_share",
)
def recall(predictions, Y):
    return float(np.sum(predictions * Y) / max(np.sum(Y), 1))


@misconception(
    "This is 1 if all are right, and else 0. The accuracy is the share that is right: neither "
    "asking for all nor dividing without decimals (`//`, `int`) gives it.",
    caught_by="test_accuracy_share",
)
def all_or_nothing(predictions, Y):
    return float(np.all(predictions == Y))


@misconception(
    "There is one number for each example: whether it is right. The accuracy is the mean of these.",
    caught_by="test_accuracy_share",
)
def one_for_each_example(predictions, Y):
    return (predictions == Y).astype(float)


@misconception(
    "The number stands in an array of shape (1, 1), as a product of matrices leaves it. The "
    "accuracy is a single number.",
    caught_by="test_accuracy_single_number",
)
def one_by_one_array(predictions, Y):
    return (Y @ predictions.T + (1 - Y) @ (1 - predictions).T) / Y.shape[1]


@misconception(
    "This depends on how many ones there are, and not on where they stand: a 1 for a 0 and a 0 for "
    "a 1 cancel out, and two mistakes look like none.",
    caught_by="test_accuracy_share",
)
def mistakes_that_cancel(predictions, Y):
    return float(1 - abs(np.mean(predictions - Y)))


@misconception(
    "It compares how many ones there are, and not which: two answers of the same count may differ"
    " in every example.",
    caught_by="test_accuracy_share",
)
def counts_of_ones(predictions, Y):
    ones, found = np.sum(Y), np.sum(predictions)
    return float(min(ones, found) / max(ones, found, 1))


@misconception(
    "This is the share of right ones among the examples that were answered with 1 (the precision). "
    "The accuracy looks at all examples.",
    caught_by="test_accuracy_share",
)
def precision(predictions, Y):
    return float(np.sum(predictions * Y) / max(np.sum(predictions), 1))


@misconception(
    "This is the F1 score, which weighs how many ones were found against how many were invented. "
    "The accuracy is simply the share of examples that are right.",
    caught_by="test_accuracy_share",
)
def f1_score(predictions, Y):
    return float(2 * np.sum(predictions * Y) / max(np.sum(predictions) + np.sum(Y), 1))


@misconception(
    "This is the share of the examples that were answered with 1. Whether they are right is not "
    "asked: compare with Y.",
    caught_by="test_accuracy_share",
)
def share_of_ones_predicted(predictions, Y):
    return float(np.mean(predictions))


@misconception(
    "This is the share of the examples whose label is 1. The predictions have no part in it.",
    caught_by="test_accuracy_share",
)
def share_of_ones(predictions, Y):
    return float(np.mean(Y))


@misconception(
    "The differences are added with their signs, so a 1 for a 0 and a 0 for a 1 cancel out, and"
    " the result can be above 1.",
    caught_by="test_accuracy_share",
)
def signed_mean(predictions, Y):
    return float(1 - np.mean(predictions - Y))


@misconception(
    "This is the mean of the differences, with their signs: it is 0 where all is right. The "
    "accuracy is 1 there.",
    caught_by="test_accuracy_share",
)
def mean_difference(predictions, Y):
    return float(np.mean(predictions - Y))


@misconception(
    "The number of errors is taken from 1 without dividing it: it is their share that is left out "
    "of 1.",
    caught_by="test_accuracy_share",
)
def errors_not_divided(predictions, Y):
    return float(1 - np.sum(np.abs(predictions - Y)))


@misconception(
    "This is how many are wrong. The accuracy is the share that is right.",
    caught_by="test_accuracy_share",
)
def number_of_wrong_ones(predictions, Y):
    return float(np.sum(predictions != Y))


@misconception(
    "The share is rounded to two decimals. Rounding is for showing it, and what comes back should "
    "be exact.",
    caught_by="test_accuracy_share",
)
def rounded(predictions, Y):
    return round(float(np.mean(predictions == Y)), 2)


@misconception(
    "The root is taken of the mean squared difference. For 0 and 1 the square alone is the share "
    "of wrong ones.",
    caught_by="test_accuracy_share",
)
def squared_distance_root(predictions, Y):
    return float(1 - np.sqrt(np.mean((predictions - Y) ** 2)))


@misconception(
    "The mean over the row leaves an array with one entry. The accuracy is a single number.",
    caught_by="test_accuracy_single_number",
)
def mean_of_each_row(predictions, Y):
    return np.mean(predictions == Y, axis=1)


@misconception(
    "Only the first example is looked at: it decides between 0 and 1. All examples count.",
    caught_by="test_accuracy_share",
)
def first_example_only(predictions, Y):
    return float(predictions[0, 0] == Y[0, 0])


@misconception(
    "A mean along axis 0 is taken over the one row there is, so a number for each example is left. "
    "The accuracy is a single number.",
    caught_by="test_accuracy_single_number",
)
def mean_of_each_column(predictions, Y):
    return np.mean(predictions == Y, axis=0)


@misconception(
    "The first or the last example is left out of the count, though it counts in the number of "
    "examples.",
    caught_by="test_accuracy_share",
)
def last_example_left_out(predictions, Y):
    right = 0
    for i in range(Y.shape[1] - 1):
        if predictions[0, i] == Y[0, i]:
            right += 1
    return right / Y.shape[1]


@misconception(
    "This is text. What comes back should be a number, which one can compare.",
    caught_by="test_accuracy_single_number",
)
def as_text(predictions, Y):
    return f"{np.mean(predictions == Y):.2f}"


@misconception(
    "This is 1 in every case. Are the predictions compared with Y?",
    caught_by="test_accuracy_share",
)
def always_1(predictions, Y):
    return float(np.mean(predictions == predictions))


@misconception(
    "What is right is divided by one less than the number of examples. It is a share of all of "
    "them: divide by m.",
    caught_by="test_accuracy_share",
)
def divided_by_m_minus_1(predictions, Y):
    return float(np.sum(predictions == Y) / (Y.size - 1))


@accepted("one minus the mean absolute difference")
def mean_absolute_difference(predictions, Y):
    return 1 - np.mean(np.abs(predictions - Y))


@accepted("single precision")
def single_precision(predictions, Y):
    return np.float32((predictions == Y).mean())


@accepted("a loop that counts")
def loop_that_counts(predictions, Y):
    right = 0
    for p, y in zip(predictions.ravel(), Y.ravel()):
        right += int(p == y)
    return right / Y.size


@accepted("products of matrices, and the number taken out of the array")
def products(predictions, Y):
    return ((Y @ predictions.T + (1 - Y) @ (1 - predictions).T) / Y.size).item()
