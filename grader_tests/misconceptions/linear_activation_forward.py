"""What learners write for linear_activation_forward: wrong answers, and right ones refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_forward import linear_forward
from workbook import relu, sigmoid


@misconception(
    "The two branches are swapped: the layer gets ReLU where it asked for the sigmoid, and the "
    "other way round.",
    caught_by="test_sigmoid",
)
def branches_swapped(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "relu":
        A, activation_cache = sigmoid(Z)
    else:
        A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "ReLU is applied whatever `activation` says. The last layer asks for the sigmoid: look at the "
    "argument.",
    caught_by="test_sigmoid",
)
def relu_always(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = relu(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "The sigmoid is applied whatever `activation` says. Hidden layers ask for ReLU: look at the "
    "argument.",
    caught_by="test_relu",
)
def sigmoid_always(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z)
    return A, (linear_cache, activation_cache)


@misconception(
    "A is cached where Z belongs. The backward pass takes the activation's slope at the "
    "pre-activation, the value before it.",
    caught_by="test_activation_cache",
)
def A_cached_for_Z(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, _ = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, A)


@misconception(
    "The two parts of the cache are reversed: the linear part comes first, as it is computed "
    "first.",
    caught_by="test_linear_cache",
)
def cache_reversed(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (activation_cache, linear_cache)


@misconception(
    "The cache is flat, four arrays in a row. It has two entries: the linear cache, itself a "
    "tuple, and the activation cache.",
    caught_by="test_linear_cache",
)
def cache_flat(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (*linear_cache, activation_cache)


@misconception(
    "sigmoid and relu each return a pair, the activation and its cache. Here the whole pair is "
    "returned as A.",
    caught_by="test_sigmoid",
)
def pair_not_unpacked(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    if activation == "sigmoid":
        A = sigmoid(Z)
    else:
        A = relu(Z)
    return A, (linear_cache, Z)


@misconception(
    "No activation is applied: A is just Z. Without it, many layers can do no more than a single "
    "linear one.",
    caught_by="test_relu",
)
def activation_never_applied(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    return Z, (linear_cache, Z)


@misconception(
    "The activation is applied to the layer's input. It belongs after the linear part: first the "
    "weighted sum, then the activation.",
    caught_by="test_relu",
)
def activation_of_the_input(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A, _ = sigmoid(A_prev) if activation == "sigmoid" else relu(A_prev)
    return A, (linear_cache, Z)


@misconception(
    "A dot stands where a comma belongs: Python looks for something called `b` inside the array W "
    "and finds nothing.",
    caught_by="test_sigmoid",
)
def dot_for_comma(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W.b)
    A, activation_cache = sigmoid(Z) if activation == "sigmoid" else relu(Z)
    return A, (linear_cache, activation_cache)


@accepted("sigmoid and relu written inline, and no call of linear_forward")
def all_inline(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    if activation == "sigmoid":
        A = 1 / (1 + np.exp(-Z))
    elif activation == "relu":
        A = Z * (Z > 0)
    return A, ((A_prev, W, b), Z)


@accepted("a list for each tuple")
def lists_for_tuples(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.maximum(Z, 0) if activation == "relu" else sigmoid(Z)[0]
    return [A, [list(linear_cache), Z]]


@accepted("a dictionary of functions, a print and type annotations")
def table_print_and_annotations(A_prev, W, b, activation: str) -> tuple:
    functions = {"sigmoid": sigmoid, "relu": relu}
    Z, linear_cache = linear_forward(A=A_prev, W=W, b=b)
    A, activation_cache = functions[activation](Z)
    print(activation, A.shape)
    cache = (linear_cache, activation_cache)
    return A, cache


@accepted("copies in the cache")
def copies_in_the_cache(A_prev, W, b, activation):
    Z, linear_cache = linear_forward(A_prev, W, b)
    A = np.where(Z > 0, Z, 0.0) if activation == "relu" else 0.5 * (1 + np.tanh(Z / 2))
    return A, (tuple(array.copy() for array in linear_cache), Z.copy())
