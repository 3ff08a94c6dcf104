"""What learners write for initialize_parameters: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The weights are 100 times too large, as if the factor 0.01 never reached them: early "
    "activations leave the range where they respond.",
    caught_by="test_weight_scale",
)
def no_factor(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)
    W2 = np.random.randn(n_y, n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "Every weight is positive, as numbers from `rand` are. Weights should be normal, as many"
    " below 0 as above.",
    caught_by="test_weights_are_normal",
)
def rand_for_randn(n_x, n_h, n_y):
    W1 = np.random.rand(n_h, n_x) * 0.01
    W2 = np.random.rand(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "All weights are zero, so every hidden unit computes the same thing for ever. Biases may "
    "start at zero, weights may not.",
    caught_by="test_symmetry_is_broken",
)
def weights_zero(n_x, n_h, n_y):
    W1 = np.zeros((n_h, n_x))
    W2 = np.zeros((n_y, n_h))
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "The weight matrices are transposed: a row belongs to a unit of this layer, a column to a unit "
    "of the layer before.",
    caught_by="test_weight_shapes",
)
def weights_transposed(n_x, n_h, n_y):
    W1 = np.random.randn(n_x, n_h) * 0.01
    W2 = np.random.randn(n_h, n_y) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "The biases are flat, with one axis. Added to W @ X, a flat array is spread along the wrong "
    "axis: biases are columns.",
    caught_by="test_biases",
)
def biases_flat(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros(n_h), "W2": W2, "b2": np.zeros(n_y)}


@misconception(
    "The biases are rows. A unit is a row of W and needs its bias in the same row: biases are "
    "columns.",
    caught_by="test_biases",
)
def biases_as_rows(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((1, n_h)), "W2": W2, "b2": np.zeros((1, n_y))}


@misconception(
    "The biases are random. The random weights already tell the units apart; biases start at zero.",
    caught_by="test_biases",
)
def biases_random(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.random.randn(n_h, 1) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.random.randn(n_y, 1) * 0.01
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The second layer has one unit whatever n_y says. That is right for a single output unit "
    "only: its size comes from the argument.",
    caught_by="test_weight_shapes",
)
def one_for_n_y(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(1, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((1, 1))}


@misconception(
    "Every call gives the same numbers, as with a seed that is set inside the function. For "
    "repeatable numbers, set the seed once, outside.",
    caught_by="test_new_numbers",
)
def seed_inside(n_x, n_h, n_y):
    rng = np.random.default_rng(3)
    W1 = rng.standard_normal((n_h, n_x)) * 0.01
    W2 = rng.standard_normal((n_y, n_h)) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "The weights of the output layer are 100 times too large, as if the factor 0.01 reached "
    "W1 only. It belongs to both layers.",
    caught_by="test_weight_scale",
)
def only_W1_scaled(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "The weights of the hidden layer are 100 times too large, as if the factor 0.01 reached "
    "W2 only. It belongs to both layers.",
    caught_by="test_weight_scale",
)
def only_W2_scaled(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "Every weight is positive and 100 times too large, as numbers from `rand` without the factor"
    " are. Weights should be normal around 0, and small.",
    caught_by="test_weights_are_normal",
)
def rand_without_factor(n_x, n_h, n_y):
    W1 = np.random.rand(n_h, n_x)
    b1 = np.zeros((n_h, 1))
    W2 = np.random.rand(n_y, n_h)
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "W1 is transposed: a row belongs to a hidden unit, a column to an input.",
    caught_by="test_weight_shapes",
)
def W1_transposed(n_x, n_h, n_y):
    W1 = np.random.randn(n_x, n_h) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "W2 is transposed: a row belongs to an output unit, a column to a hidden unit.",
    caught_by="test_weight_shapes",
)
def W2_transposed(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_h, n_y) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "W2 has a column for each input of the network. The output layer's inputs are the hidden "
    "units: each layer is fed by the one before it.",
    caught_by="test_weight_shapes",
)
def W2_fed_by_the_input(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_x) * 0.01
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The biases have the size of the layer before. A bias belongs to a unit of this layer, so"
    " there are as many as rows in W.",
    caught_by="test_biases",
)
def biases_of_the_previous_size(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_x, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_h, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "b2 has an entry for each hidden unit. It belongs to the output layer, and should have one for "
    "each output unit.",
    caught_by="test_biases",
)
def b2_of_the_hidden_size(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_h, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "A single bias serves a whole layer. Each unit has its own: a column with a row for each.",
    caught_by="test_biases",
)
def one_bias_a_layer(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((1, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((1, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The biases are numbers, not arrays. Each unit has its own bias: a column with a row for each.",
    caught_by="test_biases",
)
def biases_as_numbers(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = 0
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = 0
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The biases start at 1. Nothing is known yet in favour of any unit: they start at zero.",
    caught_by="test_biases",
)
def biases_one(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.ones((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.ones((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "Both layers begin with the same numbers. Each weight should be drawn anew: a seed that is set "
    "again, or one array cut twice, repeats them.",
    caught_by="test_new_numbers",
)
def W2_begins_like_W1(n_x, n_h, n_y):
    numbers = np.random.randn(n_h * (n_x + n_y)) * 0.01
    W1 = numbers[: n_h * n_x].reshape(n_h, n_x)
    b1 = np.zeros((n_h, 1))
    W2 = numbers[: n_y * n_h].reshape(n_y, n_h)
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The weights shrink with the number of inputs, as one over its square root: a good idea "
    "(Xavier) for a later lab. The rule here is one fixed factor.",
    caught_by="test_weight_scale",
)
def divided_by_root_of_fan_in(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) / np.sqrt(n_x)
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) / np.sqrt(n_h)
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "Four arrays are returned, one after the other. The later functions look parameters up by "
    "name: put them into a dictionary.",
    caught_by="test_weight_shapes",
)
def tuple_returned(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    return W1, b1, W2, b2


@misconception(
    "The biases are missing. Each layer has two parameters: its weights and its biases.",
    caught_by="test_biases",
)
def biases_missing(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "W2": W2}


@misconception(
    "Nothing is returned. The parameters exist only inside the function until it hands them back.",
    caught_by="test_weight_shapes",
)
def no_return(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.random.randn(n_y, n_h) * 0.01
    b2 = np.zeros((n_y, 1))
    parameters = {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@misconception(
    "The weights of the output layer are zero, so no error reaches the hidden units at first."
    " All weights are drawn at random.",
    caught_by="test_weight_scale",
)
def W2_zero(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    b1 = np.zeros((n_h, 1))
    W2 = np.zeros((n_y, n_h))
    b2 = np.zeros((n_y, 1))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


@accepted("W2 drawn before W1: the same distribution, in another order")
def W2_drawn_first(n_x, n_h, n_y):
    W2 = 0.01 * np.random.randn(n_y, n_h)
    W1 = 0.01 * np.random.randn(n_h, n_x)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@accepted("NumPy's newer generator, with the scale as an argument")
def newer_generator(n_x, n_h, n_y):
    rng = np.random.default_rng()
    parameters = {}
    parameters["W1"] = rng.normal(0.0, 0.01, size=(n_h, n_x))
    parameters["b1"] = np.zeros(shape=(n_h, 1))
    parameters["W2"] = rng.normal(0.0, 0.01, size=(n_y, n_h))
    parameters["b2"] = np.zeros(shape=(n_y, 1))
    return parameters


@accepted("a helper function, a print and type annotations")
def helper_print_and_annotations(n_x: int, n_h: int, n_y: int) -> dict:
    def layer(n_in: int, n_out: int) -> tuple:
        return np.random.normal(scale=0.01, size=(n_out, n_in)), 0 * np.ones((n_out, 1))

    W1, b1 = layer(n_x, n_h)
    W2, b2 = layer(n_h, n_y)
    print("shapes:", W1.shape, W2.shape)
    return dict(W1=W1, b1=b1, W2=W2, b2=b2)


@accepted("Python's own generator")
def generator_of_the_standard_library(n_x, n_h, n_y):
    import random

    W1 = np.array([[random.gauss(0, 0.01) for _ in range(n_x)] for _ in range(n_h)])
    W2 = np.array([[random.gauss(0, 0.01) for _ in range(n_h)] for _ in range(n_y)])
    return {"W1": W1, "b1": np.zeros_like(W1[:, :1]), "W2": W2, "b2": np.zeros_like(W2[:, :1])}


@accepted("dictionary built step by step, a scale that is divided, np.array around the zeros")
def step_by_step(n_x, n_h, n_y):
    parameters = dict()
    parameters["b1"], parameters["b2"] = np.array([[0.0]] * n_h), np.array([[0.0]] * n_y)
    generator = np.random.Generator(np.random.PCG64())
    parameters.update(W1=generator.standard_normal((n_h, n_x)) / 100)
    parameters.update(W2=generator.standard_normal((n_y, n_h)) / 100)
    return parameters


@accepted("all weights drawn at once, then cut into two")
def one_draw(n_x, n_h, n_y):
    numbers = 1e-2 * np.random.normal(size=n_h * (n_x + n_y))
    W1, W2 = numbers[: n_h * n_x], numbers[n_h * n_x :]
    return {
        "W1": W1.reshape((n_h, n_x)).copy(),
        "b1": np.zeros(n_h).reshape(-1, 1),
        "W2": W2.reshape((n_y, n_h)).copy(),
        "b2": np.zeros(n_y)[:, None],
    }
