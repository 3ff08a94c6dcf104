"""What learners write for linear_activation_backward: wrong answers, and right ones refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.linear_backward import linear_backward
from workbook import relu_backward, sigmoid, sigmoid_backward


@misconception(
    "The two derivatives have changed places: a ReLU layer gets the derivative of the "
    "sigmoid, and a sigmoid layer that of ReLU.",
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
    "A sigmoid layer goes back as a ReLU layer does. Is there a branch for the sigmoid, is it ever"
    " taken, and which function does it call?",
    caught_by="test_sigmoid",
)
def always_relu(dA, cache, activation):
    linear_cache, Z = cache
    dZ = relu_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A ReLU layer goes back as a sigmoid layer does. Is there a branch for ReLU, is it ever"
    " taken, and which function does it call?",
    caught_by="test_relu",
)
def always_sigmoid(dA, cache, activation):
    linear_cache, Z = cache
    dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


# Two ways to the same gradients, which nothing but the code can tell apart: one sentence for both.
NO_DERIVATIVE = (
    "The gradients come out as if dA went straight into the linear part: the activation has no"
    " effect. The chain rule multiplies by its derivative first. If you computed dZ, is it used?"
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
    "The activation's derivative seems to get a tuple, the linear cache or the whole one. It is"
    " taken at Z, which is the second half of the cache.",
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
    "The sigmoid's derivative is taken at A instead of Z, so the sigmoid is applied twice. "
    "The given function applies it to what it gets.",
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
    "The sigmoid's derivative comes out as s, without its other factor. It must vanish at both"
    " ends, where the curve is flat, not only where s is near 0.",
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
    "ReLU's gradient is blocked where dA is negative. What counts is whether the unit was active,"
    " which is the sign of Z.",
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
    "The caller's dA has changed. After `dZ = dA`, both are names of the same array: writing into"
    " one writes into the other.",
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


@misconception(
    "A sigmoid layer lets dA through unchanged: its derivative is missing. The chain rule "
    "multiplies by it, for either activation.",
    caught_by="test_sigmoid",
)
def sigmoid_without_derivative(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = dA
    return linear_backward(dZ, linear_cache)


@misconception(
    "A ReLU layer lets dA through unchanged: its derivative is missing. Where the unit was "
    "silent, nothing goes back.",
    caught_by="test_relu",
)
def relu_without_derivative(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The sigmoid's derivative comes out as if Z stood where the activation belongs: s (1 - s)"
    " holds for s = sigmoid(Z), not for Z itself.",
    caught_by="test_sigmoid",
)
def Z_for_s(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = dA * Z * (1 - Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A sigmoid layer's dZ is the derivative alone: dA has no part in it. The chain rule "
    "multiplies what comes in by the derivative.",
    caught_by="test_sigmoid",
)
def dA_missing_in_sigmoid(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = s * (1 - s)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A ReLU layer's dZ is the derivative alone, zeros and ones: dA has no part in it. The "
    "chain rule multiplies what comes in by the derivative.",
    caught_by="test_relu",
)
def dA_missing_in_relu(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = (Z > 0).astype(float)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A ReLU layer lets the gradient through where the unit was silent and blocks it where it "
    "was active. It is the other way round.",
    caught_by="test_relu",
)
def relu_mask_inverted(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * (Z <= 0)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "dA is multiplied by ReLU's value, not by its derivative. The slope is 1 wherever Z is "
    "positive, however large Z is.",
    caught_by="test_relu",
)
def relu_value_for_its_derivative(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = dA * np.maximum(0, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "Where a unit is silent, a hundredth of dA comes through: that is a leaky ReLU. ReLU's "
    "slope is 0 there.",
    caught_by="test_relu_blocks_silent_units",
)
def leaky_relu(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(Z > 0, dA, 0.01 * dA)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A sigmoid layer gets the derivative of tanh, 1 - tanh(Z)^2. Each activation has a "
    "derivative of its own.",
    caught_by="test_sigmoid",
)
def derivative_of_tanh(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = dA * (1 - np.tanh(Z) ** 2)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The sigmoid's derivative comes out as 1 - s, without its other factor. It must vanish at"
    " both ends, where the curve is flat, not only where s is near 1.",
    caught_by="test_sigmoid",
)
def factor_s_missing(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * (1 - s)
    return linear_backward(dZ, linear_cache)


@misconception(
    "A sigmoid layer turns the sign of dA around. The sigmoid rises everywhere, so its derivative"
    " is positive.",
    caught_by="test_sigmoid",
)
def sign_of_the_sigmoid_derivative(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * (s - 1)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The sigmoid's derivative is applied twice. dZ is found once; what goes into the linear "
    "part has it already.",
    caught_by="test_sigmoid",
)
def derivative_twice(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(sigmoid_backward(dA, Z), Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "The activations themselves are applied to dA. Going back, dA is multiplied by their "
    "derivative at Z.",
    caught_by="test_relu",
)
def activation_of_dA(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.maximum(0, dA)
    else:
        dZ = 1 / (1 + np.exp(-dA))
    return linear_backward(dZ, linear_cache)


@misconception(
    "dW and db have changed places. linear_backward returns dA_prev, then dW, then db: are its"
    " results unpacked in this order?",
    caught_by="test_order",
)
def unpacked_in_another_order(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    dA_prev, db, dW = linear_backward(dZ, linear_cache)
    return dA_prev, dW, db


@misconception(
    "dZ stands where dA_prev belongs. dZ is this layer's own; the layer before needs what has"
    " gone through the weights.",
    caught_by="test_order",
)
def dZ_for_dA_prev(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return dZ, dW, db


@misconception(
    "Only dZ is returned: the linear part is missing. From dZ and the linear cache follow "
    "dA_prev, dW and db.",
    caught_by="test_order",
)
def only_dZ_returned(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    return dZ


@misconception(
    "A dictionary is returned. The three gradients come back as they are, one after the "
    "other: dA_prev, dW, db.",
    caught_by="test_order",
)
def dictionary_returned(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return {"dA_prev": dA_prev, "dW": dW, "db": db}


@misconception(
    "For a sigmoid layer, None is returned. Is a branch taken there, and does it have a `return`?"
    " `activation` is exactly relu or sigmoid, in small letters.",
    caught_by="test_sigmoid",
)
def no_branch_for_sigmoid(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        return linear_backward(relu_backward(dA, Z), linear_cache)
    elif activation == "Sigmoid":
        return linear_backward(sigmoid_backward(dA, Z), linear_cache)


@misconception(
    "For a ReLU layer, None is returned. Is a branch taken there, and does it have a `return`?"
    " `activation` is exactly relu or sigmoid, in small letters.",
    caught_by="test_relu",
)
def no_branch_for_relu(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "sigmoid":
        return linear_backward(sigmoid_backward(dA, Z), linear_cache)
    elif activation == "ReLU":
        return linear_backward(relu_backward(dA, Z), linear_cache)


@misconception(
    "dW and db are exactly m times too large. They belong to the mean cost, so the linear part"
    " carries 1/m in both.",
    caught_by="test_relu",
)
def no_1_over_m(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T), np.sum(dZ, axis=1, keepdims=True)


@misconception(
    "dW and db are divided by the number of units, the rows of dA. Examples are columns: m is the"
    " length of the other axis.",
    caught_by="test_relu",
)
def m_from_the_units(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = dA.shape[0]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "dW and db are divided by the number of inputs, the rows of A_prev. Examples are columns: m is"
    " the length of the other axis.",
    caught_by="test_relu",
)
def m_from_the_inputs(dA, cache, activation):
    (A_prev, W, b), Z = cache
    m = A_prev.shape[0]
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "db has lost an axis: the sum over the examples must keep it (see keepdims), so that db "
    "is a column like b.",
    caught_by="test_order",
)
def db_without_keepdims(dA, cache, activation):
    (A_prev, W, b), Z = cache
    dZ = relu_backward(dA, Z) if activation == "relu" else sigmoid_backward(dA, Z)
    m = A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T) / m, np.sum(dZ, axis=1) / m


@misconception(
    "The sigmoid's derivative has twice the same factor: s s stands where s (1 - s) belongs. "
    "It must vanish at both ends, where the curve is flat.",
    caught_by="test_sigmoid",
)
def s_squared(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = dA * s * s
    return linear_backward(dZ, linear_cache)


@misconception(
    "A ReLU layer's dZ is made of Z, and dA has no part in it. Z only says where the unit was"
    " active; what goes back is dA.",
    caught_by="test_relu",
)
def relu_of_Z_for_dZ(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.maximum(0, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "dA is divided by the sigmoid's derivative. The chain rule multiplies by it: where the "
    "curve is flat, hardly any gradient goes back.",
    caught_by="test_sigmoid",
)
def divided_by_the_derivative(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        s = 1 / (1 + np.exp(-Z))
        dZ = dA / (s * (1 - s))
    return linear_backward(dZ, linear_cache)


@misconception(
    "Where a ReLU unit was silent, the gradient comes back with the other sign. Nothing goes "
    "back there: the slope is 0.",
    caught_by="test_relu_blocks_silent_units",
)
def relu_turns_the_sign(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = np.where(Z > 0, dA, -dA)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ, linear_cache)


@misconception(
    "dA_prev comes out as if it were made from dA, without the activation's derivative; dW and db"
    " have it. All three start from dZ.",
    caught_by="test_sigmoid_by_finite_differences",
)
def dA_prev_from_dA(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    dA_prev, dW, db = linear_backward(dZ, linear_cache)
    return np.dot(linear_cache[1].T, dA), dW, db


@misconception(
    "Each gradient is m times too small, as if dZ had been divided by m. The linear part divides"
    " dW and db, and dA_prev not at all.",
    caught_by="test_relu",
)
def dZ_divided_by_m(dA, cache, activation):
    linear_cache, Z = cache
    if activation == "relu":
        dZ = relu_backward(dA, Z)
    else:
        dZ = sigmoid_backward(dA, Z)
    return linear_backward(dZ / dZ.shape[1], linear_cache)


@misconception(
    "The activation's derivative is taken at a Z without b. The cache holds Z as it was.",
    caught_by="test_relu",
)
def Z_without_b(dA, cache, activation):
    (A_prev, W, b), Z = cache
    Z = W @ A_prev
    s = 1 / (1 + np.exp(-Z))
    dZ = dA * (Z > 0) if activation == "relu" else dA * s * (1 - s)
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


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


@accepted("einsum, np.heaviside, and the derivative of the sigmoid from its other form")
def einsum_and_heaviside(dA, cache, activation="relu"):
    (A_prev, W, b), Z = cache
    slope = np.heaviside(Z, 0) if activation == "relu" else 0.25 / np.cosh(Z / 2) ** 2
    dZ = np.multiply(dA, slope)
    dW = np.einsum("im,jm->ij", dZ, A_prev) / dA.shape[1]
    return np.einsum("ij,im->jm", W, dZ), dW, dZ.mean(1, keepdims=True)


@accepted("the activation computed again, its derivative from A")
def derivative_from_A(dA, cache, activation):
    linear_cache, activation_cache = cache[0], cache[1]
    dZ = np.zeros(dA.shape)
    if activation == "relu":
        np.copyto(dZ, dA, where=activation_cache > 0)
    if activation == "sigmoid":
        A = sigmoid(activation_cache)[0]
        dZ += dA * (A - A**2)
    gradients = linear_backward(dZ=dZ, cache=linear_cache)
    return gradients
