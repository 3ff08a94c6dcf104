"""Mistakes of the catalogue as other learners write them: the same function, other code."""

import copy
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


@style_of("initialize_parameters_deep", "seed_inside_the_loop")
def _(layer_dims):
    found = {}
    for l in range(1, len(layer_dims)):
        state = np.random.RandomState(1)
        found["W%d" % l] = state.randn(layer_dims[l], layer_dims[l - 1]) * 0.01  # noqa: UP031
        found["b%d" % l] = np.zeros((layer_dims[l], 1))  # noqa: UP031
    return found


@style_of("initialize_parameters_deep", "rand_for_randn")
def _(layer_dims):
    found = {}
    for l in range(len(layer_dims) - 1):
        size = layer_dims[l + 1], layer_dims[l]
        found[f"W{l + 1}"] = np.random.default_rng().uniform(0, 0.01, size)
        found[f"b{l + 1}"] = np.zeros((size[0], 1))
    return found


@style_of("linear_forward", "W_transposed")
def _(A, W, b):
    return [np.dot(np.transpose(W), A) + b, [A, W, b]]


@style_of("linear_forward", "b_left_out")
def _(A, W, b):
    return np.einsum("ij,jk->ik", W, A), (A.copy(), W, b)


@style_of("linear_forward", "entrywise_product")
def _(A, W, b):
    return np.add(np.multiply(A, W), b), (A, W, b)


@style_of("linear_activation_forward", "A_cached_for_Z")
def _(A_prev, W, b, activation):
    Z = np.dot(W, A_prev) + b
    A = np.maximum(Z, 0) if activation == "relu" else 1 / (1 + np.exp(-Z))
    return A, ((A_prev, W, b), A)


@style_of("linear_activation_forward", "sigmoid_always")
def _(A_prev, W, b, activation):
    Z = W.dot(A_prev) + b
    return 1 / (1 + np.exp(-Z)), ([A_prev, W, b], Z)


@style_of("linear_activation_forward", "cache_flat")
def _(A_prev, W, b, activation):
    Z = W @ A_prev + b
    A = {"relu": relu, "sigmoid": sigmoid}[activation](Z)[0]
    return A, [A_prev, W, b, Z]


@style_of("L_model_forward", "hidden_layer_skipped")
def _(X, parameters):
    L, A, caches = len(parameters) // 2, X, []
    layers = [*range(1, L - 1), L]
    for l in layers:
        activation = "relu" if l < L else "sigmoid"
        A, cache = linear_activation_forward(
            A, parameters["W" + str(l)], parameters["b" + str(l)], activation
        )
        caches += [cache]
    return A, caches


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


@style_of("compute_cost", "no_minus")
def _(AL, Y):
    return np.mean(Y * np.log(AL) + (1 - Y) * np.log(1 - AL))


@style_of("compute_cost", "table_from_the_product")
def _(AL, Y):
    table = np.dot(Y.T, np.log(AL)) + np.dot((1 - Y).T, np.log(1 - AL))
    return np.squeeze(-1 / AL.shape[1] * table)


@style_of("compute_cost", "Y_and_AL_swapped")
def _(AL, Y):
    return -np.mean(np.multiply(AL, np.log(Y)) + np.multiply(1 - AL, np.log(1 - Y)))


@style_of("compute_cost", "not_divided_by_m")
def _(AL, Y):
    return -(Y @ np.log(AL).T + (1 - Y) @ np.log(1 - AL).T).item()


@style_of("linear_backward", "dW_without_1_over_m")
def _(dZ, cache):
    A, W, _ = cache
    dW = np.dot(dZ, A.T)
    return np.dot(W.T, dZ), dW, dZ.mean(axis=1, keepdims=True)


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


@style_of("linear_activation_backward", "no_derivative")
def _(dA, cache, activation):
    (A_prev, W, _), _ = cache
    m = A_prev.shape[1]
    return np.dot(W.T, dA), np.dot(dA, A_prev.T) / m, np.sum(dA, axis=1, keepdims=True) / m


