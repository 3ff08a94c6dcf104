"""What learners write for l2_gradients: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The biases are penalized, too. The penalty in the cost is for weights alone, and the "
    "gradient must belong to it.",
    caught_by="test_l2_biases_are_free",
)
def biases_too(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"] + lambd / m * b
    return new


@misconception(
    "The slope of the penalty is not divided by m, as the penalty in the cost is.",
    caught_by="test_l2_weights",
)
def not_divided_by_m(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope is half of what it should be: the 2 of the square meets the 2 in the denominator, "
    "and both are gone.",
    caught_by="test_l2_weights",
)
def half_left(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / (2 * m) * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope is twice what it should be: the 2 of the square meets the 2 in the denominator, "
    "and both are gone.",
    caught_by="test_l2_weights",
)
def twice(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + 2 * lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The penalty itself is added, entry by entry. The gradient takes its derivative, and that of "
    "a square is linear.",
    caught_by="test_l2_weights",
)
def squares_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / (2 * m) * W**2
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "One number is added to all entries: the sum over the matrix. Each weight has its own slope.",
    caught_by="test_l2_weights",
)
def sum_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sum(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The sign of W is the slope of the L1 penalty. That of L2 grows with the weight.",
    caught_by="test_l2_weights",
)
def sign_for_W(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope is subtracted: descent then pushes the weights away from 0.",
    caught_by="test_l2_weights",
)
def subtracted(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] - lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope of the penalty alone comes back; the gradient of the cross-entropy cost is lost.",
    caught_by="test_l2_weights",
)
def penalty_alone(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = 0 * grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The gradients of the last layer are missing: range leaves out its end.",
    caught_by="test_l2_weights",
)
def last_layer_left_out(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The numbers are right, but the caller's gradients have changed: `+=` writes into the very "
    "arrays that the caller holds.",
    caught_by="test_l2_inputs_unchanged",
)
def changed_in_place(grads, parameters, lambd, m):
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters[f"W{l}"]
        grads[f"dW{l}"] += lambd / m * W
    return grads


@accepted("a deep copy that is changed in place, the dA still in it")
def deep_copy(grads, parameters, lambd, m):
    new = copy.deepcopy(grads)
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(l)]
        new["dW" + str(l)] += lambd * W / m
    return new


@accepted("a new dictionary merged with the old one")
def merged(grads, parameters, lambd, m):
    weights = {key: W for key, W in parameters.items() if key[0] == "W"}
    return {**grads, **{"d" + k: grads["d" + k] + lambd / m * W for k, W in weights.items()}}


@accepted("type annotations, a print, biases copied")
def annotations(grads: dict, parameters: dict, lambd: float, m: int) -> dict:
    rate: float = lambd / m
    print("rate", rate)
    new = {}
    for key, W in reversed(list(parameters.items())):
        slope = W
        gradient = np.array(grads[f"d{key}"])
        new[f"d{key}"] = np.add(gradient, rate * slope) if key.startswith("W") else gradient
    return new
