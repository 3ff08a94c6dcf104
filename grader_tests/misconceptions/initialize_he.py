"""What learners write for initialize_he: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The weights are multiplied by the variance. A number is scaled by its standard deviation, "
    "the root of the variance.",
    caught_by="test_he_scale",
)
def root_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = (
            np.random.randn(layer_dims[l], layer_dims[l - 1]) * 2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The variance is 1 divided by the number of inputs, without the 2. ReLU drops half of its "
    "input, so the signal would halve in every layer.",
    caught_by="test_he_scale",
)
def one_for_two(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            1 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The variance looks at the units of this layer. What adds up in a unit are its inputs: it "
    "is their number that counts.",
    caught_by="test_he_scale",
)
def fan_out(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Every layer is scaled by the number of inputs of the whole network. Each layer has its own "
    "number of inputs: the units of the layer before.",
    caught_by="test_he_scale",
)
def input_layer_for_all(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[0]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "This is Xavier's rule, which looks at both layers. He's rule looks at the inputs of the "
    "layer only.",
    caught_by="test_he_scale",
)
def xavier_rule(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The weights are multiplied by 0.01, as in notebook 2. The rule here looks at the number of "
    "inputs of the layer.",
    caught_by="test_he_scale",
)
def fixed_factor(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The biases are random. They start at zero: the weights alone make the units different.",
    caught_by="test_he_shapes",
)
def biases_random(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.random.randn(layer_dims[l], 1)
    return parameters


@misconception(
    "The weight matrices are transposed: a row belongs to a unit of this layer, a column to a "
    "unit of the layer before.",
    caught_by="test_he_shapes",
)
def weights_transposed(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The last layer has no parameters. The list counts the input too, so range already ends "
    "where it should without subtracting anything.",
    caught_by="test_he_shapes",
)
def last_layer_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims) - 1):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The numbers are uniform on [0, 1), so every weight is positive, and the size of the signal "
    "grows from layer to layer. The rule is about normal numbers around 0.",
    caught_by="test_he_weights_are_normal",
)
def uniform_numbers(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.rand(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "A seed is set inside the function, so every call gives the same numbers. Seeding is for "
    "the caller.",
    caught_by="test_he_weights_are_normal",
)
def seed_inside(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@accepted("NumPy's newer generator with its scale, neighbours in pairs")
def newer_generator(layer_dims):
    rng = np.random.default_rng()
    parameters = {}
    for l, (n_prev, n_l) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), start=1):
        parameters[f"W{l}"] = rng.normal(scale=(2.0 / n_prev) ** 0.5, size=(n_l, n_prev))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@accepted("divided by the root of half the number of inputs, the last layer first")
def divided_by_root_of_half(layer_dims):
    parameters = {}
    for l in reversed(range(1, len(layer_dims))):
        n_prev = layer_dims[l - 1]
        parameters["b" + str(l)] = np.zeros([layer_dims[l], 1])
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], n_prev) / np.sqrt(n_prev / 2)
    return parameters


@accepted("a helper function, a print, type annotations")
def helper_and_annotations(layer_dims: list) -> dict:
    def weights(n_l: int, n_prev: int) -> np.ndarray:
        return np.random.normal(0, np.sqrt(2) / np.sqrt(n_prev), (n_l, n_prev))

    parameters: dict = {}
    for l in range(1, len(layer_dims)):
        print("layer", l)
        parameters[f"W{l}"] = weights(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.full((layer_dims[l], 1), 0.0)
    return parameters
