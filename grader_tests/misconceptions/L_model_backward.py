"""What learners write for L_model_backward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_activation_backward import linear_activation_backward


@misconception(
    "dAL has the opposite sign, and with it every gradient. The cost begins with a minus, and so "
    "does its derivative.",
    caught_by="test_output_layer",
)
def sign_of_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y / AL - (1 - Y) / (1 - AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "A bracket of dAL is wrong: its two terms have the same sign. log(1 - AL) falls when AL grows, "
    "so the term of Y = 0 must push the other way.",
    caught_by="test_output_layer",
)
def bracket_of_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL + (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "AL - Y is used as dAL. It is dZ of the output layer, with the sigmoid's derivative already in "
    "it, so that derivative is applied twice.",
    caught_by="test_output_layer",
)
def AL_minus_Y_as_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = AL - Y
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "Every hidden layer is given dA of layer L-1. That is right for the last hidden layer only; "
    "each earlier one takes what the layer after it passed back.",
    caught_by="test_more_hidden_layers",
)
def same_dA_for_every_hidden_layer(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    dA_last_hidden = grads[f"dA{L - 1}"]
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            dA_last_hidden, caches[l], "relu"
        )
    return grads


@misconception(
    "Every layer is given dAL. Only the output layer starts from it; each hidden layer takes what "
    "the layer after it passed back.",
    caught_by="test_one_hidden_layer",
)
def dAL_for_every_layer(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dAL, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The hidden layers go back through the sigmoid, but they went forward through ReLU. Each layer "
    "goes back through its own activation.",
    caught_by="test_one_hidden_layer",
)
def hidden_layers_as_sigmoid(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "sigmoid")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The output layer goes back through ReLU, but it went forward through the sigmoid. Each layer "
    "goes back through its own activation.",
    caught_by="test_output_layer",
)
def output_layer_as_relu(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], "relu")
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The loop runs from the first hidden layer to the last, so it asks for a dA that does not "
    "exist yet. Gradients come from the output: the loop must go down.",
    caught_by="test_more_hidden_layers",
)
def loop_runs_forward(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in range(L - 1):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[l], "relu"
        )
    return grads


@misconception(
    "The first layer is skipped: the loop ends one layer too early. Its cache is caches[0], and "
    "its weights need a gradient too.",
    caught_by="test_one_hidden_layer",
)
def first_layer_skipped(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in range(L - 2, 0, -1):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[l], "relu"
        )
    return grads


@misconception(
    "The output layer is processed twice: once before the loop and once more inside it. The loop "
    "must begin at the last hidden layer.",
    caught_by="test_one_hidden_layer",
)
def output_layer_processed_twice(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    dA, grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(dA, caches[L - 1], "sigmoid")
    grads[f"dA{L - 1}"] = dA
    for l in reversed(range(L)):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu")
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = dA, dW, db
    return grads


@misconception(
    "The caches of the hidden layers are walked the wrong way: the loop goes down, its caches go "
    "up. The two agree when there is only one hidden layer.",
    caught_by="test_more_hidden_layers",
)
def caches_walked_the_wrong_way(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[L - 2 - l], "relu"
        )
    return grads


@misconception(
    "current_cache never changes: the hidden layers go back with the cache of the output layer. "
    "Each layer needs its own.",
    caught_by="test_one_hidden_layer",
)
def current_cache_never_changes(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    current_cache = caches[L - 1]
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, current_cache, "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], current_cache, "relu"
        )
    return grads


@misconception(
    'A key such as "dA2" is written out, which is right for a network of three layers only. Build '
    "every key from the layer's number.",
    caught_by="test_one_hidden_layer",
)
def keys_written_out(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    dA, grads["dW3"], grads["db3"] = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    grads["dA2"] = dA
    for l in reversed(range(L - 1)):
        dA, dW, db = linear_activation_backward(dA, caches[l], "relu")
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = dA, dW, db
    return grads


@misconception(
    "`dA_prev` is a leftover of an earlier cell: in a fresh kernel it does not exist. What a "
    "function needs comes from its arguments or from what it computed before.",
    caught_by="test_one_hidden_layer",
)
def leftover_dA_prev(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            dA_prev, caches[l], "relu"
        )
    return grads


@misconception(
    "Every gradient is m times too small: dAL is divided by m, and then dW and db are again. The "
    "1/m comes later, once, in linear_backward.",
    caught_by="test_output_layer",
)
def dAL_divided_by_m(AL, Y, caches):
    grads = {}
    L = len(caches)
    m = AL.shape[1]
    dA = -(Y / AL - (1 - Y) / (1 - AL)) / m
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "dW and db are right, but the dA keys are shifted by one (an older convention): going back "
    "through layer l gives the gradient of its input, the activations of layer l-1.",
    caught_by="test_dA",
)
def dA_keys_shifted(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@accepted("caches[-1], np.divide, an extra key dA{L}, keys built with str")
def extra_key_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    Y = Y.reshape(AL.shape)
    dAL = -(np.divide(Y, AL) - np.divide(1 - Y, 1 - AL))
    grads["dA" + str(L)] = dAL
    current_cache = caches[-1]
    grads["dA" + str(L - 1)], grads["dW" + str(L)], grads["db" + str(L)] = (
        linear_activation_backward(dAL, current_cache, activation="sigmoid")
    )
    for l in reversed(range(L - 1)):
        current_cache = caches[l]
        dA_prev_temp, dW_temp, db_temp = linear_activation_backward(
            grads["dA" + str(l + 1)], current_cache, "relu"
        )
        grads["dA" + str(l)] = dA_prev_temp
        grads["dW" + str(l + 1)] = dW_temp
        grads["db" + str(l + 1)] = db_temp
    return grads


@accepted("the shortcut dZ = AL - Y in the output layer")
def shortcut_in_the_output_layer(AL, Y, caches):
    grads = {}
    L = len(caches)
    (A_prev, W, _), _ = caches[L - 1]
    m = A_prev.shape[1]
    dZ = AL - Y
    grads[f"dW{L}"] = np.dot(dZ, A_prev.T) / m
    grads[f"db{L}"] = np.sum(dZ, axis=1, keepdims=True) / m
    grads[f"dA{L - 1}"] = np.dot(W.T, dZ)
    for l in range(L - 1, 0, -1):
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(
            grads[f"dA{l}"], caches[l - 1], "relu"
        )
    return grads


@accepted("everything inline, a print, type annotations")
def inline_layers(AL: np.ndarray, Y: np.ndarray, caches: list) -> dict:
    print("layers:", len(caches))
    grads: dict = {}
    dA = (AL - Y) / (AL * (1 - AL))
    for l, (linear_cache, Z) in reversed(list(enumerate(caches, start=1))):
        A_prev, W, b = linear_cache
        if l == len(caches):
            s = 1 / (1 + np.exp(-Z))
            dZ = dA * s * (1 - s)
        else:
            dZ = dA * (Z > 0)
        dA = W.T @ dZ
        grads.update({f"dA{l - 1}": dA, f"dW{l}": dZ @ A_prev.T / Y.shape[1]})
        grads[f"db{l}"] = dZ.mean(axis=1, keepdims=True)
    return grads
