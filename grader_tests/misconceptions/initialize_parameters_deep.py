"""What learners write for initialize_parameters_deep: wrong answers, and right ones refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The weights of every layer are 100 times too large, as if the factor 0.01 never reached "
    "them: early activations leave the range where they respond.",
    caught_by="test_weight_scale",
)
def no_factor(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Every weight is positive, as numbers from `rand` are. Weights should be normal, as many"
    " below 0 as above.",
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
    "The weights shrink with the number of inputs, as one over its square root: a good idea "
    "(Xavier) for a later lab. The rule here is one fixed factor.",
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
    "The last layer is missing. The length of layer_dims counts the input too: which number has"
    " the last layer, and does the loop get there?",
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
    "Every layer begins with the same numbers, and so does every call, as with a seed that is"
    " set inside the loop. For repeatable numbers, set the seed once, outside.",
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
    "Only layer 1 exists, as if the function ended after the loop's first turn. Does `return`"
    " stand inside the loop?",
    caught_by="test_keys",
)
def return_inside_the_loop(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W" + str(l)] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b" + str(l)] = np.zeros((layer_dims[l], 1))
        return parameters


@misconception(
    "Every weight is positive and 100 times too large, as numbers from `rand` without the factor"
    " are. Weights should be normal around 0, and small.",
    caught_by="test_weights_are_normal",
)
def rand_without_factor(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.rand(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "All weights of a layer are the same number, so its units compute the same thing for "
    "ever. Weights must differ: draw them at random.",
    caught_by="test_symmetry_is_broken",
)
def weights_constant(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.ones((layer_dims[l], layer_dims[l - 1])) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The weights shrink with the number of inputs, as the root of two over it: a good idea "
    "(He) for a later lab. The rule here is one fixed factor.",
    caught_by="test_weight_scale",
)
def root_of_two_over_fan_in(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * np.sqrt(
            2 / layer_dims[l - 1]
        )
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Each layer has a column for each input of the network. Only the first layer is fed by "
    "the input: the columns of W belong to the layer before.",
    caught_by="test_weight_shapes",
)
def every_layer_fed_by_the_input(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[0]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Each weight matrix is square: both its sizes are the layer's own. A row belongs to a "
    "unit of this layer, a column to a unit of the layer before.",
    caught_by="test_weight_shapes",
)
def square_weights(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The biases are rows. A unit is a row of W and needs its bias in the same row: biases are"
    " columns.",
    caught_by="test_biases",
)
def biases_as_rows(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((1, layer_dims[l]))
    return parameters


@misconception(
    "The biases are random. The random weights already tell the units apart; biases start at zero.",
    caught_by="test_biases",
)
def biases_random(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.random.randn(layer_dims[l], 1) * 0.01
    return parameters


@misconception(
    "The biases start at 1. Nothing is known yet in favour of any unit: they start at zero.",
    caught_by="test_biases",
)
def biases_one(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.ones((layer_dims[l], 1))
    return parameters


@misconception(
    "The biases have the shape of the weights. Each unit has a single bias: a column with a "
    "row for each.",
    caught_by="test_biases",
)
def biases_shaped_like_weights(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], layer_dims[l - 1]))
    return parameters


@misconception(
    "The biases are numbers, not arrays. Each unit has its own bias: a column with a row for each.",
    caught_by="test_biases",
)
def biases_as_numbers(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = 0.0
    return parameters


@misconception(
    "The biases are missing. Each layer has two parameters: its weights and its biases.",
    caught_by="test_biases",
)
def biases_missing(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
    return parameters


@misconception(
    "The first layer is missing: the keys begin with W2. Layer 1 is the first one after the "
    "input, and has its own weights.",
    caught_by="test_keys",
)
def first_layer_missing(layer_dims):
    parameters = {}
    for l in range(2, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The keys are one too high: what belongs to layer 1 stands under W2 and b2. The first "
    "layer after the input is layer 1.",
    caught_by="test_keys",
)
def keys_from_W2(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l + 1}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l + 1}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Only the last layer exists, as if each turn of the loop put a new dictionary in the "
    "place of the one before. One dictionary collects all layers.",
    caught_by="test_keys",
)
def dictionary_made_anew(layer_dims):
    for l in range(1, len(layer_dims)):
        parameters = {}
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Nothing stands under W1, b1 and so on. Each array has a key of its own, which carries the"
    " layer's number.",
    caught_by="test_keys",
)
def keys_without_number(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters["W"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters["b"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Every call gives the same numbers, as with a seed that is set inside the function. For "
    "repeatable numbers, set the seed once, outside.",
    caught_by="test_new_numbers",
)
def seed_inside_the_function(layer_dims):
    state = np.random.RandomState(3)
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = state.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Every layer begins with the same numbers. Each weight should be drawn anew: a seed that is set"
    " again, or one array from which every layer is cut, repeats them.",
    caught_by="test_new_numbers",
)
def layers_cut_from_one_array(layer_dims):
    numbers = np.random.randn(max(layer_dims), max(layer_dims)) * 0.01
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = numbers[: layer_dims[l], : layer_dims[l - 1]]
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "Only the first layer is scaled: the weights of all later ones are 100 times too large. "
    "The factor belongs to every layer.",
    caught_by="test_weight_scale",
)
def only_W1_scaled(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    parameters["W1"] *= 0.01
    return parameters


@misconception(
    "The last layer is not scaled: its weights are 100 times too large. The factor belongs to"
    " every layer.",
    caught_by="test_weight_scale",
)
def last_layer_not_scaled(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1])
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
        if l < len(layer_dims) - 1:
            parameters[f"W{l}"] *= 0.01
    return parameters


@misconception(
    "A list is returned, without names. The later functions look parameters up by their keys:"
    " put them into a dictionary.",
    caught_by="test_keys",
)
def list_returned(layer_dims):
    parameters = {}
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return list(parameters.values())


@misconception(
    "The caller's layer_dims gets shorter: its entries are taken out of it. It is the same "
    "list outside the function.",
    caught_by="test_layer_dims_unchanged",
)
def layer_dims_popped(layer_dims):
    parameters = {}
    for l in range(len(layer_dims) - 1, 0, -1):
        n_l = layer_dims.pop()
        parameters[f"W{l}"] = np.random.randn(n_l, layer_dims[-1]) * 0.01
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


@misconception(
    "The weights of the last layer are all zero, so no error reaches the layers before it at"
    " first. All weights are drawn at random.",
    caught_by="test_weight_scale",
)
def last_layer_zero(layer_dims):
    L = len(layer_dims) - 1
    parameters = {}
    for l in range(1, L + 1):
        W = np.random.randn(layer_dims[l], layer_dims[l - 1]) * 0.01
        parameters[f"W{l}"] = W if l < L else np.zeros(W.shape)
        parameters[f"b{l}"] = np.zeros((layer_dims[l], 1))
    return parameters


@misconception(
    "The layers come in the reverse order: the sizes of layer 1 are those of the last layer,"
    " turned round. layer_dims begins with the input.",
    caught_by="test_weight_shapes",
)
def layers_from_the_wrong_end(layer_dims):
    sizes = layer_dims[::-1]
    parameters = {}
    for l in range(1, len(sizes)):
        parameters[f"W{l}"] = np.random.randn(sizes[l], sizes[l - 1]) * 0.01
        parameters[f"b{l}"] = np.zeros((sizes[l], 1))
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


@accepted("a while loop, and the sizes of the layer before remembered")
def while_loop(layer_dims):
    parameters, l, n_prev = {}, 1, layer_dims[0]
    while l < len(layer_dims):
        n_l = layer_dims[l]
        parameters.update({f"W{l}": np.random.normal(size=(n_prev, n_l)).T * 0.01})
        parameters.update({f"b{l}": np.zeros((n_l, 1), dtype=float)})
        l, n_prev = l + 1, n_l
    return parameters


@accepted("dictionary comprehensions, biases first")
def comprehensions(layer_dims):
    pairs = list(enumerate(zip(layer_dims[1:], layer_dims), start=1))
    biases = {"b" + str(l): np.zeros((n_l, 1)) for l, (n_l, _) in pairs}
    weights = {"W" + str(l): 0.01 * np.random.randn(*sizes) for l, sizes in pairs}
    return {**biases, **weights}
