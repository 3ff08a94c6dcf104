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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients of the last layer are missing. Which layer does the loop visit last?",
    caught_by="test_l2_weights",
)
def last_layer_left_out(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
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


@misconception(
    "Only the first layer gets the slope of the penalty. The weights of every layer have one.",
    caught_by="test_l2_weights",
)
def first_layer_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * W if l == 1 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The last layer does not get the slope of the penalty. Which layer does the loop visit last?",
    caught_by="test_l2_weights",
)
def last_layer_without_penalty(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * W if l < len(parameters) // 2 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The first layer does not get the slope of the penalty. Its weights count like those of the "
    "others.",
    caught_by="test_l2_weights",
)
def first_layer_without_penalty(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * W if l > 1 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only the last layer gets the slope of the penalty. The weights of every layer have one.",
    caught_by="test_l2_weights",
)
def last_layer_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * W if l == len(parameters) // 2 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients come back as they were: nothing of the penalty is added.",
    caught_by="test_l2_weights",
)
def no_penalty(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"].copy()
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope of the penalty is multiplied by m. It is divided by it.",
    caught_by="test_l2_weights",
)
def m_multiplied(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd * m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradient of the cross-entropy cost is divided by m once more. It is a mean already: only "
    "the slope of the penalty is divided.",
    caught_by="test_l2_weights",
)
def gradient_divided_too(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = (grads[f"dW{l}"] + lambd * W) / m
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "lambd comes in twice, or is squared. It is a factor of the slope, once.",
    caught_by="test_l2_weights",
)
def lambd_squared(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd**2 / m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "lambd is not used: the slope is as if it were 1.",
    caught_by="test_l2_weights",
)
def lambd_not_used(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + 1 / m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by the number of columns of W. m is the number of examples that the"
    " gradients were computed from, which the caller passes.",
    caught_by="test_l2_weights",
)
def m_not_given(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / W.shape[1] * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by the number of rows of W. m is the number of examples that the"
    " gradients were computed from, which the caller passes.",
    caught_by="test_l2_weights",
)
def m_from_the_rows(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / W.shape[0] * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope of the penalty is a factor of the gradient. It is added to it: the derivative of a "
    "sum is a sum.",
    caught_by="test_l2_weights",
)
def multiplied(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] * (lambd / m * W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients of the biases are missing. They stay as they are, and come back as well.",
    caught_by="test_l2_biases_are_free",
)
def biases_missing(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
    return new


@misconception(
    "The gradients of the biases become 0. Free of the penalty means that they stay as they are.",
    caught_by="test_l2_biases_are_free",
)
def biases_zero(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = np.zeros(b.shape)
    return new


@misconception(
    "The biases get the slope of the penalty, and the weights do not. It is the other way round.",
    caught_by="test_l2_weights",
)
def biases_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"]
        new[f"db{l}"] = grads[f"db{l}"] + lambd / m * b
    return new


@misconception(
    "The answer has the keys of the parameters. These are gradients: each key begins with d.",
    caught_by="test_l2_weights",
)
def keys_of_parameters(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"W{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"b{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The gradient is multiplied by lambd and divided by m, and W is added without a factor: the"
    " two have changed places.",
    caught_by="test_l2_weights",
)
def weights_updated(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = W + lambd / m * grads[f"dW{l}"]
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradient is made smaller by the factor 1 - lambd / m. That factor belongs to the weights, "
    "in a step; the gradient gets the slope of the penalty added.",
    caught_by="test_l2_weights",
)
def weight_decay(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = (1 - lambd / m) * grads[f"dW{l}"]
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only the first layer has gradients. Does `return` stand inside the loop?",
    caught_by="test_l2_weights",
)
def return_in_the_loop(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
        return new


@misconception(
    "Gradient and slope are both multiplied by lambd and divided by m. The factor belongs to the "
    "slope of the penalty alone.",
    caught_by="test_l2_weights",
)
def all_in_parentheses(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = lambd / m * (grads[f"dW{l}"] + W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by 2 and not by m: the 2 meets that of the square and is gone, and the "
    "number of examples stays.",
    caught_by="test_l2_weights",
)
def halved_without_m(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / 2 * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "One number is added to all entries: the mean over the matrix. Each weight has its own slope.",
    caught_by="test_l2_weights",
)
def mean_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.mean(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The squares of the weights are added. The gradient takes the derivative of the penalty, and "
    "that of a square is linear.",
    caught_by="test_l2_weights",
)
def squares_without_half(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W**2
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "One number is added to all entries: the penalty of the whole matrix. Each weight has its own "
    "slope, the derivative with respect to it.",
    caught_by="test_l2_weights",
)
def penalty_of_the_matrix_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / (2 * m) * np.sum(W**2)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "A constant is added to all entries, whatever the weight is. The slope of a square grows with "
    "the weight.",
    caught_by="test_l2_weights",
)
def constant_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope has lost the sign of the weight: negative weights are pushed away from 0.",
    caught_by="test_l2_weights",
)
def absolute_weights(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.abs(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Each matrix is divided by its length. That is the slope of the length itself; the penalty is "
    "its square.",
    caught_by="test_l2_weights",
)
def unit_length(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W / np.linalg.norm(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradient is added to itself, times a factor. It is the weight that stands in the penalty.",
    caught_by="test_l2_weights",
)
def gradient_for_W(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * grads[f"dW{l}"]
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by 2 and multiplied by m, as `/ 2 * m` does without parentheses.",
    caught_by="test_l2_weights",
)
def two_m_multiplied(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / 2 * m * W
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only the first gradient comes back. Does `return` stand inside the loop?",
    caught_by="test_l2_weights",
)
def first_gradient_only(grads, parameters, lambd, m):
    new = {}
    for key, array in parameters.items():
        slope = lambd / m * array if key[0] == "W" else 0
        new[f"d{key}"] = grads[f"d{key}"] + slope
        return new


@misconception(
    "The slopes of the penalty come back alone, with 0 for each bias; the gradients of the "
    "cross-entropy cost are lost.",
    caught_by="test_l2_weights",
)
def slopes_alone(grads, parameters, lambd, m):
    return {
        f"d{key}": lambd / m * array if key[0] == "W" else np.zeros(array.shape)
        for key, array in parameters.items()
    }


@misconception(
    "The slope is divided by the number of columns of W, and not by m, the number of examples,"
    " which the caller passes. And the biases are penalized, too.",
    caught_by="test_l2_weights",
)
def m_not_given_and_biases_too(grads, parameters, lambd, m):
    return {
        f"d{key}": grads[f"d{key}"] + lambd / value.shape[1] * value
        for key, value in parameters.items()
    }


@misconception(
    "The slope of the penalty is not divided by m, and the biases are penalized, too.",
    caught_by="test_l2_weights",
)
def not_divided_and_biases_too(grads, parameters, lambd, m):
    return {f"d{key}": grads[f"d{key}"] + lambd * value for key, value in parameters.items()}


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
    return {
        **copy.deepcopy(grads),
        **{"d" + k: grads["d" + k] + lambd / m * W for k, W in weights.items()},
    }


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
