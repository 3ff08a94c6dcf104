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
    "dA_prev is divided by m. Only dW and db carry 1/m; in dA_prev it would be applied again "
    "at every layer, and the gradient would shrink by m each time.",
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
    "db is a single number, the sum over everything divided by m, so all units share it. Each"
    " unit has its own bias.",
    caught_by="test_db",
)
def db_over_everything(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ) / m


@misconception(
    "db has lost its axes of length 1, as squeeze takes them away, and with them the shape of"
    " b. Leave the column a column.",
    caught_by="test_db",
)
def db_squeezed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ @ A_prev.T / m, np.squeeze(np.sum(dZ, axis=1, keepdims=True)) / m


@misconception(
    "dA_prev comes out as with W not transposed. Going backward, each input collects from all"
    " the units that it fed: the shapes only fit with the transpose.",
    caught_by="test_dA_prev",
)
def W_not_transposed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "dW comes out as with A_prev not transposed. A weight's gradient collects from all the "
    "examples: the product must run over them, so that no m is left in the shape.",
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
    "dA_prev and dW come out as from products entry by entry, with `*`. The sums over units and"
    " examples need the matrix product.",
    caught_by="test_dW",
)
def entrywise_product(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T * dZ, dZ * A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "dW and db are divided by the number of inputs, the rows of A_prev. Examples are columns:"
    " m is the length of the other axis.",
    caught_by="test_dW",
)
def m_from_shape_0(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[0]
    return W.T @ dZ, dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m


@misconception(
    "The three gradients come back in another order: it should be dA_prev, dW, db.",
    caught_by="test_order",
)
def another_order(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return dZ @ A_prev.T / m, np.sum(dZ, axis=1, keepdims=True) / m, W.T @ dZ


@misconception(
    "dW and db are exactly m times too large: they belong to the mean cost, so both carry 1/m.",
    caught_by="test_dW",
)
def no_1_over_m(dZ, cache):
    A_prev, W, b = cache
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T)
    db = np.sum(dZ, axis=1, keepdims=True)
    return dA_prev, dW, db


@misconception(
    "dW and db are divided by the number of units, the rows of dZ. Examples are columns: m is"
    " the length of the other axis.",
    caught_by="test_dW",
)
def m_from_len_dZ(dZ, cache):
    A_prev, W, b = cache
    m = len(dZ)
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "dW comes out as from a product entry by entry, with `*`. The sum over the examples needs the"
    " matrix product.",
    caught_by="test_dW",
)
def dW_entrywise(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = dZ * A_prev.T / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "dA_prev comes out as from a product entry by entry, with `*`. The sum over the units needs"
    " the matrix product.",
    caught_by="test_dA_prev",
)
def dA_prev_entrywise(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = W.T * dZ
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "dA_prev comes out as dZ times W. Each input collects from the units that it fed, for "
    "every example: the weights stand to the left, transposed.",
    caught_by="test_dA_prev",
)
def dZ_times_W(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(dZ, W)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "db is dZ divided by m: nothing is summed. Each unit has one bias for all examples, so "
    "its gradient sums over them.",
    caught_by="test_db",
)
def db_not_summed(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = dZ / m
    return dA_prev, dW, db


@misconception(
    "db is summed over the units (axis 0) and flat: it has an entry for each example. Each "
    "unit has its own bias: sum over the examples.",
    caught_by="test_db",
)
def db_over_axis_0_and_flat(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=0) / m
    return dA_prev, dW, db


@misconception(
    "db is a single number, the mean over everything, so all units share it. Each unit has "
    "its own bias: take the mean over its examples.",
    caught_by="test_db",
)
def db_mean_of_everything(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.mean(dZ)
    return dA_prev, dW, db


@misconception(
    "db lacks the last example. Count the examples that the loop or the slice takes.",
    caught_by="test_db",
)
def db_without_the_last_example(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.zeros(b.shape)
    for i in range(m - 1):
        db += dZ[:, [i]] / m
    return dA_prev, dW, db


@misconception(
    "db lacks the first example. Count from 0, and see at which example the loop or the slice"
    " begins.",
    caught_by="test_db",
)
def db_without_the_first_example(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ[:, 1:], axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "dW and db hold whole numbers only: they are rounded down, as `//` does it. The division here is "
    "the ordinary one.",
    caught_by="test_dW",
)
def floor_division(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) // m
    db = np.sum(dZ, axis=1, keepdims=True) // m
    return dA_prev, dW, db


@misconception(
    "W and A_prev have changed places, as if the cache were unpacked in another order. It "
    "holds A_prev, W and b, in this order.",
    caught_by="test_dW",
)
def cache_unpacked_in_another_order(dZ, cache):
    W, A_prev, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "b stands where W belongs in dA_prev. The cache holds A_prev, W and b, in this order.",
    caught_by="test_dA_prev",
)
def b_for_W(dZ, cache):
    A_prev, b, W = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "The caller's dZ has been divided by m, and dA_prev with it. Only dW and db carry 1/m, and dZ"
    " stays as it is.",
    caught_by="test_dA_prev",
)
def dZ_divided_in_place(dZ, cache):
    A_prev, W, b = cache
    dZ /= A_prev.shape[1]
    return np.dot(W.T, dZ), np.dot(dZ, A_prev.T), np.sum(dZ, axis=1, keepdims=True)


@misconception(
    "dW is the product of dZ and W. A weight's gradient is made of what came in through that "
    "weight, the activations A_prev.",
    caught_by="test_dW",
)
def W_for_A_prev_in_dW(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, W.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "A dictionary is returned. The three gradients come back as they are, one after the "
    "other: dA_prev, dW, db.",
    caught_by="test_order",
)
def dictionary_returned(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ, axis=1, keepdims=True) / m
    return {"dA_prev": dA_prev, "dW": dW, "db": db}


@misconception(
    "db is made from the bias itself. The derivative with respect to b does not depend on b: "
    "each example adds its dZ.",
    caught_by="test_db",
)
def db_times_b(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    dA_prev = np.dot(W.T, dZ)
    dW = np.dot(dZ, A_prev.T) / m
    db = np.sum(dZ * b, axis=1, keepdims=True) / m
    return dA_prev, dW, db


@misconception(
    "dW and db are the last example's share alone, divided by m. They are sums over the examples:"
    " in a loop, each turn adds to what the ones before have found.",
    caught_by="test_dW",
)
def replaced_in_the_loop(dZ, cache):
    A_prev, W, b = cache
    m = A_prev.shape[1]
    return W.T @ dZ, dZ[:, -1:] @ A_prev[:, -1:].T / m, dZ[:, -1:] / m


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


@accepted("sums of outer products, one example after the other")
def outer_products(dZ, cache):
    A_prev, W, b = cache
    assert A_prev.dtype == np.float64
    dA_prev, dW, db = np.zeros_like(A_prev), np.zeros_like(W), np.zeros_like(b)
    for i, (a, dz) in enumerate(zip(A_prev.T, dZ.T)):
        dW += np.outer(dz, a) / dZ.shape[1]
        db += dz[:, np.newaxis] / dZ.shape[1]
        dA_prev[:, i] = dz @ W
    return dA_prev, dW, db


@accepted("db as a product with ones, and one division for both")
def product_with_ones(dZ, cache):
    A_prev, W = cache[:2]
    m = np.shape(A_prev)[-1]
    both = dZ.dot(np.vstack((A_prev, np.ones((1, m))))[:, :].T) / m
    return np.matmul(W.transpose(), dZ), both[:, :-1], both[:, -1:]
