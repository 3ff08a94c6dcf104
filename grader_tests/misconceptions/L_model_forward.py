"""What learners write for L_model_forward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_activation_forward import linear_activation_forward
from workbook import relu, sigmoid


@misconception(
    "The last hidden layer has no part in AL. Count the layers that the loop visits for L = 3.",
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
    "The output layer's W and b come in twice: first as in one more ReLU layer, then with the"
    " sigmoid. The loop is for the hidden layers only.",
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
    "The hidden layers use the sigmoid. In this network only the output layer does; the "
    "hidden layers are ReLU.",
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
    "The output layer gets ReLU. AL is to be a probability, between 0 and 1. If your code "
    "names the other activation there, compare its spelling with that in "
    "linear_activation_forward.",
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
    "Of the hidden layers only the last one's cache is kept, and a network without a hidden layer"
    " ends in an error. Does the append stand inside the loop? Its indentation decides.",
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
    "caches holds the output layer's cache and no other. The backward pass visits every layer"
    " and needs the cache of each.",
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
    "caches holds the layers' activations. The backward pass needs what each layer returned "
    "beside them: its cache.",
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
    "The caches are in reverse order. They should be stored as the layers are run, first layer first; it "
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
    "A layer is asked for that is not there. Each layer has two entries in parameters, W and b:"
    " is their number halved, and where does the loop end?",
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
    "The output layer is fed the input of the last hidden layer, so that layer's work is "
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
    "With no hidden layer, a name has no value after the loop. What is needed there must exist"
    " even if the loop does not run.",
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


@misconception(
    "Of the hidden layers only the last one's cache is kept, as if every turn of the loop put it"
    " in the place of the one before.",
    caught_by="test_one_cache_a_layer",
)
def caches_replaced_in_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches = [cache]
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "caches is the cache of the output layer and no list of caches. Is a layer's result stored"
    " under the list's name?",
    caught_by="test_one_cache_a_layer",
)
def list_overwritten(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, caches = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
    AL, caches = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    return AL, caches


@misconception(
    "append is called on a tuple, which cannot grow. caches must begin as a list and stay one:"
    " does a line store a layer's cache under its name?",
    caught_by="test_one_cache_a_layer",
)
def list_overwritten_then_appended_to(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, caches = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(caches)
    AL, caches = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(caches)
    return AL, caches


@misconception(
    "The output layer's cache stands after each hidden layer's, as if the layer were run in every"
    " turn of the loop. It is run once, after the loop.",
    caught_by="test_AL_with_more_hidden_layers",
)
def AL_inside_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
        AL, cache = linear_activation_forward(
            A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid"
        )
        caches.append(cache)
    return AL, caches


@misconception(
    "Only the first layer is run: what comes back are its activations and its cache. Does"
    " `return` stand inside the loop?",
    caught_by="test_AL_with_more_hidden_layers",
)
def return_inside_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        activation = "sigmoid" if l == L else "relu"
        A, cache = linear_activation_forward(
            A, parameters[f"W{l}"], parameters[f"b{l}"], activation
        )
        caches.append(cache)
        return A, caches


@misconception(
    "Only the first hidden layer is run, and without a hidden layer nothing comes back. Does"
    " `return` stand inside the loop?",
    caught_by="test_AL_with_more_hidden_layers",
)
def return_inside_the_hidden_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
        return A, caches


@misconception(
    "The output layer is run right after the first hidden one, and the layers between are left"
    " out. Look at the indentation of what belongs after the loop.",
    caught_by="test_AL_with_more_hidden_layers",
)
def all_inside_the_loop(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
        AL, cache = linear_activation_forward(
            A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid"
        )
        caches.append(cache)
        return AL, caches


@misconception(
    "The first layer is skipped: X goes straight into the second. Layers are counted from 1, "
    "and the loop must begin there.",
    caught_by="test_AL_with_one_hidden_layer",
)
def first_layer_skipped(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(2, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "W0 is asked for. Layer 0 is the input and has no parameters: the first layer is layer 1.",
    caught_by="test_AL_with_one_hidden_layer",
)
def keys_from_W0(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(L - 1):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "Every hidden layer is fed X. Only the first one sees the input; each later one takes the"
    " activations of the layer before it.",
    caught_by="test_AL_with_more_hidden_layers",
)
def X_fed_to_every_hidden_layer(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(X, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The network has three layers, whatever parameters holds: a layer that is missing ends in"
    " an error, and a fourth is left out. The number of layers follows from the number of "
    "keys.",
    caught_by="test_AL_with_one_hidden_layer",
)
def three_layers_written_out(X, parameters):
    A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    A2, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "relu")
    AL, cache3 = linear_activation_forward(A2, parameters["W3"], parameters["b3"], "sigmoid")
    return AL, [cache1, cache2, cache3]


@misconception(
    "A float stands where only a whole number will do, as in range. `/` gives a float even "
    "when nothing is left over: a number of layers needs the other division.",
    caught_by="test_AL_with_one_hidden_layer",
)
def L_as_a_float(X, parameters):
    L = len(parameters) / 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The hidden layers use tanh. In this network they are ReLU layers: what is negative becomes 0.",
    caught_by="test_AL_with_one_hidden_layer",
)
def tanh_in_hidden_layers(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = sigmoid(Z)[0] if l == L else np.tanh(Z)
    return A, caches


@misconception(
    "The hidden layers have no activation: each hands on its Z. Without one, all layers "
    "together can do no more than a single linear one.",
    caught_by="test_AL_with_one_hidden_layer",
)
def no_activation_in_hidden_layers(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = sigmoid(Z)[0] if l == L else Z
    return A, caches


@misconception(
    "The activations have changed places: the hidden layers have the sigmoid and the output "
    "layer ReLU. AL is to be a probability, so it is the last layer that needs the sigmoid.",
    caught_by="test_AL_with_one_hidden_layer",
)
def activations_swapped(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = relu(Z)[0] if l == L else sigmoid(Z)[0]
    return A, caches


@misconception(
    "The first layer uses the sigmoid. It is a hidden layer like the others, and in this "
    "network hidden layers are ReLU.",
    caught_by="test_AL_with_one_hidden_layer",
)
def sigmoid_in_the_first_layer(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = sigmoid(Z)[0] if l == L else (sigmoid(Z)[0] if l == 1 else relu(Z)[0])
    return A, caches


@misconception(
    "No layer adds its bias. Each unit adds its own bias to its weighted sum before the "
    "activation.",
    caught_by="test_AL_with_one_hidden_layer",
)
def no_biases(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A)
        caches.append(((A, W, b), Z))
        A = sigmoid(Z)[0] if l == L else relu(Z)[0]
    return A, caches


@misconception(
    "What is returned as AL is the output layer's Z. The answer is a probability: Z after the"
    " sigmoid.",
    caught_by="test_AL_with_one_hidden_layer",
)
def Z_returned_for_AL(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return caches[-1][1], caches


@misconception(
    "In every cache, what came out of a layer stands where its input belongs. The gradient of"
    " W needs what W was multiplied with, A_prev.",
    caught_by="test_values_in_caches",
)
def A_cached_for_A_prev(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        A = sigmoid(Z)[0] if l == L else relu(Z)[0]
        caches.append(((A, W, b), Z))
    return A, caches


@misconception(
    "The caches are flat, four arrays each. A layer's cache has two entries: the linear "
    "cache, itself a tuple, and the activation cache.",
    caught_by="test_one_cache_a_layer",
)
def caches_flat(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append((A, W, b, Z))
        A = sigmoid(Z)[0] if l == L else relu(Z)[0]
    return A, caches


@misconception(
    "caches has two entries for each layer, the halves of its cache one after the other: "
    "extend and `+=` take a cache apart. Each layer adds one entry, its whole cache.",
    caught_by="test_one_cache_a_layer",
)
def caches_extended(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.extend(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.extend(cache)
    return AL, caches


@misconception(
    "Each layer's cache stands in caches twice. It is appended once, where the layer has run.",
    caught_by="test_one_cache_a_layer",
)
def cache_appended_twice(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    caches.append(cache)
    return AL, caches


@misconception(
    "The output layer's Z goes through ReLU and then through the sigmoid, so no answer is "
    "below 0.5. Only the hidden layers are ReLU.",
    caught_by="test_AL_with_one_hidden_layer",
)
def relu_before_the_sigmoid(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        Z = np.dot(W, A) + b
        caches.append(((A, W, b), Z))
        A = sigmoid(relu(Z)[0])[0] if l == L else relu(Z)[0]
    return A, caches


@misconception(
    "AL has been through the sigmoid twice. The output layer has applied it already: what "
    "comes out of it is the answer.",
    caught_by="test_AL_with_one_hidden_layer",
)
def sigmoid_applied_twice(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    AL, _ = sigmoid(AL)
    return AL, caches


@misconception(
    "AL has been rounded to 0 or 1. The cost needs the probabilities: deciding between the "
    "two comes later, outside of this function.",
    caught_by="test_AL_with_one_hidden_layer",
)
def AL_rounded_to_labels(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    AL = (AL > 0.5).astype(float)
    return AL, caches


@misconception(
    "caches holds the linear caches only. Each layer's whole cache belongs there: going "
    "backward, the activation needs its part, too.",
    caught_by="test_one_cache_a_layer",
)
def only_the_linear_caches(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache[0])
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache[0])
    return AL, caches


@misconception(
    "caches holds the Z of each layer only. Each layer's whole cache belongs there: going "
    "backward, the linear part needs its own, too.",
    caught_by="test_one_cache_a_layer",
)
def only_Z_in_caches(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache[1])
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache[1])
    return AL, caches


@misconception(
    "In the place of the output layer's cache stands the last hidden layer's once more, and "
    "with no hidden layer there is none. Append what the output layer returned.",
    caught_by="test_one_cache_a_layer",
)
def last_hidden_cache_appended_again(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache_L = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "AL and the caches have changed places. The answer comes first, then the list of caches.",
    caught_by="test_AL_with_one_hidden_layer",
)
def caches_returned_first(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return caches, AL


@misconception(
    "Only AL is returned. The backward pass needs the caches as well: two values come back, "
    "AL and the list.",
    caught_by="test_one_cache_a_layer",
)
def only_AL_returned(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL


@misconception(
    "caches has one entry too many: the output layer's stands there twice. Is it appended both in"
    " the loop over the hidden layers and after it?",
    caught_by="test_one_cache_a_layer",
)
def output_cache_appended_twice(X, parameters):
    L = len(parameters) // 2
    caches = []
    A_prev = A = X
    for l in range(1, L + 1):
        A_prev = A
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(
        A_prev, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid"
    )
    caches.append(cache)
    return AL, caches


@misconception(
    "The output layer is fed X. It takes the activations of the last hidden layer.",
    caught_by="test_AL_with_one_hidden_layer",
)
def X_fed_to_the_output_layer(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(X, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.append(cache)
    return AL, caches


@misconception(
    "The network has two layers, whatever parameters holds: with a single one, W2 is asked for,"
    " and what comes after the second is left out. The number of layers follows from the number of"
    " keys.",
    caught_by="test_AL_with_more_hidden_layers",
)
def two_layers_written_out(X, parameters):
    A1, cache1 = linear_activation_forward(X, parameters["W1"], parameters["b1"], "relu")
    AL, cache2 = linear_activation_forward(A1, parameters["W2"], parameters["b2"], "sigmoid")
    return AL, [cache1, cache2]


@misconception(
    "Hidden layers of one unit go through the sigmoid, as the output layer does. What makes the"
    " output layer is its place, and not its size.",
    caught_by="test_one_example_and_one_unit",
)
def sigmoid_where_one_unit(X, parameters):
    caches = []
    A = X
    for l in range(1, len(parameters) // 2 + 1):
        W, b = parameters[f"W{l}"], parameters[f"b{l}"]
        A, cache = linear_activation_forward(A, W, b, "sigmoid" if len(W) == 1 else "relu")
        caches.append(cache)
    return A, caches


@misconception(
    "The output layer's cache stands first in the list. The caches stand in the order of the"
    " layers, so it is the last one.",
    caught_by="test_values_in_caches",
)
def last_cache_first(X, parameters):
    L = len(parameters) // 2
    caches = []
    A = X
    for l in range(1, L):
        A, cache = linear_activation_forward(A, parameters[f"W{l}"], parameters[f"b{l}"], "relu")
        caches.append(cache)
    AL, cache = linear_activation_forward(A, parameters[f"W{L}"], parameters[f"b{L}"], "sigmoid")
    caches.insert(0, cache)
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


@accepted("recursion: the layers below, then this one")
def recursion(X, parameters):
    def up_to(l):
        if l == 0:
            return X, []
        A, caches = up_to(l - 1)
        activation = "sigmoid" if f"W{l + 1}" not in parameters else "relu"
        A, cache = linear_activation_forward(
            A, parameters[f"W{l}"], parameters[f"b{l}"], activation
        )
        return A, [*caches, cache]

    return up_to(len(parameters) // 2)


@accepted("a while loop, the last layer popped from lists of its own")
def while_loop(X, parameters):
    weights = [parameters["W{}".format(l + 1)] for l in range(len(parameters) // 2)]
    biases = [parameters["b{}".format(l + 1)] for l in range(len(weights))]
    W_last, b_last = weights.pop(), biases.pop()
    A, caches, l = X, list(), 0
    while l < len(weights):
        A, cache = linear_activation_forward(A, weights[l], biases[l], "relu")
        caches = caches + [cache]
        l += 1
    AL, last = linear_activation_forward(A, W_last, b_last, "sigmoid")
    return AL, caches + [last]
