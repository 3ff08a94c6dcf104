"""What learners write for accumulate_gradients: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "Every batch counts the same, whatever its size. The examples of a small last batch then "
    "count more than the others: weigh each batch by its size.",
    caught_by="test_accumulated_weights",
)
def plain_mean(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(grads[key] for grads in grads_list) / len(grads_list) for key in keys}


@misconception(
    "The gradients are added and never divided. Each is a mean already; the sum is too long by "
    "the number of batches.",
    caught_by="test_accumulated_equal_batches",
)
def plain_sum(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(grads[key] for grads in grads_list) for key in keys}


@misconception(
    "The gradients are weighted by the sizes of the batches, and not divided by the number of "
    "examples.",
    caught_by="test_accumulated_equal_batches",
)
def sum_weighted_not_divided(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(n * grads[key] for grads, n in zip(grads_list, sizes)) for key in keys}


@misconception(
    "The sum is divided by the number of examples, but the gradients come in without the weight "
    "of their batch: each was divided by its own size already.",
    caught_by="test_accumulated_equal_batches",
)
def divided_twice(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(grads[key] for grads in grads_list) / sum(sizes) for key in keys}


@misconception(
    "Only the last batch is left: each one replaces the one before instead of being added to it.",
    caught_by="test_accumulated_equal_batches",
)
def last_batch_only(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    for grads, n in zip(grads_list, sizes):
        total = {key: grads[key] * n / n for key in keys}
    return total


@misconception(
    "The gradients of the biases are missing. They are means over the batch like those of the "
    "weights.",
    caught_by="test_accumulated_equal_batches",
)
def biases_left_out(grads_list, sizes):
    keys = [key for key in grads_list[0] if key.startswith("dW")]
    m = sum(sizes)
    return {key: sum(n / m * grads[key] for grads, n in zip(grads_list, sizes)) for key in keys}


@misconception(
    "The gradients are added into the arrays of the first batch, which the caller still holds.",
    caught_by="test_accumulated_inputs_unchanged",
)
def added_into_the_first(grads_list, sizes):
    total, m = grads_list[0], sum(sizes)
    for key in [key for key in total if not key.startswith("dA")]:
        total[key] *= sizes[0] / m
        for grads, n in zip(grads_list[1:], sizes[1:]):
            total[key] += n / m * grads[key]
    return total


@accepted("zeros to begin with, divided at the end")
def zeros_first(grads_list, sizes):
    total = {key: np.zeros_like(array) for key, array in grads_list[0].items() if key[1] in "Wb"}
    for grads, n in zip(grads_list, sizes):
        for key in total:
            total[key] += n * grads[key]
    return {key: array / np.sum(sizes) for key, array in total.items()}


@accepted("np.average with weights")
def np_average(grads_list, sizes):
    return {
        key: np.average([grads[key] for grads in grads_list], axis=0, weights=sizes)
        for key in grads_list[0]
        if key.startswith(("dW", "db"))
    }


@accepted("a running mean, type annotations, a deep copy")
def annotations(grads_list: list, sizes: list) -> dict:
    mean: dict = copy.deepcopy(grads_list[0])
    seen: int = sizes[0]
    for grads, n in zip(grads_list[1:], sizes[1:]):
        seen += n
        for key in mean:
            if not key.startswith("dA"):
                mean[key] += (grads[key] - mean[key]) * n / seen
    return mean
