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
    "The gradients are added and not divided. Each is a mean over its own batch already, so"
    " their sum is too long: weigh each by its batch's share of the examples.",
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
    "Each gradient comes in without the weight of its batch, and the sum is divided by the number"
    " of examples. Each was divided by the size of its batch already.",
    caught_by="test_accumulated_equal_batches",
)
def divided_twice(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(grads[key] for grads in grads_list) / sum(sizes) for key in keys}


@misconception(
    "Only the last batch is left, as if each one replaced the one before. They are to be added up.",
    caught_by="test_accumulated_equal_batches",
)
def last_batch_only(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    for grads, n in zip(grads_list, sizes):
        total = {key: grads[key] * n / n for key in keys}
    return total


@misconception(
    "The gradients of the activations are added up, too. They have a column for each example, so "
    "those of batches of different sizes do not fit: leave dA out.",
    caught_by="test_accumulated_is_the_large_batch",
)
def activations_added_up(grads_list, sizes):
    m = sum(sizes)
    return {
        key: sum(n / m * grads[key] for grads, n in zip(grads_list, sizes)) for key in grads_list[0]
    }


@misconception(
    "The gradients of the biases are missing. They are means over the batch like those of the "
    "weights.",
    caught_by="test_accumulated_weights",
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


@misconception(
    "Only the first batch is left. Does `return` stand inside the loop over the batches?",
    caught_by="test_accumulated_equal_batches",
)
def first_batch_only(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: grads_list[0][key].copy() for key in keys}


@misconception(
    "The gradients get the weight of their batch, and the sum is divided by the number of batches. "
    "It is the number of examples that the weights add up to.",
    caught_by="test_accumulated_equal_batches",
)
def weighted_and_divided_by_batches(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {
        key: sum(n * grads[key] for grads, n in zip(grads_list, sizes)) / len(grads_list)
        for key in keys
    }


@misconception(
    "The sum is divided by the size of the last batch. The weights add up to the number of all "
    "examples.",
    caught_by="test_accumulated_equal_batches",
)
def divided_by_the_last_size(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {
        key: sum(n * grads[key] for grads, n in zip(grads_list, sizes)) / sizes[-1] for key in keys
    }


@misconception(
    "The sum is divided by the size of the first batch. The weights add up to the number of all "
    "examples.",
    caught_by="test_accumulated_equal_batches",
)
def divided_by_the_first_size(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {
        key: sum(n * grads[key] for grads, n in zip(grads_list, sizes)) / sizes[0] for key in keys
    }


@misconception(
    "The sum is divided by the size of the largest batch. The weights add up to the number of all "
    "examples.",
    caught_by="test_accumulated_equal_batches",
)
def divided_by_the_largest_size(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {
        key: sum(n * grads[key] for grads, n in zip(grads_list, sizes)) / max(sizes) for key in keys
    }


@misconception(
    "Each gradient is divided by the size of its batch. It is a mean already: it is multiplied by "
    "that size, to be a sum again.",
    caught_by="test_accumulated_equal_batches",
)
def each_divided_by_its_size(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    return {key: sum(grads[key] / n for grads, n in zip(grads_list, sizes)) for key in keys}


@misconception(
    "The weights are turned round: the smaller a batch is, the more it counts.",
    caught_by="test_accumulated_weights",
)
def weights_turned_round(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(1 / n for n in sizes)
    return {key: sum(grads[key] / n for grads, n in zip(grads_list, sizes)) / m for key in keys}


@misconception(
    "The sizes come in twice, or are squared: a large batch counts too much.",
    caught_by="test_accumulated_weights",
)
def sizes_squared(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(n**2 for n in sizes)
    return {key: sum(n**2 * grads[key] for grads, n in zip(grads_list, sizes)) / m for key in keys}


@misconception(
    "Each batch is averaged with the result of those before it, half and half, so the first ones "
    "count less and less.",
    caught_by="test_accumulated_equal_batches",
)
def mean_of_means(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    total = {key: grads_list[0][key].copy() for key in keys}
    for grads in grads_list[1:]:
        total = {key: (total[key] + grads[key]) / 2 for key in keys}
    return total


@misconception(
    "The last batch has no part in the sum. Which one does the loop visit last?",
    caught_by="test_accumulated_equal_batches",
)
def last_batch_left_out(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    total = {key: np.zeros_like(grads_list[0][key]) for key in keys}
    for i in range(max(len(sizes) - 1, 1)):
        for key in keys:
            total[key] = total[key] + sizes[i] / m * grads_list[i][key]
    return total


@misconception(
    "The last batch has no part in the sum, so of one batch nothing is left. Which one does the"
    " loop visit last?",
    caught_by="test_accumulated_equal_batches",
)
def last_batch_left_out_even_alone(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    total = {key: np.zeros_like(grads_list[0][key]) for key in keys}
    for i in range(len(sizes) - 1):
        for key in keys:
            total[key] = total[key] + sizes[i] / sum(sizes) * grads_list[i][key]
    return total


@misconception(
    "The first batch has no part in the sum. It is number 0 of the list.",
    caught_by="test_accumulated_equal_batches",
)
def first_batch_left_out(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    total = {key: np.zeros_like(grads_list[0][key]) for key in keys}
    for i in range(1, len(sizes)):
        for key in keys:
            total[key] = total[key] + sizes[i] / m * grads_list[i][key]
    return total


@misconception(
    "The first batch comes in twice: once to begin with, and again in the loop.",
    caught_by="test_accumulated_equal_batches",
)
def first_batch_twice(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    total = {key: sizes[0] / m * grads_list[0][key] for key in keys}
    for grads, n in zip(grads_list, sizes):
        total = {key: total[key] + n / m * grads[key] for key in keys}
    return total


@misconception(
    "The first batch comes in without the weight of its size, and the others with theirs.",
    caught_by="test_accumulated_equal_batches",
)
def first_batch_without_its_weight(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    total = {key: grads_list[0][key].copy() for key in keys}
    for grads, n in zip(grads_list[1:], sizes[1:]):
        total = {key: total[key] + n / m * grads[key] for key in keys}
    return total


@misconception(
    "Only the gradients of the last layer come back. Each layer has its own.",
    caught_by="test_accumulated_weights",
)
def only_the_last_layer(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m, total = sum(sizes), {}
    L = len(keys) // 2
    for key in (f"dW{L}", f"db{L}"):
        total[key] = sum(n / m * grads[key] for grads, n in zip(grads_list, sizes))
    return total


@misconception(
    "The gradients of the last layer are missing. Which layer does the loop visit last?",
    caught_by="test_accumulated_weights",
)
def last_layer_left_out(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m, total = sum(sizes), {}
    for l in range(1, len(keys) // 2):
        for key in (f"dW{l}", f"db{l}"):
            total[key] = sum(n / m * grads[key] for grads, n in zip(grads_list, sizes))
    return total


@misconception(
    "The gradients of the biases count the same for every batch, whatever its size. They are means "
    "over the batch like those of the weights.",
    caught_by="test_accumulated_weights",
)
def biases_not_weighted(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    return {
        key: sum(n / m * grads[key] for grads, n in zip(grads_list, sizes))
        if key[1] == "W"
        else sum(grads[key] for grads in grads_list) / len(grads_list)
        for key in keys
    }


@misconception(
    "The batches are weighted, and not added: a list comes back with the gradients of each. One "
    "dictionary is wanted, of the whole.",
    caught_by="test_accumulated_equal_batches",
)
def list_of_weighted(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    return [{key: n / m * grads[key] for key in keys} for grads, n in zip(grads_list, sizes)]


@misconception(
    "The answer has the keys of the parameters. These are gradients: each key begins with d.",
    caught_by="test_accumulated_equal_batches",
)
def keys_of_parameters(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    m = sum(sizes)
    return {key[1:]: sum(n / m * grads[key] for grads, n in zip(grads_list, sizes)) for key in keys}


@misconception(
    "The first batch comes in as if it held one example: its gradients are not multiplied by its "
    "size.",
    caught_by="test_accumulated_equal_batches",
)
def first_batch_counted_once(grads_list, sizes):
    keys = [key for key in grads_list[0] if not key.startswith("dA")]
    total = {key: grads_list[0][key].copy() for key in keys}
    for grads, n in zip(grads_list[1:], sizes[1:]):
        total = {key: total[key] + n * grads[key] for key in keys}
    return {key: array / sum(sizes) for key, array in total.items()}


@misconception(
    "Every batch gets the weight of the last one. Each is weighted by its own size.",
    caught_by="test_accumulated_weights",
)
def weight_of_the_last_batch(grads_list, sizes):
    weight = sizes[-1] / sum(sizes)
    return {
        key: weight * sum(grads[key] for grads in grads_list)
        for key in grads_list[0]
        if key[:2] in ("dW", "db")
    }


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
