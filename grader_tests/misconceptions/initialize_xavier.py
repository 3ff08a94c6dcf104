"""What learners write for initialize_xavier: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The weights have the variance for their standard deviation. A number is scaled by the"
    " standard deviation, the root of the variance.",
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
    "The variance is half of what it should be: the mean of two numbers is half their sum, so a 2"
    " stands above the line.",
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
    "The weights have the standard deviation 0.01 in every layer, as in notebook 2. The rule here "
    "looks at the sizes of the layers.",
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
    "The last layer has no parameters. The list counts the input too: what is the number of the last"
    " layer, and does the loop get there?",
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
    "Every weight is positive, as with uniform numbers on [0, 1), and the size of the signal grows "
    "from layer to layer. The rule is about normal numbers around 0.",
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
    "Every call gives the same numbers, as with a seed that is set inside the function. Seeding"
    " is for the caller.",
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


@misconception(
    "The weights have the standard deviation 1: nothing makes them smaller where a unit has many "
    "inputs.",
    caught_by="test_xavier_scale",
)
def not_scaled(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "All weights are 0, so all units of a layer compute the same thing, for ever. They start as "
    "random numbers.",
    caught_by="test_xavier_scale",
)
def zeros(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.zeros((n_l, n_prev))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The biases are flat, (n,). They are columns, (n, 1): a flat array is added along the wrong "
    "axis.",
    caught_by="test_xavier_shapes",
)
def biases_flat(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros(n_l)
    return parameters


@misconception(
    "The biases stand in a row, (1, n). A layer's biases are a column: one for each unit, (n, 1).",
    caught_by="test_xavier_shapes",
)
def biases_in_a_row(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((1, n_l))
    return parameters


@misconception(
    "The biases have the size of the layer before. A bias belongs to a unit of this layer.",
    caught_by="test_xavier_shapes",
)
def biases_of_the_layer_before(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_prev, 1))
    return parameters


@misconception(
    "The biases are 1. They start at zero.",
    caught_by="test_xavier_shapes",
)
def biases_one(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.ones((n_l, 1))
    return parameters


@misconception(
    "The keys begin at W0. Layer 0 is the input and has no parameters: the first ones are W1 and "
    "b1.",
    caught_by="test_xavier_shapes",
)
def keys_from_0(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l - 1}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l - 1}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "Only the first layer has parameters. Does `return` stand inside the loop?",
    caught_by="test_xavier_shapes",
)
def return_in_the_loop(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
        return parameters


@misconception(
    "There are no biases. Each layer has its b, of zeros.",
    caught_by="test_xavier_shapes",
)
def biases_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l))
    return parameters


@misconception(
    "The weights have the standard deviation 0.1 in every layer. The rule here looks at the sizes "
    "of the layers.",
    caught_by="test_xavier_scale",
)
def fixed_factor_01(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * 0.1
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are a hundred times too small, as if the result of the rule were multiplied by"
    " 0.01 once more.",
    caught_by="test_xavier_scale",
)
def small_factor_too(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l)) * 0.01
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "All weights are positive. Normal numbers around 0 lie below it as often as above.",
    caught_by="test_xavier_weights_are_normal",
)
def positive_only(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.abs(np.random.randn(n_l, n_prev)) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The numbers are not normal, and too small, as uniform ones between minus and plus the factor "
    "are. The rule gives the standard deviation of normal numbers.",
    caught_by="test_xavier_weights_are_normal",
)
def uniform_around_0(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.uniform(-1, 1, (n_l, n_prev)) * np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are large, as if the factor were turned round. Where a unit has many inputs,"
    " they should be small.",
    caught_by="test_xavier_scale",
)
def divided_for_multiplied(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) / np.sqrt(2 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights and biases come in two lists. They are entries of one dictionary, under W1, b1 "
    "and so on.",
    caught_by="test_xavier_shapes",
)
def lists_of_layers(layer_dims):
    weights, biases = [], []
    for n_prev, n_l in zip(layer_dims, layer_dims[1:]):
        weights.append(np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev + n_l)))
        biases.append(np.zeros((n_l, 1)))
    return weights, biases


@misconception(
    "The variance is 1 divided by the number of units: that keeps the size on the way backward "
    "only. Xavier's rule takes the way forward into account, too.",
    caught_by="test_xavier_scale",
)
def fan_out_only(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(1 / n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The variance looks at the units of this layer only. Xavier's rule looks at both layers that "
    "the weights connect.",
    caught_by="test_xavier_scale",
)
def fan_out_doubled(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are as small as if the root were taken of the 2 alone. The standard deviation is "
    "the root of the whole variance.",
    caught_by="test_xavier_scale",
)
def root_of_the_2_alone(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2) / (n_prev + n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The variance is twice what it should be. Does the 2 stand outside the root?",
    caught_by="test_xavier_scale",
)
def two_outside_the_root(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * 2 / np.sqrt(n_prev + n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are as large as if a 6 stood where the 2 belongs. That is the bound of uniform"
    " numbers; normal ones take the variance itself.",
    caught_by="test_xavier_scale",
)
def six_for_two(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(6 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The size of the numbers is right, and they are not normal. Uniform numbers of this standard "
    "deviation are another form of the rule; here they are normal.",
    caught_by="test_xavier_weights_are_normal",
)
def uniform_by_its_bound(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.uniform(-1, 1, (n_l, n_prev)) * np.sqrt(6 / (n_prev + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are as small as if the sizes of the two layers were multiplied. They are added:"
    " the rule is about their mean.",
    caught_by="test_xavier_scale",
)
def sizes_multiplied(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (n_prev * n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights are huge, as if the 2 were divided by the first size and the second one added"
    " under the root. Are parentheses missing?",
    caught_by="test_xavier_scale",
)
def parentheses_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / n_prev + n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The size of the input stands in the rule of every layer. Each layer looks at the layer before "
    "it and at itself.",
    caught_by="test_xavier_scale",
)
def input_layer_for_all(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        n_prev, n_l = layer_dims[l - 1], layer_dims[l]
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / (layer_dims[0] + n_l))
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights of all layers have one scale, that of W1. Each layer looks at the layer before it"
    " and at itself.",
    caught_by="test_xavier_scale",
)
def first_layer_for_all(layer_dims):
    parameters = {}
    scale = np.sqrt(2 / (layer_dims[0] + layer_dims[1]))
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * scale
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The layers come in the reverse order: the sizes of layer 1 are those of the last layer,"
    " turned round. layer_dims begins with the input.",
    caught_by="test_xavier_shapes",
)
def layers_from_the_wrong_end(layer_dims):
    sizes = layer_dims[::-1]
    parameters = {}
    for l in range(1, len(sizes)):
        scale = np.sqrt(2 / (sizes[l - 1] + sizes[l]))
        parameters[f"W{l}"] = np.random.randn(sizes[l], sizes[l - 1]) * scale
        parameters[f"b{l}"] = np.zeros((sizes[l], 1))
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
