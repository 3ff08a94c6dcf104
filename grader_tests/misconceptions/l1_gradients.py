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
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is half of what it should be: a 2 in the denominator belongs to L2.",
    caught_by="test_l1_weights",
)
def half_too_small(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / (2 * m) * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Where a weight is 0, the gradient is nan, as when each weight is divided by its absolute"
    " value: that is its sign, but there it is 0 / 0.",
    caught_by="test_l1_weights",
)
def divided_by_its_size(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters[f"W{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W / np.abs(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
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
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients of the last layer are missing. Which layer does the loop visit last?",
    caught_by="test_l1_weights",
)
def last_layer_left_out(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
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


@misconception(
    "Only the first layer gets the slope of the penalty. The weights of every layer have one.",
    caught_by="test_l1_weights",
)
def first_layer_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * np.sign(W) if l == 1 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The last layer does not get the slope of the penalty. Which layer does the loop visit last?",
    caught_by="test_l1_weights",
)
def last_layer_without_penalty(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (
            lambd / m * np.sign(W) if l < len(parameters) // 2 else 0
        )
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The first layer does not get the slope of the penalty. Its weights count like those of the "
    "others.",
    caught_by="test_l1_weights",
)
def first_layer_without_penalty(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (lambd / m * np.sign(W) if l > 1 else 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only the last layer gets the slope of the penalty. The weights of every layer have one.",
    caught_by="test_l1_weights",
)
def last_layer_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + (
            lambd / m * np.sign(W) if l == len(parameters) // 2 else 0
        )
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients come back as they were: nothing of the penalty is added.",
    caught_by="test_l1_weights",
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
    caught_by="test_l1_weights",
)
def m_multiplied(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd * m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradient of the cross-entropy cost is divided by m once more. It is a mean already: only "
    "the slope of the penalty is divided.",
    caught_by="test_l1_weights",
)
def gradient_divided_too(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = (grads[f"dW{l}"] + lambd * np.sign(W)) / m
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "lambd comes in twice, or is squared. It is a factor of the slope, once.",
    caught_by="test_l1_weights",
)
def lambd_squared(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd**2 / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "lambd is not used: the slope is as if it were 1.",
    caught_by="test_l1_weights",
)
def lambd_not_used(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + 1 / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by the number of columns of W. m is the number of examples that the"
    " gradients were computed from, which the caller passes.",
    caught_by="test_l1_weights",
)
def m_not_given(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / W.shape[1] * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by the number of rows of W. m is the number of examples that the"
    " gradients were computed from, which the caller passes.",
    caught_by="test_l1_weights",
)
def m_from_the_rows(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / W.shape[0] * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope of the penalty is a factor of the gradient. It is added to it: the derivative of a "
    "sum is a sum.",
    caught_by="test_l1_weights",
)
def multiplied(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] * (lambd / m * np.sign(W))
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The gradients of the biases are missing. They stay as they are, and come back as well.",
    caught_by="test_l1_biases_are_free",
)
def biases_missing(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
    return new


@misconception(
    "The gradients of the biases become 0. Free of the penalty means that they stay as they are.",
    caught_by="test_l1_biases_are_free",
)
def biases_zero(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = np.zeros(b.shape)
    return new


@misconception(
    "The biases get the slope of the penalty, and the weights do not. It is the other way round.",
    caught_by="test_l1_weights",
)
def biases_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"]
        new[f"db{l}"] = grads[f"db{l}"] + lambd / m * np.sign(b)
    return new


@misconception(
    "The answer has the keys of the parameters. These are gradients: each key begins with d.",
    caught_by="test_l1_weights",
)
def keys_of_parameters(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"W{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"b{l}"] = grads[f"db{l}"]
    return new


@misconception(
    "The gradient is multiplied by lambd and divided by m, and W itself is added. It is the sign "
    "of W that has this factor, and dW has none.",
    caught_by="test_l1_weights",
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
    caught_by="test_l1_weights",
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
    caught_by="test_l1_weights",
)
def return_in_the_loop(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
        return new


@misconception(
    "The gradient is multiplied by lambd and divided by m, and the sign of W is added without a "
    "factor: the two have changed places.",
    caught_by="test_l1_weights",
)
def parentheses_missing(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = lambd / m * grads[f"dW{l}"] + np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Gradient and slope are both multiplied by lambd and divided by m. The factor belongs to the "
    "slope of the penalty alone.",
    caught_by="test_l1_weights",
)
def all_in_parentheses(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = lambd / m * (grads[f"dW{l}"] + np.sign(W))
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The slope is divided by 2 and not by m. There is no 2 in the L1 penalty.",
    caught_by="test_l1_weights",
)
def halved_without_m(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / 2 * np.sign(W)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "One sign is added to all entries: that of the sum over the matrix. Each weight has its own.",
    caught_by="test_l1_weights",
)
def sign_of_the_sum(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sign(np.sum(W))
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "One number is added to all entries: the sum of the signs. Each weight has its own slope.",
    caught_by="test_l1_weights",
)
def sum_of_the_signs(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sum(np.sign(W))
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "One number is added to all entries: the sum of the absolute values. Each weight has its own "
    "slope, the derivative with respect to it.",
    caught_by="test_l1_weights",
)
def size_of_the_matrix_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.sum(np.abs(W))
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only positive weights get a slope. A negative one is pulled towards 0 from the other side.",
    caught_by="test_l1_weights",
)
def positive_weights_only(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * (W > 0)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "A weight of exactly 0 is pushed, too, as if it were negative. The absolute value has a kink "
    "there, and its slope is taken as 0.",
    caught_by="test_l1_weights",
)
def pushed_down_at_zero(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * np.where(W > 0, 1, -1)
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "The squares of the weights are added. The slope of an absolute value does not depend on the "
    "size of the weight.",
    caught_by="test_l1_weights",
)
def squares_added(grads, parameters, lambd, m):
    new = {}
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        new[f"dW{l}"] = grads[f"dW{l}"] + lambd / m * W**2
        new[f"db{l}"] = grads[f"db{l}"].copy()
    return new


@misconception(
    "Only the first gradient comes back. Does `return` stand inside the loop?",
    caught_by="test_l1_weights",
)
def first_gradient_only(grads, parameters, lambd, m):
    new = {}
    for key, array in parameters.items():
        slope = lambd / m * np.sign(array) if key[0] == "W" else 0
        new[f"d{key}"] = grads[f"d{key}"] + slope
        return new


@misconception(
    "The slopes of the penalty come back alone, with 0 for each bias; the gradients of the "
    "cross-entropy cost are lost.",
    caught_by="test_l1_weights",
)
def slopes_alone(grads, parameters, lambd, m):
    return {
        f"d{key}": lambd / m * np.sign(array) if key[0] == "W" else np.zeros(array.shape)
        for key, array in parameters.items()
    }


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
        **copy.deepcopy(grads),
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
