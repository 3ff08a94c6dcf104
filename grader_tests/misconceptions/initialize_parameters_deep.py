"""What learners write for initialize_parameters_deep: wrong answers, and right ones refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The factor 0.01 is missing: the weights of every layer are 100 times too large, and early "
    "activations leave the range where they respond.",
    caught_by="test_weight_scale",
)
def no_factor(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The numbers are uniform on [0, 1), so every weight is positive. Weights should be normal: "
    "as many below 0 as above.",
    caught_by="test_weights_are_normal",
)
def rand_for_randn(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.rand(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "All weights are zero, so the units of a layer compute the same thing for ever. Biases may "
    "start at zero, weights may not.",
    caught_by="test_symmetry_is_broken",
)
def weights_zero(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.zeros((layer_dims[l], layer_dims[l - 1]))
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The weight matrices are transposed: a row belongs to a unit of this layer, a column to a unit "
    "of the layer before.",
    caught_by="test_weight_shapes",
)
def weights_transposed(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The biases are flat, with one axis. Added to a layer's matrix, a flat array is spread along "
    "the wrong axis: biases are columns.",
    caught_by="test_biases",
)
def biases_flat(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros(layer_dims[l])
    return parameters


@misconception(
    "The weights are divided by the square root of the number of inputs: a good idea (Xavier, He) "
    "for a later lab. The rule here is one fixed factor.",
    caught_by="test_weight_scale",
)
def divided_by_root_of_fan_in(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) / np.sqrt(layer_dims[l - 1])
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The last layer is missing. The length of layer_dims counts the input too, and range already "
    "stops one before its end.",
    caught_by="test_keys",
)
def last_layer_missing(layer_dims):
    parameters = {}
    L = len(layer_dims)
    for l in range(1, L - 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The keys start at W0. Layer 0 is the input and has no parameters: the first layer is layer 1.",
    caught_by="test_keys",
)
def keys_from_W0(layer_dims):
    parameters = {}
    for l in range(len(layer_dims) - 1):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l + 1], layer_dims[l]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l + 1], 1))
    return parameters


@misconception(
    "The biases have the size of the layer before. A bias belongs to a unit of this layer, so "
    "there are as many as rows in W.",
    caught_by="test_biases",
)
def biases_of_the_previous_size(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l - 1], 1))
    return parameters


@misconception(
    "A seed is set inside the loop, so every layer starts from the same numbers, in every call.",
    caught_by="test_new_numbers",
)
def seed_inside_the_loop(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        rng = np.random.default_rng(3)
        W = rng.standard_normal((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters["W" + str(l)] = W
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The `return` stands inside the loop: the function ends after its first turn, and only layer 1 "
    "exists.",
    caught_by="test_keys",
)
def return_inside_the_loop(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        return parameters


@accepted("f-string keys, NumPy's newer generator, neighbours taken in pairs")
def newer_generator_and_pairs(layer_dims):
    rng = np.random.default_rng()
    parameters = {}
    for l, (n_prev, n_l) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), start=1):
        parameters[f"W{l}"] = rng.normal(scale=0.01, size=(n_l, n_prev))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@accepted("the last layer drawn first")
def last_layer_first(layer_dims):
    parameters = {}
    for l in reversed(range(1, len(layer_dims))):
        parameters["b%d" % l] = np.zeros([layer_dims[l], 1])
        parameters["W%d" % l] = 0.01 * np.random.standard_normal((layer_dims[l], layer_dims[l - 1]))
    return parameters


@accepted("all weights drawn at once, then cut into layers")
def one_draw_for_all_layers(layer_dims):
    sizes = [n_l * n_prev for n_l, n_prev in zip(layer_dims[1:], layer_dims)]
    pieces = np.split(np.random.randn(sum(sizes)) / 100, np.cumsum(sizes)[:-1])
    parameters = {}
    for l, piece in enumerate(pieces, start=1):
        parameters[f"W{l}"] = piece.reshape(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@accepted("a helper function, prints and type annotations")
def helper_print_and_annotations(layer_dims: list) -> dict:
    def weights(n_l: int, n_prev: int) -> np.ndarray:
        return np.random.normal(0, 1, (n_l, n_prev)) * 0.01

    parameters: dict = {}
    for l in range(1, len(layer_dims)):
        print("layer", l)
        parameters[f"W{l}"] = weights(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.full((layer_dims[l], 1), 0.0)
    return parameters
