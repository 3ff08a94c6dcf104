"""What learners write for L_model_backward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_activation_backward import linear_activation_backward


@misconception(
    "dAL has the opposite sign, and with it every gradient. The cost begins with a minus, and"
    " so does its derivative.",
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
    "Both terms of dAL are negative. log(1 - AL) falls when AL grows, so the term of Y = 0 "
    "must push the other way: look at what the minus in front belongs to.",
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
    "The gradients come out as if dAL were AL - Y. That is dZ of the output layer, with the"
    " sigmoid's derivative already in it, which is then applied twice.",
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
    "Every hidden layer starts from the dA that the output layer passed back. That is right "
    "for the last hidden layer only; each earlier one takes what the layer after it passed "
    "back.",
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
    "The hidden layers go back through the sigmoid, but they went forward through ReLU. Each "
    "layer goes back through its own activation.",
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
    "A hidden layer asks for a dA that does not exist yet, as in a loop from the first layer to"
    " the last. Gradients come from the output: the loop must go down.",
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
    "The gradients of the first layer are missing, as if the loop ended one layer early. Its"
    " cache is caches[0], and its weights need a gradient too.",
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
    "The output layer is gone through twice: with the sigmoid, and once more as a ReLU layer. The"
    " hidden layers begin one below it.",
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
    "The caches of the hidden layers are walked the wrong way: while the layers' numbers go "
    "down, their caches go up. The two agree when there is only one hidden layer.",
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
    "The hidden layers go back with the cache of the output layer. Each layer needs its own, "
    "so the cache must change in every turn.",
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
    "dA, dW and db of the output layer are missing, unless there are three layers: they stand"
    " under dA2, dW3 and db3 always. Build every key from the layer's number.",
    caught_by="test_more_hidden_layers",
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
    "`dA_prev` has no value in here. What a function needs comes from its arguments or from what"
    " it computed before; what an earlier cell left is gone in a fresh kernel.",
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
    "Every gradient is m times too small, as if dAL were divided by m: dW and db are divided "
    "again. The 1/m comes later, once, in linear_backward.",
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
    "The dA keys are shifted by one (an older convention). Going back through layer l gives "
    "the gradient of its input, the activations of layer l-1: dA0 belongs to X.",
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


@misconception(
    "dAL has only positive terms. Where Y is 1 the cost falls as AL grows, so there its "
    "derivative is negative.",
    caught_by="test_output_layer",
)
def dAL_without_a_minus(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y / AL + (1 - Y) / (1 - AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "dAL has only its first term: an example with label 0 has no gradient. The cost has a "
    "term for each label, and so has its derivative.",
    caught_by="test_output_layer",
)
def dAL_without_its_second_term(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -Y / AL
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The denominators of dAL have changed places. The derivative of a logarithm is 1 over "
    "what stands in it: AL for label 1, and 1 - AL for label 0.",
    caught_by="test_output_layer",
)
def dAL_denominators_swapped(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / (1 - AL) - (1 - Y) / AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The gradients come out as if dAL were that of the squared error, 2 (AL - Y). This network's"
    " cost is the cross-entropy, with another derivative.",
    caught_by="test_output_layer",
)
def dAL_of_the_squared_error(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = 2 * (AL - Y)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "dAL is the loss of each example, not its derivative. Going back begins with how the cost"
    " changes when AL changes.",
    caught_by="test_output_layer",
)
def loss_as_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The gradients come out as if dAL were Y - AL. That is dZ of the output layer with the wrong"
    " sign: the sigmoid's derivative is already in it, and is applied once more.",
    caught_by="test_output_layer",
)
def Y_minus_AL_as_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = Y - AL
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The second term of dAL has lost its brackets: it comes out as 1 - Y - AL, for Python "
    "divides before it subtracts. Each difference, above and below, is a number of its own.",
    caught_by="test_output_layer",
)
def brackets_of_dAL(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL) + (1 - Y / 1 - AL)
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The hidden layers go back without an activation's derivative. Each went forward through "
    "ReLU, so where a unit was silent nothing goes back.",
    caught_by="test_one_hidden_layer",
)
def hidden_layers_without_derivative(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        (A_prev, W, _), Z = caches[l - 1]
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (1 - s) if l == L else dA
        dA = np.dot(W.T, dZ)
        grads[f"dW{l}"] = np.dot(dZ, A_prev.T) / Y.shape[1]
        grads[f"db{l}"] = np.mean(dZ, axis=1, keepdims=True)
        grads[f"dA{l - 1}"] = dA
    return grads


@misconception(
    "The output layer goes back without the sigmoid's derivative: dAL is taken for its dZ. "
    "The chain rule multiplies by the derivative first.",
    caught_by="test_output_layer",
)
def dAL_as_dZ(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        (A_prev, W, _), Z = caches[l - 1]
        dZ = dA if l == L else dA * (Z > 0)
        dA = np.dot(W.T, dZ)
        grads[f"dW{l}"] = np.dot(dZ, A_prev.T) / Y.shape[1]
        grads[f"db{l}"] = np.mean(dZ, axis=1, keepdims=True)
        grads[f"dA{l - 1}"] = dA
    return grads


@misconception(
    "Under each dA stands what went into the layer, not what came out: dA0 holds the gradient"
    " of the first layer's activations. Store it after the layer has been gone through.",
    caught_by="test_dA",
)
def dA_stored_too_early(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        grads[f"dA{l - 1}"] = dA
        activation = "sigmoid" if l == L else "relu"
        dA, grads[f"dW{l}"], grads[f"db{l}"] = linear_activation_backward(
            dA, caches[l - 1], activation
        )
    return grads


@misconception(
    "Nothing stands under dW1, db1 and so on. dW1 and dW2 are two gradients: each has a key of"
    " its own, with its layer's number.",
    caught_by="test_output_layer",
)
def keys_without_number(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads["dA"], grads["dW"], grads["db"] = dA, dW, db
    return grads


@misconception(
    "The layers are numbered from the output: dW1 is the gradient of the last layer. They should"
    " keep the numbers of the way forward, so the output layer is L.",
    caught_by="test_more_hidden_layers",
)
def numbered_from_the_output(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{L - l}"], grads[f"dW{L - l + 1}"], grads[f"db{L - l + 1}"] = dA, dW, db
    return grads


@misconception(
    "A list is returned. The update finds each gradient by its name: grads is a dictionary.",
    caught_by="test_output_layer",
)
def list_returned(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return list(grads.values())


@misconception(
    "Two activations have changed places: the first layer goes back through the sigmoid and "
    "the output layer through ReLU. It is the last layer that has the sigmoid.",
    caught_by="test_one_hidden_layer",
)
def sigmoid_at_layer_1(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The first layer goes back through the sigmoid. It went forward through ReLU, like every "
    "hidden layer.",
    caught_by="test_one_hidden_layer",
)
def first_layer_as_sigmoid(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l in (1, L) else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "dW and db have changed places. linear_activation_backward returns dA_prev, then dW, then db:"
    " are its results unpacked in this order?",
    caught_by="test_output_layer",
)
def unpacked_in_another_order(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, db, dW = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "dA0 is missing. It is what the first layer passes back, to the input: grads is to hold "
    "the gradient of every layer's input.",
    caught_by="test_dA",
)
def no_dA0(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dW{l}"], grads[f"db{l}"] = dW, db
        if l > 1:
            grads[f"dA{l - 1}"] = dA
    return grads


@misconception(
    "grads holds no dA at all. What each layer passes back is needed on the way, and it is "
    "asked for in the end: dA0 to dA{L-1}.",
    caught_by="test_dA",
)
def no_dA(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dW{l}"], grads[f"db{l}"] = dW, db
    return grads


@misconception(
    "grads holds the gradients of the output layer only. Does the loop over the hidden layers run"
    " at all (counting down needs a step), or does a `return` inside it end it?",
    caught_by="test_one_hidden_layer",
)
def return_inside_the_loop(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
        return grads


@misconception(
    "grads holds the gradients of the first layer only, as if each turn put a new dictionary in"
    " the place of the one before. One dictionary collects them all.",
    caught_by="test_more_hidden_layers",
)
def grads_made_anew_in_each_turn(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads = {f"dA{l - 1}": dA, f"dW{l}": dW, f"db{l}": db}
    return grads


@misconception(
    "dW and db of the output layer are missing. They come with the dA that the hidden layers "
    "start from: store them under the number of the output layer, L.",
    caught_by="test_output_layer",
)
def output_layer_not_stored(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], dW, db = linear_activation_backward(dAL, caches[L - 1], "sigmoid")
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[l], "relu"
        )
    return grads


@misconception(
    "dW and db of the output layer are missing, and dAL goes into the layer before it. caches has"
    " one entry for each layer, the last one for the output layer.",
    caught_by="test_output_layer",
)
def output_layer_left_out(AL, Y, caches):
    grads = {}
    L = len(caches) - 1
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "A dA is asked for that was never stored: its number is one too high. What the layer above"
    " passed back carries the number of this layer.",
    caught_by="test_one_hidden_layer",
)
def dA_key_one_too_high(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 2}"], caches[l], "relu"
        )
    return grads


@misconception(
    "Each hidden layer goes back with the cache of the layer after it. Layers are counted "
    "from 1, list entries from 0: the cache of layer l is entry l-1.",
    caught_by="test_one_hidden_layer",
)
def cache_of_the_next_layer(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[L - 1], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[l + 1], "relu"
        )
    return grads


@misconception(
    "The output layer goes back with the first layer's cache, which fits only if there is no "
    "other. It went forward last, so its cache is the last one.",
    caught_by="test_one_hidden_layer",
)
def output_layer_with_the_first_cache(AL, Y, caches):
    grads = {}
    L = len(caches)
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads[f"dA{L - 1}"], grads[f"dW{L}"], grads[f"db{L}"] = linear_activation_backward(
        dAL, caches[0], "sigmoid"
    )
    for l in reversed(range(L - 1)):
        grads[f"dA{l}"], grads[f"dW{l + 1}"], grads[f"db{l + 1}"] = linear_activation_backward(
            grads[f"dA{l + 1}"], caches[l], "relu"
        )
    return grads


@misconception(
    "The caller's list of caches is reversed in place. It is the same list outside the "
    "function: whoever uses it next finds the layers in the wrong order.",
    caught_by="test_inputs_unchanged_and_repeatable",
)
def caches_reversed_in_place(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    caches.reverse()
    for l, cache in zip(range(L, 0, -1), caches):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, cache, activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The caller's list of caches gets shorter, as by pop, which takes a cache out of it. It is"
    " the same list outside the function.",
    caught_by="test_inputs_unchanged_and_repeatable",
)
def caches_popped(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches.pop(), activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "The output layer goes back with the first cache, and the first layer with the last: the list"
    " is walked from its start. The output layer's cache stands at the end.",
    caught_by="test_output_layer_above_others",
)
def caches_from_the_start(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[L - l], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
    return grads


@misconception(
    "Two layers go back, whatever the number of caches is: the second is taken for the output"
    " layer. Count the layers by the caches.",
    caught_by="test_more_hidden_layers",
)
def two_layers_written_out(AL, Y, caches):
    grads = {}
    dAL = -(Y / AL - (1 - Y) / (1 - AL))
    grads["dA1"], grads["dW2"], grads["db2"] = linear_activation_backward(dAL, caches[1], "sigmoid")
    grads["dA0"], grads["dW1"], grads["db1"] = linear_activation_backward(
        grads["dA1"], caches[0], "relu"
    )
    return grads


@misconception(
    "The keys are those of the activations and parameters, such as A0, W1 and b1. These are"
    " gradients: each key begins with d.",
    caught_by="test_output_layer",
)
def keys_without_d(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"A{l - 1}"], grads[f"W{l}"], grads[f"b{l}"] = dA, dW, db
    return grads


@misconception(
    "The gradients of the parameters stand under the parameters' own keys, such as W1 and b1."
    " Each key begins with d, as that of a dA does.",
    caught_by="test_output_layer",
)
def W_and_b_without_d(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if l == L else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"W{l}"], grads[f"b{l}"] = dA, dW, db
    return grads


@misconception(
    "Hidden layers of one unit go back through the sigmoid, as the output layer does. What makes"
    " the output layer is its place, and not its size.",
    caught_by="test_one_example_and_one_unit",
)
def sigmoid_where_one_unit(AL, Y, caches):
    grads = {}
    L = len(caches)
    dA = -(Y / AL - (1 - Y) / (1 - AL))
    for l in range(L, 0, -1):
        activation = "sigmoid" if len(dA) == 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        grads[f"dA{l - 1}"], grads[f"dW{l}"], grads[f"db{l}"] = dA, dW, db
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


@accepted("caches walked by negative index, older dA keys stored beside the right ones")
def negative_index(AL, Y, caches):
    L = len(caches)
    grads = {f"dA{L}": np.where(Y == 1, -1 / AL, 1 / (1 - AL))}
    for back in range(1, L + 1):
        l = L - back
        result = linear_activation_backward(
            dA=grads["dA%d" % (l + 1)],
            cache=caches[-back],
            activation="relu" if back > 1 else "sigmoid",
        )
        grads["dA%d" % l], grads["dW%d" % (l + 1)], grads["db%d" % (l + 1)] = result
    return grads


@accepted("recursion, and dictionaries put together")
def recursion(AL, Y, caches):
    def below(l, dA):
        if l == 0:
            return {}
        activation = "sigmoid" if l == len(caches) else "relu"
        dA_prev, dW, db = linear_activation_backward(dA, caches[l - 1], activation)
        own = {f"dA{l - 1}": dA_prev, f"dW{l}": dW, f"db{l}": db}
        return own | below(l - 1, dA_prev)

    return below(len(caches), (AL - Y) / (AL - AL**2))