@style_of("linear_activation_backward", "mask_from_sign_of_dA")
def _(dA, cache, activation):
    (A_prev, W, _), Z = cache
    s = 1 / (1 + np.exp(-Z))
    dZ = np.maximum(dA, 0) if activation == "relu" else dA * s * (1 - s)
    m = dZ.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, dZ.sum(axis=1, keepdims=True) / m


@style_of("L_model_backward", "sign_of_dAL")
def _(AL, Y, caches):
    dA, found = (Y - AL) / (AL * (1 - AL)), {}
    for l, cache in reversed(list(enumerate(caches, 1))):
        name = "sigmoid" if l == len(caches) else "relu"
        dA, found[f"dW{l}"], found[f"db{l}"] = linear_activation_backward(dA, cache, name)
        found[f"dA{l - 1}"] = dA
    return found


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


@style_of("L_model_backward", "dA_keys_shifted")
def _(AL, Y, caches):
    L = len(caches)
    found = {}
    dA = (AL - Y) / (AL * (1 - AL))
    for l in reversed(range(L)):
        name = "sigmoid" if l == L - 1 else "relu"
        dA, dW, db = linear_activation_backward(dA, caches[l], name)
        found["dA" + str(l + 1)], found["dW" + str(l + 1)], found["db" + str(l + 1)] = dA, dW, db
    return found


@style_of("update_parameters", "changed_in_place")
def _(params, grads, learning_rate):
    for key, value in params.items():
        np.subtract(value, learning_rate * grads["d" + key], out=value)
    return dict(params)


@style_of("update_parameters", "last_layer_not_updated")
def _(params, grads, learning_rate):
    found = copy.deepcopy(params)
    for l in range(len(params) // 2 - 1):
        for letter in "Wb":
            found[f"{letter}{l + 1}"] -= learning_rate * grads[f"d{letter}{l + 1}"]
    return found


@style_of("update_parameters", "learning_rate_not_used")
def _(params, grads, learning_rate):
    return {key: np.subtract(value, grads[f"d{key}"]) for key, value in params.items()}


# Of the labs.


@style_of("normalize", "each_set_by_itself")
def _(X_train, X_test):
    def scaled(X):
        mean = np.average(X, axis=1)
        size = np.sqrt(np.average(X * X, axis=1) - mean**2)
        return ((X.T - mean) / np.where(size > 1e-6, size, 1)).T

    return [scaled(X_train), scaled(X_test)]


@style_of("accuracy", "in_percent")
def _(predictions, Y):
    right = sum(int(p == y) for p, y in zip(predictions[0], Y[0], strict=True))
    return right / Y.shape[1] * 100


@style_of("numerical_gradient", "one_sided")
def _(f, theta, h):
    flat, here = theta.ravel().astype(float), f(theta)
    moved = (flat + h * row for row in np.identity(flat.size))
    return np.array([(f(one.reshape(theta.shape)) - here) / h for one in moved]).reshape(
        theta.shape
    )


@style_of("clip_by_norm", "each_array_alone")
def _(grads, max_norm):
    found = {}
    for key in grads:
        if "A" not in key:
            length = np.linalg.norm(grads[key])
            found[key] = grads[key] if length <= max_norm else grads[key] / length * max_norm
    return found


@style_of("update_with_adam", "no_bias_correction")
def _(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    v = {key: beta1 * v[key] + grads[key] - beta1 * grads[key] for key in v}
    s = {key: s[key] + (1 - beta2) * (np.square(grads[key]) - s[key]) for key in s}
    moved = {
        key: params[key] - learning_rate / (eps + s[f"d{key}"] ** 0.5) * v[f"d{key}"]
        for key in params
    }
    return moved, v, s


@style_of("l2_gradients", "biases_too")
def _(grads, parameters, lambd, m):
    return {f"d{key}": grads[f"d{key}"] + lambd * array / m for key, array in parameters.items()}
