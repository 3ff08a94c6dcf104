"""What learners write for linear_forward: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "Z comes out as A times W: the two have changed places, in the product or in the list of "
    "arguments. Examples are columns here, so the weights stand to the left.",
    caught_by="test_Z",
)
def A_times_W(A, W, b):
    Z = A @ W + b
    return Z, (A, W, b)


@misconception(
    "The product is taken entry by entry, as `*` does it. A unit sums over all its inputs: "
    "that needs the matrix product.",
    caught_by="test_product_by_finite_differences",
)
def entrywise_product(A, W, b):
    Z = W * A + b
    return Z, (A, W, b)


@misconception(
    "The product comes out as with W transposed. W already has a row for each unit of this "
    "layer and a column for each input: the inner sizes fit as it is.",
    caught_by="test_Z",
)
def W_transposed(A, W, b):
    Z = W.T @ A + b
    return Z, (A, W, b)


@misconception(
    "b has no part in Z. Each unit adds its own bias to its weighted sum, for every example.",
    caught_by="test_bias_by_finite_differences",
)
def b_left_out(A, W, b):
    Z = W @ A
    return Z, (A, W, b)


@misconception(
    "Every unit gets the sum of all biases. Each unit has its own bias: broadcasting spreads "
    "it over the examples, and nothing is to be summed.",
    caught_by="test_bias_by_finite_differences",
)
def b_summed(A, W, b):
    Z = W @ A + np.sum(b)
    return Z, (A, W, b)


@misconception(
    "Z comes out as if b were added to the inputs, inside the product. The bias belongs to the"
    " units of this layer: it comes after the weighted sum.",
    caught_by="test_bias_by_finite_differences",
)
def b_inside_the_product(A, W, b):
    Z = W @ (A + b)
    return Z, (A, W, b)


@misconception(
    "Z stands in the cache where A belongs. The cache keeps what went into this step: the "
    "backward pass needs the inputs and not the result.",
    caught_by="test_cache",
)
def Z_in_the_cache(A, W, b):
    Z = W @ A + b
    return Z, (Z, W, b)


@misconception(
    "The cache holds A and W in the wrong order: linear_backward will take one for the other."
    " Keep the order of the arguments.",
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


@misconception(
    "Z has lost its negative entries, as if ReLU came already here. This function is the "
    "linear part of a layer alone; the activation is a step of its own.",
    caught_by="test_Z",
)
def relu_already(A, W, b):
    Z = np.maximum(0, W @ A + b)
    return Z, (A, W, b)


@misconception(
    "Z has been through the sigmoid already. This function is the linear part of a layer "
    "alone; the activation is a step of its own.",
    caught_by="test_Z",
)
def sigmoid_already(A, W, b):
    Z = 1 / (1 + np.exp(-(W @ A + b)))
    return Z, (A, W, b)


@misconception(
    "b is subtracted. A bias is added to the weighted sum; whether it raises or lowers it is "
    "up to its own sign.",
    caught_by="test_bias_by_finite_differences",
)
def b_subtracted(A, W, b):
    Z = np.dot(W, A) - b
    return Z, (A, W, b)


@misconception(
    "b lies along a row of Z, so each example gets a bias, and not each unit. A unit is a row"
    " of Z, and its bias must stand in that row: as a column, b already does.",
    caught_by="test_Z",
)
def b_as_a_row(A, W, b):
    Z = np.dot(W, A) + b.T
    return Z, (A, W, b)


@misconception(
    "The product comes out as with A transposed. Examples are columns of A: it already has "
    "the row for each input that the columns of W ask for.",
    caught_by="test_Z",
)
def A_transposed(A, W, b):
    Z = np.dot(W, A.T) + b
    return Z, (A, W, b)


@misconception(
    "Every unit gets the bias of the first unit. b has a row for each unit, and broadcasting "
    "puts each into its own row.",
    caught_by="test_bias_by_finite_differences",
)
def first_bias_for_all(A, W, b):
    Z = np.dot(W, A) + b[0]
    return Z, (A, W, b)


@misconception(
    "The weighted sums of all units are added up, so the units differ by their biases only. "
    "The matrix product has already summed over the inputs: each unit keeps its own row.",
    caught_by="test_product_by_finite_differences",
)
def summed_over_the_units(A, W, b):
    Z = np.sum(np.dot(W, A), axis=0, keepdims=True) + b
    return Z, (A, W, b)


@misconception(
    "The weighted sum is multiplied by b. A bias is added: it shifts what a unit computes, "
    "and does not scale it.",
    caught_by="test_bias_by_finite_differences",
)
def times_b(A, W, b):
    Z = np.dot(W, A) * b
    return Z, (A, W, b)


@misconception(
    "The cache holds A and W, but not b. It keeps all three inputs, and linear_backward will "
    "unpack three.",
    caught_by="test_cache",
)
def b_missing_in_the_cache(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W)
    return Z, cache


@misconception(
    "The cache holds W and b, but not A. The gradient of W needs the inputs that W was "
    "multiplied with.",
    caught_by="test_cache",
)
def A_missing_in_the_cache(A, W, b):
    Z = np.dot(W, A) + b
    cache = (W, b)
    return Z, cache


@misconception(
    "The cache has a fourth entry, Z. It keeps what went into this step and nothing else: "
    "linear_backward will unpack three.",
    caught_by="test_cache",
)
def Z_added_to_the_cache(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b, Z)
    return Z, cache


@misconception(
    "Z stands in the cache where b belongs. The cache keeps what went into this step, not "
    "what came out of it.",
    caught_by="test_cache",
)
def Z_cached_for_b(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, Z)
    return Z, cache


@misconception(
    "The cache is Z, and the inputs are lost. It keeps what went into this step, for the "
    "backward pass.",
    caught_by="test_cache",
)
def Z_as_the_cache(A, W, b):
    Z = np.dot(W, A) + b
    cache = Z
    return Z, cache


@misconception(
    "The cache is a dictionary. linear_backward will unpack it like a tuple, and would get "
    "the keys: a tuple of the three inputs is asked for.",
    caught_by="test_cache",
)
def cache_as_a_dictionary(A, W, b):
    Z = np.dot(W, A) + b
    cache = {"A": A, "W": W, "b": b}
    return Z, cache


@misconception(
    "Only Z is returned. The backward pass needs the cache as well: two values come back, Z "
    "and the cache.",
    caught_by="test_cache",
)
def only_Z_returned(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return Z


@misconception(
    "Z and the cache have changed places. The result comes first, then the cache.",
    caught_by="test_Z",
)
def cache_returned_first(A, W, b):
    Z = np.dot(W, A) + b
    cache = (A, W, b)
    return cache, Z


@misconception(
    "Z comes out as if b were added to the weights, inside the product. The bias comes after the"
    " weighted sum.",
    caught_by="test_Z",
)
def b_added_to_the_weights(A, W, b):
    return (W + b) @ A, (A, W, b)


@misconception(
    "Z holds whole numbers only: what stands behind the point is cut off, as in an array that was"
    " made for whole numbers.",
    caught_by="test_Z",
)
def whole_numbers(A, W, b):
    return np.trunc(W @ A + b), (A, W, b)


@misconception(
    "Z comes from inputs less their mean over the examples, and the cache holds these. Nothing is"
    " taken from A here.",
    caught_by="test_cache",
)
def A_centred(A, W, b):
    A = A - A.mean(axis=1, keepdims=True)
    return W @ A + b, (A, W, b)


@misconception(
    "Z comes out as from inputs less their mean over the examples. Nothing is taken from A here.",
    caught_by="test_Z",
)
def A_centred_in_Z(A, W, b):
    return W @ (A - A.mean(axis=1, keepdims=True)) + b, (A, W, b)


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
    assert A.dtype == W.dtype == np.float64
    Z = np.zeros((W.shape[0], A.shape[1]))
    for unit in range(W.shape[0]):
        for k in range(A.shape[0]):
            Z[unit] += W[unit, k] * A[k]
    Z += b
    return Z, (A, W, b)


@accepted("the bias as one more weight, of an input that is always 1")
def bias_as_a_weight(A, W, b):
    Z = np.hstack([W, b]) @ np.vstack([A, np.ones((1, A.shape[1]))])
    return Z, (A, W, b)


@accepted("column by column, stacked, and the result's own memory filled")
def column_by_column(A, W, b):
    columns = [np.add(np.dot(W, column), b[:, 0]) for column in A.T]
    Z = np.empty((len(W), len(columns)))
    np.stack(columns, axis=1, out=Z)
    linear_cache = tuple([A, W, b])
    return (Z, linear_cache)
