"""What learners write for update_parameters: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The step goes along the gradient, uphill. The gradient points to where the cost grows; "
    "descent goes the other way.",
    caught_by="test_direction",
)
def plus_for_minus(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] + learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] + learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The old parameters are gone: the result is the step alone. `=-` assigns a negative number, it "
    "does not subtract from what was there.",
    caught_by="test_W",
)
def assigned_minus(params, grads, learning_rate):
    parameters = params.copy()
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] =- learning_rate * grads[f"dW{l}"]  # fmt: skip
        parameters[f"b{l}"] =- learning_rate * grads[f"db{l}"]  # fmt: skip
    return parameters


@misconception(
    "learning_rate is not used: the step is the whole gradient, which is far too long.",
    caught_by="test_step_grows_with_learning_rate",
)
def learning_rate_not_used(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - grads[f"db{l}"]
    return parameters


@misconception(
    "The learning rate is written out as 0.1, so the one that the caller passes has no effect.",
    caught_by="test_step_grows_with_learning_rate",
)
def learning_rate_written_out(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - 0.1 * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - 0.1 * grads[f"db{l}"]
    return parameters


@misconception(
    "The first layer stays as it was: the loop begins one layer too late. Check which keys it "
    "visits first.",
    caught_by="test_every_layer",
)
def first_layer_not_updated(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(1, L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        parameters[f"W{l + 1}"] = W - learning_rate * grads[f"dW{l + 1}"]
        parameters[f"b{l + 1}"] = b - learning_rate * grads[f"db{l + 1}"]
    return parameters


@misconception(
    "The last layer stays as it was: range leaves out its end, so the loop stops a layer early.",
    caught_by="test_every_layer",
)
def last_layer_not_updated(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(1, L):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The biases stay as they were. They are parameters like the weights and take their own step.",
    caught_by="test_b",
)
def b_never_updated(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
    return parameters


@misconception(
    "db is subtracted from W. Broadcasting lets it pass without an error, but each parameter moves "
    "against its own gradient.",
    caught_by="test_direction",
)
def db_subtracted_from_W(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"db{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "dW is subtracted from b. Broadcasting makes a matrix of the bias column; each parameter moves "
    "against its own gradient.",
    caught_by="test_b",
)
def dW_subtracted_from_b(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"dW{l}"]
    return parameters


# Two ways to the same result, which nothing but the code can tell apart: one sentence for both.
CHANGED_IN_PLACE = (
    "The numbers are right, but the caller's arrays have changed: `-=` writes into the very array "
    "that the caller holds. A shallow copy is a new dictionary with the same arrays in it."
)


@misconception(
    CHANGED_IN_PLACE,
    caught_by="test_inputs_unchanged_and_repeatable",
)
def changed_in_place(params, grads, learning_rate):
    L = len(params) // 2
    for l in range(1, L + 1):
        params[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        params[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return params


@misconception(
    CHANGED_IN_PLACE,
    caught_by="test_inputs_unchanged_and_repeatable",
)
def shallow_copy_changed_in_place(params, grads, learning_rate):
    parameters = params.copy()
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] -= learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] -= learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The gradients are looked up under the parameters' names. In grads each key begins with d.",
    caught_by="test_W",
)
def wrong_gradient_key(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"W{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"b{l}"]
    return parameters


@misconception(
    "Nothing is returned. The new parameters exist only inside the function until it hands them "
    "back.",
    caught_by="test_W",
)
def no_return(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]


@accepted("a deep copy, then `-=` on the copy")
def deep_copy(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(L):
        parameters["W" + str(l + 1)] -= learning_rate * grads["dW" + str(l + 1)]
        parameters["b" + str(l + 1)] -= learning_rate * grads["db" + str(l + 1)]
    return parameters


@accepted("a shallow copy whose entries are replaced, never written into")
def shallow_copy_replaced(params, grads, learning_rate):
    parameters = params.copy()
    for l in range(1, len(params) // 2 + 1):
        parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = parameters[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@accepted("a new dictionary in another order, a print, type annotations")
def new_dictionary(params: dict, grads: dict, learning_rate: float) -> dict:
    L: int = len(params) // 2
    print("layers:", L)
    weights = {
        f"W{l}": np.subtract(params[f"W{l}"], grads[f"dW{l}"] * learning_rate)
        for l in range(L, 0, -1)
    }
    biases = {
        f"b{l}": np.add(params[f"b{l}"], -learning_rate * grads[f"db{l}"]) for l in range(L, 0, -1)
    }
    return {**biases, **weights}
