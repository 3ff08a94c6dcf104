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
    "This is how many are right. The accuracy is their share: it does not grow with the number of "
    "examples.",
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
    "It asks whether all are right, and gives 1 or 0. The accuracy is the share that is right.",
    caught_by="test_accuracy_share",
)
def all_or_nothing(predictions, Y):
    return float(np.all(predictions == Y))


@misconception(
    "There is one answer for each example: whether it is right. The accuracy is the mean of these.",
    caught_by="test_accuracy_share",
)
def one_for_each_example(predictions, Y):
    return (predictions == Y).astype(float)


@misconception(
    "Products of matrices leave an array of shape (1, 1). The accuracy is a single number.",
    caught_by="test_accuracy_single_number",
)
def one_by_one_array(predictions, Y):
    return (Y @ predictions.T + (1 - Y) @ (1 - predictions).T) / Y.shape[1]


@misconception(
    "The differences are added with their signs, so a 1 for a 0 and a 0 for a 1 cancel out, and "
    "two mistakes look like none.",
    caught_by="test_accuracy_share",
)
def mistakes_that_cancel(predictions, Y):
    return float(1 - abs(np.mean(predictions - Y)))


@misconception(
    "It compares how many ones there are, and not which: two answers of the same count may differ "
    "in every example.",
    caught_by="test_accuracy_share",
)
def counts_of_ones(predictions, Y):
    ones, found = np.sum(Y), np.sum(predictions)
    return float(min(ones, found) / max(ones, found, 1))


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
