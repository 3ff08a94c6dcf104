"""What learners write for linear_activation_backward: wrong answers, and right ones refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_backward import linear_backward
from workbook import relu_backward, sigmoid, sigmoid_backward


@misconception(
    "The two derivatives are swapped: a ReLU layer gets the derivative of the sigmoid, and a "
    "sigmoid layer that of ReLU.",
    caught_by="test_relu",
)
def derivatives_swapped(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = sigmoid_backward(dA, Z)
    else:
        dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "Every layer goes back through ReLU: `activation` is ignored, so a sigmoid layer gets the "
    "wrong derivative.",
    caught_by="test_sigmoid",
)
def always_relu(dA, cache, activation):
    linear_cache, Z = cache
    dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "Every layer goes back through the sigmoid: `activation` is ignored, so a ReLU layer gets the "
    "wrong derivative.",
    caught_by="test_relu",
)
def always_sigmoid(dA, cache, activation):
    linear_cache, Z = cache
    dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


# Two ways to the same gradients, which nothing but the code can tell apart: one sentence for both.
NO_DERIVATIVE = (
    "dA went straight into the linear part, so the activation has no effect on the gradient. The "
    "chain rule multiplies by its derivative first; if you computed dZ, it was never used."
)


@misconception(
    NO_DERIVATIVE,
    caught_by="test_sigmoid",
)
def no_derivative(dA, cache, activation):
    linear_cache, Z = cache
    dZ = dA
    return linear_backward(dZ, linear_cache)


@misconception(
    NO_DERIVATIVE,
    caught_by="test_sigmoid",
)
def dA_passed_on(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, activation_cache)
    else:
        dZ = sigmoid_backward(dA, activation_cache)
    return linear_backward(dA, linear_cache)


@misconception(
    "The activation's derivative got the linear cache, a tuple of three arrays. It is taken at Z, "
    "which the other half of the cache holds.",
    caught_by="test_sigmoid",
)
def linear_cache_for_Z(dA, cache, activation):
    linear_cache, activation_cache = cache
    if activation == "relu":
        dZ = relu_backward(dA, linear_cache)
    else:
        dZ = sigmoid_backward(dA, linear_cache)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The sigmoid's derivative is taken at A instead of Z, so the sigmoid is applied twice. The "
    "given function applies it to what it gets.",
    caught_by="test_sigmoid",
)
def sigmoid_derivative_at_A(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        A, _ = sigmoid(Z)
        dZ = sigmoid_backward(dA, A)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The sigmoid's derivative has lost one of its two factors: it must vanish at both ends, where "
    "the curve is flat, not only where s is near 0.",
    caught_by="test_sigmoid",
)
def factor_1_minus_s_missing(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s, _ = sigmoid(Z)
        dZ = dA * s
    return linear_backward(dZ, linear_cache)


@misconception(
    "ReLU's gradient is blocked where dA is negative. What counts is whether the unit was active, "
    "which is the sign of Z.",
    caught_by="test_relu_blocks_silent_units",
)
def mask_from_sign_of_dA(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(dA > 0, dA, 0.0)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The gradients are right, but the caller's dA has changed: `dZ = dA` gives the same array a "
    "second name, and writing into one writes into the other.",
    caught_by="test_inputs_unchanged_and_repeatable",
)
def dZ_is_an_alias_of_dA(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA
        dZ[Z <= 0] = 0
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@accepted("the ReLU derivative at exactly 0 taken as 1, a convention as good as 0")
def relu_mask_with_zero(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * (Z >= 0)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@accepted("the derivatives written inline, a copy of dA, indexing into the cache")
def inline_derivatives(dA, cache, activation):
    Z = cache[1]
    if activation == "sigmoid":
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (1 - s)
    elif activation == "relu":
        dZ = copy.deepcopy(dA)
        dZ[Z <= 0] = 0
    dA_prev, dW, db = linear_backward(dZ, cache[0])
    return dA_prev, dW, db


@accepted("the linear part written inline, a list for the tuple, a print, type annotations")
def inline_linear_part(dA: np.ndarray, cache: tuple, activation: str) -> list:
    (A_prev, W, b), Z = cache
    print("layer of", W.shape[0], activation)
    backward = {"relu": relu_backward, "sigmoid": sigmoid_backward}[activation]
    dZ = backward(dA=dA, Z=Z)
    m = A_prev.shape[1]
    return [np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m]
