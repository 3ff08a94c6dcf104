"""What learners write for linear_backward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "dW is exactly m times too large: dW belongs to the mean cost, so it carries 1/m.",
    caught_by="test_dW",
)
def dW_without_1_over_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "db is exactly m times too large: db belongs to the mean cost, so it carries 1/m.",
    caught_by="test_db",
)
def db_without_1_over_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True)


@misconception(
    "dA_prev is divided by m. Only dW and db carry 1/m; in dA_prev it would be applied again at "
    "every layer, and the gradient would shrink by m each time.",
    caught_by="test_dA_prev",
)
def dA_prev_divided_by_m(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ / m, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "db has lost an axis: the sum over the examples must keep it (see keepdims), so that db is a "
    "column like b.",
    caught_by="test_db",
)
def db_without_keepdims(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1) / m


@misconception(
    "db is summed over the units (axis 0). Each unit has its own bias: sum over the examples.",
    caught_by="test_db",
)
def db_over_axis_0(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=0, keepdims=True) / m


@misconception(
    "db is summed over everything, so all units share one number. Each unit has its own bias.",
    caught_by="test_db",
)
def db_over_everything(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ) / m


@misconception(
    "db was squeezed: its axis of length 1 is gone, and with it the shape of b. Leave the column "
    "a column.",
    caught_by="test_db",
)
def db_squeezed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m


@misconception(
    "W is not transposed in dA_prev. Going backward, each input collects from all the units that "
    "it fed: the shapes only fit with the transpose.",
    caught_by="test_dA_prev",
)
def W_not_transposed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "A_prev is not transposed in dW. A weight's gradient collects from all the examples: the "
    "product must run over them, so that no m is left in the shape.",
    caught_by="test_dW",
)
def A_prev_not_transposed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "dW is transposed: it must have the shape of W, a row for each unit of this layer.",
    caught_by="test_dW",
)
def dW_transposed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, A_prev @ dZ.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "`*` multiplies entry by entry. The sums over units and examples need the matrix product.",
    caught_by="test_dW",
)
def entrywise_product(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T * dZ, dZ * A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "m is read from shape[0], which counts units. Examples are columns: m is the length of the "
    "other axis.",
    caught_by="test_dW",
)
def m_from_shape_0(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "The three gradients are right but returned in another order: it is dA_prev, dW, db.",
    caught_by="test_order",
)
def another_order(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m, W.T @ dZ


@accepted("np.dot and indexing into the cache")
def dot_and_indices(dZ, cache):
    m = dZ.shape[1]
    dW = np.dot(dZ, cache[0].T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return np.dot(cache[1].T, dZ), dW, db


@accepted("einsum and mean")
def einsum_and_mean(dZ, cache):
    A_prev, W, b = cache
    dW = np.einsum("im,jm->ij", dZ, A_prev) / A_prev.shape[1]
    return np.einsum("ij,im->jm", W, dZ), dW, dZ.mean(axis=1).reshape(b.shape)


@accepted("a list for the tuple, a print, type annotations")
def list_print_and_annotations(dZ: np.ndarray, cache: tuple) -> list:
    A_prev, W, _ = cache
    m: int = A_prev.shape[1]
    print("m =", m)
    return [np.matmul(W.T, dZ), (1.0 / m) * np.matmul(dZ, A_prev.T), dZ.sum(1, keepdims=True) / m]
