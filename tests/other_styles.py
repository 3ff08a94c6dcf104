"""Mistakes of the catalogue as other learners write them: the same function, other code."""

from itertools import pairwise

import numpy as np

from solutions.linear_activation_backward import linear_activation_backward
from solutions.linear_activation_forward import linear_activation_forward
from workbook import relu, sigmoid

MISTAKES = []


def style_of(name, mistake):
    def declare(function):
        MISTAKES.append((name, mistake, function))
        return function

    return declare


@style_of("initialize_parameters", "no_factor")
def _(n_x, n_h, n_y):
    rng = np.random.default_rng()
    found = {"b2": np.full((n_y, 1), 0.0), "W2": rng.normal(size=(n_y, n_h))}
    return found | {"W1": rng.normal(0, 1, (n_h, n_x)), "b1": np.zeros([n_h, 1])}


@style_of("initialize_parameters", "seed_inside")
def _(n_x, n_h, n_y):
    state = np.random.RandomState(2)
    W1, W2 = 0.01 * state.randn(n_h, n_x), state.randn(n_y, n_h) / 100
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@style_of("initialize_parameters", "biases_random")
def _(n_x, n_h, n_y):
    W1, b1, W2, b2 = (
        np.random.normal(0, 0.01, size) for size in ((n_h, n_x), (n_h, 1), (n_y, n_h), (n_y, 1))
    )
    return {"b1": b1, "b2": b2, "W1": W1, "W2": W2}


@style_of("initialize_parameters_deep", "divided_by_root_of_fan_in")
def _(layer_dims):
    found = {}
    for l, (inputs, units) in enumerate(pairwise(layer_dims), 1):
        found[f"W{l}"] = np.random.normal(scale=inputs**-0.5, size=(units, inputs))
        found[f"b{l}"] = np.zeros((units, 1))
    return found


@style_of("linear_forward", "W_transposed")
def _(A, W, b):
    return [np.dot(np.transpose(W), A) + b, [A, W, b]]


@style_of("linear_forward", "b_left_out")
def _(A, W, b):
    return np.einsum("ij,jk->ik", W, A), (A.copy(), W, b)


@style_of("linear_activation_forward", "cache_flat")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = {"relu": relu, "sigmoid": sigmoid}[activation](Z)[0]
    return A, [A_prev, W, b, Z]


@style_of("L_model_forward", "loop_variable_after_the_loop")
def _(X, parameters):
    A, caches = X, []
    for layer in range(1, len(parameters) // 2):
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        Z = W.dot(A) + b
        caches.append(((A, W, b), Z))
        A = np.maximum(Z, 0)
    W, b = parameters[f"W{layer + 1}"], parameters[f"b{layer + 1}"]
    Z = W.dot(A) + b
    return 1 / (1 + np.exp(-Z)), [*caches, ((A, W, b), Z)]


@style_of("L_model_forward", "len_not_halved")
def _(X, parameters):
    A, caches, layer = X, (), 0
    while layer < len(parameters):
        layer += 1
        name = "sigmoid" if layer == len(parameters) else "relu"
        W, b = parameters[f"W{layer}"], parameters[f"b{layer}"]
        A, cache = linear_activation_forward(A, W, b, name)
        caches += (cache,)
    return A, caches


@style_of("compute_cost", "table_from_the_product")
def _(AL, Y):
    table = np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL))
    return np.squeeze(-1 / AL.shape[1] * table)


@style_of("compute_cost", "Y_and_AL_swapped")
def _(AL, Y):
    return -np.mean(np.multiply(AL, np.log(Y)) + np.multiply(1 - AL, np.log(1 - Y)))


@style_of("linear_backward", "entrywise_product")
def _(dZ, cache):
    A, W, _ = cache
    db = dZ.mean(axis=1).reshape(-1, 1)
    return np.multiply(W.T, dZ), np.multiply(dZ, A.T) / dZ.shape[1], db


@style_of("linear_backward", "db_over_axis_0")
def _(dZ, cache):
    A, W, _ = cache
    m = len(A[0])
    return np.einsum("ij,im->jm", W, dZ), (1 / m) * dZ.dot(A.T), dZ.sum(0).reshape(1, m) / m


@style_of("linear_activation_backward", "mask_from_sign_of_dA")
def _(dA, cache, activation):
    (A_prev, W, _), Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = np.maximum(dA, 0) if activation == "relu" else dA * s * (1 - s)
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@style_of("L_model_backward", "loop_runs_forward")
def _(AL, Y, caches):
    found, L = {}, len(caches)
    dAL = -np.divide(Y, AL) + np.divide(1 - Y, 1 - AL)
    last = linear_activation_backward(dAL, caches[-1], "sigmoid")
    found["dA" + str(L - 1)], found["dW" + str(L)], found["db" + str(L)] = last
    for l in range(1, L):
        dA = found["dA" + str(l)]
        last = linear_activation_backward(dA, caches[l - 1], "relu")
        found["dA" + str(l - 1)], found["dW" + str(l)], found["db" + str(l)] = last
    return found


@style_of("update_parameters", "changed_in_place")
def _(params, grads, learning_rate):
    for key, value in params.items():
        np.subtract(value, learning_rate * grads["d" + key], out=value)
    return dict(params)


# Of the labs.


@style_of("normalize", "each_set_by_itself")
def _(X_train, X_test):
    def scaled(X):
        mean = np.average(X, axis=1)
        size = np.sqrt(np.average(X * X, axis=1) - mean**2)
        return ((X.T - mean) / np.where(size > 1e-6, size, 1)).T

    return [scaled(X_train), scaled(X_test)]


@style_of("numerical_gradient", "one_sided")
def _(f, theta, h):
    flat, here = theta.ravel().astype(float), f(theta)
    moved = (flat + h * row for row in np.identity(flat.size))
    return np.array([(f(one.reshape(theta.shape)) - here) / h for one in moved]).reshape(
        theta.shape
    )


@style_of("update_with_adam", "no_bias_correction")
def _(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    v = {key: beta1 * v[key] + grads[key] - beta1 * grads[key] for key in v}
    s = {key: s[key] + (1 - beta2) * (np.square(grads[key]) - s[key]) for key in s}
    moved = {
        key: params[key] - learning_rate / (eps + s[f"d{key}"] ** 0.5) * v[f"d{key}"]
        for key in params
    }
    return moved, v, s
