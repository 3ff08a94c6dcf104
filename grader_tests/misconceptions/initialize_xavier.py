"""What learners write for initialize_xavier: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The weights are multiplied by the variance. A number is scaled by its standard deviation, "
    "the root of the variance.",
    caught_by="test_xavier_scale",
)
def root_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = (
            np.random.randn(layer_dims[l], layer_dims[l - 1])
            * 2
            / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "This is He's rule, which looks at the layer before only. Xavier's looks at both layers "
    "that the weights connect.",
    caught_by="test_xavier_scale",
)
def he_rule(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The variance is 1 divided by the number of inputs: that keeps the size on the way forward "
    "only. Xavier's rule takes the way backward into account, too.",
    caught_by="test_xavier_scale",
)
def fan_in_only(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            1 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The variance is half of what it should be: the mean of two numbers is half their sum, so a "
    "2 stands above the line.",
    caught_by="test_xavier_scale",
)
def one_for_two(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            1 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The weights are multiplied by 0.01, as in notebook 2. The rule here looks at the sizes of "
    "the two layers.",
    caught_by="test_xavier_scale",
)
def fixed_factor(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The biases are random. They start at zero: the weights alone make the units different.",
    caught_by="test_xavier_shapes",
)
def biases_random(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.random.randn(layer_dims[l], 1)
    return parameters


@misconception(
    "The weight matrices are transposed: a row belongs to a unit of this layer, a column to a "
    "unit of the layer before.",
    caught_by="test_xavier_shapes",
)
def weights_transposed(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l - 1], layer_dims[l]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The last layer has no parameters. The list counts the input too, so range already ends "
    "where it should without subtracting anything.",
    caught_by="test_xavier_shapes",
)
def last_layer_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims) - 1):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The numbers are uniform on [0, 1), so every weight is positive, and the size of the signal "
    "grows from layer to layer. The rule is about normal numbers around 0.",
    caught_by="test_xavier_weights_are_normal",
)
def uniform_numbers(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.rand(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "A seed is set inside the function, so every call gives the same numbers. Seeding is for "
    "the caller.",
    caught_by="test_xavier_weights_are_normal",
)
def seed_inside(layer_dims):
    np.random.seed(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / (layer_dims[l] + layer_dims[l - 1])
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@accepted("NumPy's newer generator with its scale, neighbours in pairs")
def newer_generator(layer_dims):
    rng = np.random.default_rng()
    parameters = {}
    for l, (n_prev, n_l) in enumerate(zip(layer_dims[:-1], layer_dims[1:]), start=1):
        sigma = (2.0 / (n_prev + n_l)) ** 0.5
        parameters[f"W{l}"] = rng.normal(scale=sigma, size=(n_l, n_prev))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@accepted("the mean of the two sizes, divided by its root")
def mean_of_sizes(layer_dims):
    parameters = {}
    for l in range(len(layer_dims) - 1):
        n = (layer_dims[l] + layer_dims[l + 1]) / 2
        parameters["W" + str(l + 1)] = np.random.randn(layer_dims[l + 1], layer_dims[l]) / n**0.5
        parameters["b" + str(l + 1)] = np.zeros([layer_dims[l + 1], 1])
    return parameters


@accepted("a helper function, a print, type annotations")
def helper_and_annotations(layer_dims: list) -> dict:
    def weights(n_l: int, n_prev: int) -> np.ndarray:
        return np.random.normal(0, np.sqrt(2) / np.sqrt(n_l + n_prev), (n_l, n_prev))

    parameters: dict = {}
    for l in reversed(range(1, len(layer_dims))):
        print("layer", l)
        parameters[f"W{l}"] = weights(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.full((layer_dims[l], 1), 0.0)
    return parameters
