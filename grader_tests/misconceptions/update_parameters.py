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
    "The old parameters are gone: what is left is the step alone, with its minus. A step "
    "starts from where the parameters are; where `=-` stands, it assigns a negative number and subtracts "
    "nothing.",
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
    "The learning rate is 0.1 whatever the caller passes. Use the argument: how far to go is "
    "for the caller to say.",
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
    "The first layer stays as it was. Check which keys are visited first.",
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
    "The last layer stays as it was. Check which keys are visited last.",
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
    "W takes the step of b: db is subtracted from it. Broadcasting lets it pass without an "
    "error, but each parameter moves against its own gradient.",
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
    "b takes the step of W: dW is subtracted from it. Broadcasting makes a matrix of the "
    "column; each parameter moves against its own gradient.",
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
    "The caller's arrays have changed: the new numbers are written into them, as `-=` does it. A "
    "shallow copy is a new dictionary with the same arrays in it."
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


@misconception(
    "The biases go uphill: their step is added. Descent goes against the gradient, for every "
    "parameter.",
    caught_by="test_b",
)
def b_uphill(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] + learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The weights go uphill: their step is added. Descent goes against the gradient, for every"
    " parameter.",
    caught_by="test_W",
)
def W_uphill(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] + learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The biases take the whole gradient as their step. The learning rate scales the step of "
    "every parameter, not of the weights only.",
    caught_by="test_b",
)
def b_without_learning_rate(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - grads[f"db{l}"]
    return parameters


@misconception(
    "The weights take the whole gradient as their step. The learning rate scales the step of "
    "every parameter, not of the biases only.",
    caught_by="test_W",
)
def W_without_learning_rate(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The gradient is divided by the learning rate: the smaller the rate, the longer the step."
    " It is a factor.",
    caught_by="test_step_grows_with_learning_rate",
)
def divided_by_learning_rate(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - grads[f"dW{l}"] / learning_rate
        parameters[f"b{l}"] = params[f"b{l}"] - grads[f"db{l}"] / learning_rate
    return parameters


@misconception(
    "The learning rate multiplies the old parameters, too, and so shrinks them. It belongs to"
    " the gradient alone: see what the bracket holds.",
    caught_by="test_W",
)
def learning_rate_outside_the_bracket(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = learning_rate * (params[f"W{l}"] - grads[f"dW{l}"])
        parameters[f"b{l}"] = learning_rate * (params[f"b{l}"] - grads[f"db{l}"])
    return parameters


@misconception(
    "The learning rate is subtracted from every entry, beside the gradient. It is a factor of"
    " the gradient.",
    caught_by="test_W",
)
def learning_rate_subtracted(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate - grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate - grads[f"db{l}"]
    return parameters


@misconception(
    "The step is made of the parameters themselves: they shrink, and the gradient has no part"
    " in it.",
    caught_by="test_direction",
)
def parameters_for_gradients(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * params[f"W{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * params[f"b{l}"]
    return parameters


@misconception(
    "The old parameters are gone: what is left is the learning rate times the gradient. A "
    "step starts from where the parameters are.",
    caught_by="test_W",
)
def gradient_step_alone(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "Nothing moves: what is returned are the old parameters. Are the new values stored under"
    " their keys?",
    caught_by="test_W",
)
def new_values_not_stored(params, grads, learning_rate):
    parameters = copy.deepcopy(params)
    L = len(parameters) // 2
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        W = W - learning_rate * grads[f"dW{l}"]
        b = b - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "Only the first layer moves. Does a `return` stand inside the loop, or are the keys of layer"
    " 1 written out?",
    caught_by="test_every_layer",
)
def only_the_first_layer(params, grads, learning_rate):
    L = len(params) // 2
    parameters = copy.deepcopy(params)
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
        return parameters


@misconception(
    "The layers after the second stay as they were, as if two layers were written out. The "
    "number of layers follows from the number of keys.",
    caught_by="test_every_layer",
)
def two_layers_written_out(params, grads, learning_rate):
    parameters = params.copy()
    parameters["W1"] = params["W1"] - learning_rate * grads["dW1"]
    parameters["b1"] = params["b1"] - learning_rate * grads["db1"]
    parameters["W2"] = params["W2"] - learning_rate * grads["dW2"]
    parameters["b2"] = params["b2"] - learning_rate * grads["db2"]
    return parameters


@misconception(
    "The layers after the second are missing, as if two layers were written out. The number "
    "of layers follows from the number of keys.",
    caught_by="test_every_layer",
)
def two_layers_returned(params, grads, learning_rate):
    W1 = params["W1"] - learning_rate * grads["dW1"]
    b1 = params["b1"] - learning_rate * grads["db1"]
    W2 = params["W2"] - learning_rate * grads["dW2"]
    b2 = params["b2"] - learning_rate * grads["db2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "Only the last layer moves. Do the keys change from one turn of the loop to the next?",
    caught_by="test_every_layer",
)
def only_the_last_layer(params, grads, learning_rate):
    L = len(params) // 2
    parameters = copy.deepcopy(params)
    for l in range(1, L + 1):
        parameters[f"W{L}"] = params[f"W{L}"] - learning_rate * grads[f"dW{L}"]
        parameters[f"b{L}"] = params[f"b{L}"] - learning_rate * grads[f"db{L}"]
    return parameters


@misconception(
    "The last layer is missing in what is returned, as if the loop stopped one layer early. Which"
    " layer does it visit last?",
    caught_by="test_every_layer",
)
def last_layer_missing(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The biases are missing in what is returned. The new dictionary should have all the keys of the "
    "old one.",
    caught_by="test_b",
)
def biases_missing(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
    return parameters


@misconception(
    "The keys are those of the gradients, with a d in front. The new parameters are to come back, "
    "each under its own name.",
    caught_by="test_W",
)
def keys_of_the_gradients(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"dW{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"db{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "Layer 0 is asked for. It is the input and has no parameters: the first layer is layer 1.",
    caught_by="test_W",
)
def keys_from_W0(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(L):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "A layer is asked for that is not there. Each layer has two entries in params, W and b: is"
    " their number halved, and where does the loop end?",
    caught_by="test_every_layer",
)
def len_not_halved(params, grads, learning_rate):
    L = len(params)
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "A gradient is looked up under layer 0, which has none: its number is one below that of "
    "its parameter. The number in both keys must be the same.",
    caught_by="test_W",
)
def gradient_key_one_too_low(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(L):
        parameters[f"W{l + 1}"] = params[f"W{l + 1}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l + 1}"] = params[f"b{l + 1}"] - learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The keys are one too low: the new parameters of layer 1 stand under W0 and b0. Layer 0 "
    "is the input and has none.",
    caught_by="test_W",
)
def keys_one_too_low(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(L):
        parameters[f"W{l}"] = params[f"W{l + 1}"] - learning_rate * grads[f"dW{l + 1}"]
        parameters[f"b{l}"] = params[f"b{l + 1}"] - learning_rate * grads[f"db{l + 1}"]
    return parameters


@misconception(
    "Only the sign of each gradient counts: every entry moves by the learning rate. A step is"
    " as long as its gradient is large.",
    caught_by="test_direction",
)
def sign_of_the_gradient(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * np.sign(grads[f"dW{l}"])
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * np.sign(grads[f"db{l}"])
    return parameters


@misconception(
    "The learning rate is 0.01 whatever the caller passes. Use the argument: how far to go is"
    " for the caller to say.",
    caught_by="test_step_grows_with_learning_rate",
)
def learning_rate_written_out_as_0_01(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - 0.01 * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - 0.01 * grads[f"db{l}"]
    return parameters


@misconception(
    "Each step is twice as long as it should be, as if it were taken twice. Each parameter moves"
    " once, by the learning rate times its gradient.",
    caught_by="test_W",
)
def step_taken_twice(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - 2 * learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - 2 * learning_rate * grads[f"db{l}"]
    return parameters


@misconception(
    "The caller's gradients have changed: they are the same arrays outside the function, and"
    " whoever uses them next finds other numbers.",
    caught_by="test_inputs_unchanged_and_repeatable",
)
def gradients_scaled_in_place(params, grads, learning_rate):
    parameters = {}
    for key in params:
        grads["d" + key] *= learning_rate
        parameters[key] = params[key] - grads["d" + key]
    return parameters


@misconception(
    "A list is returned, without names. The parameters are looked up by their keys: a "
    "dictionary goes in, and a dictionary comes out.",
    caught_by="test_W",
)
def list_returned(params, grads, learning_rate):
    L = len(params) // 2
    parameters = {}
    for l in range(1, L + 1):
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * grads[f"dW{l}"]
        parameters[f"b{l}"] = params[f"b{l}"] - learning_rate * grads[f"db{l}"]
    return list(parameters.values())


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


@accepted("items, zip and a comprehension over the keys")
def over_the_keys(params, grads, learning_rate=0.01):
    return {key: value - learning_rate * grads["d" + key] for key, value in params.items()}


@accepted("copies of the arrays, then np.subtract into them")
def subtract_into_copies(params, grads, learning_rate):
    parameters = {key: np.array(value) for key, value in params.items()}
    for key, value in parameters.items():
        np.subtract(value, learning_rate * grads[f"d{key}"], out=value)
    return parameters
