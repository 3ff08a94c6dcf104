"""What learners write for linear_forward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "A and W are multiplied the other way round. Examples are columns here, so the weights stand "
    "to the left and each column of Z belongs to one example.",
    caught_by="test_Z",
)
def A_times_W(A, W, b):
    Z = A @ W + b
    return Z, (A, W, b)


@misconception(
    "`*` multiplies entry by entry. A unit sums over all its inputs: that needs the matrix "
    "product.",
    caught_by="test_product_by_finite_differences",
)
def entrywise_product(A, W, b):
    Z = W * A + b
    return Z, (A, W, b)


@misconception(
    "W is transposed. It already has a row for each unit of this layer and a column for each "
    "input: the inner sizes fit as it is.",
    caught_by="test_Z",
)
def W_transposed(A, W, b):
    Z = W.T @ A + b
    return Z, (A, W, b)


@misconception(
    "b is left out: each unit adds its own bias to its weighted sum, for every example.",
    caught_by="test_bias_by_finite_differences",
)
def b_left_out(A, W, b):
    Z = W @ A
    return Z, (A, W, b)


@misconception(
    "b is summed first, so all units share one number. Each unit has its own bias: broadcasting "
    "spreads it over the examples, and nothing is to be summed.",
    caught_by="test_bias_by_finite_differences",
)
def b_summed(A, W, b):
    Z = W @ A + np.sum(b)
    return Z, (A, W, b)


@misconception(
    "b is put inside the product, where it is added to the inputs. The bias belongs to the units "
    "of this layer: it comes after the weighted sum.",
    caught_by="test_bias_by_finite_differences",
)
def b_inside_the_product(A, W, b):
    Z = W @ (A + b)
    return Z, (A, W, b)


@misconception(
    "Z stands in the cache. The cache keeps what went into this step, for the backward pass needs "
    "the inputs and not the result.",
    caught_by="test_cache",
)
def Z_in_the_cache(A, W, b):
    Z = W @ A + b
    return Z, (Z, W, b)


@misconception(
    "The cache holds the right arrays in another order: linear_backward will unpack the wrong "
    "ones. Keep the order of the arguments.",
    caught_by="test_cache",
)
def cache_in_another_order(A, W, b):
    Z = W @ A + b
    return Z, (W, A, b)


@misconception(
    "The caller's A is changed in place. A is the same array outside the function: whoever uses it "
    "next gets other numbers.",
    caught_by="test_inputs_unchanged_and_repeatable",
)
def A_changed_in_place(A, W, b):
    Z = W @ A + b
    cache = (A.copy(), W, b)
    A -= A.mean(axis=0, keepdims=True) + 1.0
    return Z, cache


@accepted("np.dot, and a list for the cache")
def dot_and_list(A, W, b):
    Z = np.dot(W, A) + b
    return Z, [A, W, b]


@accepted("einsum, and copies in the cache")
def einsum_and_copies(A, W, b):
    Z = np.einsum("ij,jm->im", W, A) + b
    return [Z, (A.copy(), W.copy(), b.copy())]


@accepted("np.add, np.matmul, a print and type annotations")
def matmul_print_and_annotations(A: np.ndarray, W: np.ndarray, b: np.ndarray) -> tuple:
    Z: np.ndarray = np.add(np.matmul(W, A), b)
    print("Z:", Z.shape)
    cache = A, W, b
    return Z, cache


@accepted("a loop over the units, and `+=` on an array of its own")
def loop_over_units(A, W, b):
    Z = np.zeros((W.shape[0], A.shape[1]))
    for unit in range(W.shape[0]):
        for k in range(A.shape[0]):
            Z[unit] += W[unit, k] * A[k]
    Z += b
    return Z, (A, W, b)
