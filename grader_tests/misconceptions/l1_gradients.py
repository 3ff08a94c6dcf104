"""What learners write for l1_gradients: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The biases are penalized, too. The penalty in the cost is for weights alone, and the "
    "gradient must belong to it.",
    caught_by="test_l1_biases_are_free",
)
def biases_too(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"] + lambd / m * np.sign(b)
    return new


@misconception(
    "The slope of the penalty is not divided by m, as the penalty in the cost is.",
    caught_by="test_l1_weights",
)
def not_divided_by_m(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope is half of what it should be: the 2 in the denominator belongs to L2.",
    caught_by="test_l1_weights",
)
def half_too_small(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / (2 * m) * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "A weight of exactly 0 is pushed, too. The absolute value has a kink there, and its slope is "
    "taken as 0: that weight has arrived.",
    caught_by="test_l1_weights",
)
def pushed_at_zero(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.where(parameters[f"W{l}"] >= 0, 1, -1)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "Each weight is divided by its absolute value. That is its sign, but where a weight is 0 it is "
    "0 / 0, and the gradient becomes nan.",
    caught_by="test_l1_weights",
)
def divided_by_its_size(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters[f"W{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W / np.abs(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "A constant is added to all entries, whatever the sign of the weight. Negative weights are "
    "then pushed away from 0.",
    caught_by="test_l1_weights",
)
def sign_missing(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The penalty itself is added, entry by entry. The gradient takes its derivative, which does "
    "not depend on the size of the weight.",
    caught_by="test_l1_weights",
)
def absolute_values_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.abs(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "This is the slope of the L2 penalty, which fades as the weight shrinks. That of L1 stays.",
    caught_by="test_l1_weights",
)
def slope_of_l2(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The sign is taken of the gradient. It is the weight whose absolute value stands in the "
    "penalty.",
    caught_by="test_l1_weights",
)
def sign_of_the_gradient(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(grads[f"dW{l}"])
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope is subtracted: descent then pushes the weights away from 0.",
    caught_by="test_l1_weights",
)
def subtracted(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] - lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The slope of the penalty alone comes back; the gradient of the cross-entropy cost is lost.",
    caught_by="test_l1_weights",
)
def penalty_alone(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = 0 * grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The gradients of the last layer are missing: range leaves out its end.",
    caught_by="test_l1_weights",
)
def last_layer_left_out(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The numbers are right, but the caller's gradients have changed: `+=` writes into the very "
    "arrays that the caller holds.",
    caught_by="test_l1_inputs_unchanged",
)
def changed_in_place(grads, parameters, lambd, m):
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters[f"W{l}"]
        grads[f"dW{l}"] += lambd / m * np.sign(W)
    return grads


@accepted("a deep copy that is changed in place, the dA still in it")
def deep_copy(grads, parameters, lambd, m):
    new = copy.deepcopy(grads)
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(l)]
        new["dW" + str(l)] += lambd * np.sign(W) / m
    return new


@accepted("a new dictionary merged with the old one")
def merged(grads, parameters, lambd, m):
    weights = {key: W for key, W in parameters.items() if key[0] == "W"}
    return {
        **grads,
        **{"d" + k: grads["d" + k] + lambd / m * np.sign(W) for k, W in weights.items()},
    }


@accepted("type annotations, a print, biases copied")
def annotations(grads: dict, parameters: dict, lambd: float, m: int) -> dict:
    rate: float = lambd / m
    print("rate", rate)
    new = {}
    for key, W in reversed(list(parameters.items())):
        slope = (W > 0) * 1.0 - (W < 0)
        gradient = np.array(grads[f"d{key}"])
        new[f"d{key}"] = np.add(gradient, rate * slope) if key.startswith("W") else gradient
    return new
