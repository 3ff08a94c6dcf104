"""What learners write for L_model_forward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_activation_forward import linear_activation_forward
from workbook import relu, sigmoid


@misconception(
    "One hidden layer is skipped: range leaves out its end, so the loop stops a layer early. Count "
    "the layers it visits for L = 3.",
    caught_by="test_AL_with_one_hidden_layer",
)
def hidden_layer_skipped(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L - 1):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The output layer runs twice: the loop of ReLU layers also takes layer L. The loop is for the "
    "hidden layers only.",
    caught_by="test_AL_with_one_hidden_layer",
)
def output_layer_also_relu(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "Every layer is fed X. Only the first layer sees the input; each later one takes the "
    "activations of the layer before it.",
    caught_by="test_AL_with_one_hidden_layer",
)
def X_fed_to_every_layer(X, parameters):
    L = len(parameters) // 2
    caches = []
    for l in range(1, L):
        A, cache = linear_activation_forward(X, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(X, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The hidden layers use the sigmoid. In this network only the output layer does; the hidden "
    "layers are ReLU.",
    caught_by="test_AL_with_one_hidden_layer",
)
def sigmoid_in_hidden_layers(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "sigmoid")
        caches.append(cache)
    return A, caches


@misconception(
    "The output layer uses ReLU. AL is to be a probability, so the last layer needs the activation "
    "whose values lie between 0 and 1.",
    caught_by="test_AL_with_one_hidden_layer",
)
def relu_in_the_last_layer(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    return A, caches


@misconception(
    "caches.append stands outside the loop, so of all hidden layers only the last one's cache is "
    "kept. Look at its indentation.",
    caught_by="test_one_cache_a_layer",
)
def append_outside_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
    caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "Only the last cache is kept: each layer overwrites the one before. The backward pass visits "
    "every layer and needs the cache of each.",
    caught_by="test_one_cache_a_layer",
)
def only_the_last_cache(X, parameters):
    L = len(parameters) // 2
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches = [cache]
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches = [cache]
    return AL, caches


@misconception(
    "The output layer's cache is missing. It is the first one that the backward pass asks for.",
    caught_by="test_one_cache_a_layer",
)
def last_cache_missing(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return AL, caches


@misconception(
    "caches holds activations. The backward pass needs what each layer returned beside its "
    "activations: the cache.",
    caught_by="test_one_cache_a_layer",
)
def A_appended_for_the_cache(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(A)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(AL)
    return AL, caches


@misconception(
    "The caches are in reverse order. They are stored as the layers are run, first layer first; it "
    "is the backward pass that walks them from the end.",
    caught_by="test_one_cache_a_layer",
)
def caches_reversed(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.insert(0, cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.insert(0, cache)
    return AL, caches


@misconception(
    "The loop asks for a layer that is not there. Each layer has two entries in parameters, W and "
    "b, so their number is twice that of the layers; or the loop runs one layer too far.",
    caught_by="test_no_hidden_layer",
)
def len_not_halved(X, parameters):
    L = len(parameters)
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The output layer is fed A_prev, the input of the last hidden layer, so that layer's work is "
    "lost. What came out of it goes on.",
    caught_by="test_AL_with_one_hidden_layer",
)
def last_layer_given_A_prev(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    A_prev = X
    for l in range(1, L):
        A_prev = A
        A, cache = linear_activation_forward(
            A_prev, parameters[f"W{l}"], parameters[f"b{l}"], "relu"
        )
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A_prev, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid"
    )
    caches.append(cache)
    return AL, caches


@misconception(
    "The loop's variable is used after the loop. With no hidden layer the loop never runs and the "
    "variable does not exist: name the last layer by its own number.",
    caught_by="test_no_hidden_layer",
)
def loop_variable_after_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A, parameters[f"W{l + 1}"], parameters[f"b{l + 1}"], "sigmoid"
    )
    caches.append(cache)
    return AL, caches


@accepted("one loop over all layers that chooses the activation, and a tuple of caches")
def one_loop_and_a_tuple(X, parameters):
    L = len([key for key in parameters if key.startswith("W")])
    caches = ()
    A = X
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], activation=activation
        )
        caches += (cache,)
    return A, caches


@accepted("the layers written inline, lists for tuples, a print, type annotations")
def inline_layers(X: np.ndarray, parameters: dict) -> list:
    L: int = int(len(parameters) / 2)
    print("layers:", L)
    caches = [None] * L
    A = X
    for l in range(L):
        W, b = parameters[f"W{l + 1}"], parameters[f"b{l + 1}"]
        Z = np.dot(W, A) + b
        caches[l] = [[A, W, b], Z]
        A = 1 / (1 + np.exp(-Z)) if l == L - 1 else np.where(Z > 0, Z, 0)
    return [A, caches]


@accepted("the activations called directly, the output layer's parameters fetched first")
def activations_called_directly(X, parameters):
    L = len(parameters) // 2
    W_last, b_last = parameters[f"W{L}"], parameters[f"b{L}"]
    caches, A_prev = [], X.copy()
    for l in range(1, L):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        A, Z = relu(np.matmul(W, A_prev) + b)
        caches.append(((A_prev, W, b), Z))
        A_prev = A
    AL, Z = sigmoid(np.matmul(W_last, A_prev) + b_last)
    caches.append(((A_prev, W_last, b_last), Z))
    return AL, caches
