"""What learners write for initialize_parameters: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The factor 0.01 is missing: the weights are 100 times too large, and early activations leave "
    "the range where they respond.",
    caught_by="test_weight_scale",
)
def no_factor(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)
    W2 = np.random.randn(n_y, n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "The numbers are uniform on [0, 1), so every weight is positive. Weights should be normal: "
    "as many below 0 as above.",
    caught_by="test_weights_are_normal",
)
def rand_for_randn(n_x, n_h, n_y):
    W1 = np.random.rand(n_h, n_x) * 0.01
    W2 = np.random.rand(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "All weights are zero, so every hidden unit computes the same thing for ever. Biases may start "
    "at zero, weights may not.",
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
    "A 1 is written out where the number of output units belongs: right for a single output unit "
    "only.",
    caught_by="test_weight_shapes",
)
def one_for_n_y(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(1, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((1, 1))}


@misconception(
    "A seed is set inside the function, so every call gives the same numbers. Who wants repeatable "
    "numbers seeds outside, once.",
    caught_by="test_new_numbers",
)
def seed_inside(n_x, n_h, n_y):
    rng = np.random.default_rng(3)
    W1 = rng.standard_normal((n_h, n_x)) * 0.01
    W2 = rng.standard_normal((n_y, n_h)) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "Only W1 is scaled: the weights of the output layer are 100 times too large. The factor "
    "belongs to both layers.",
    caught_by="test_weight_scale",
)
def only_W1_scaled(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x) * 0.01
    W2 = np.random.randn(n_y, n_h)
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


@misconception(
    "Only W2 is scaled: the weights of the hidden layer are 100 times too large. The factor "
    "belongs to both layers.",
    caught_by="test_weight_scale",
)
def only_W2_scaled(n_x, n_h, n_y):
    W1 = np.random.randn(n_h, n_x)
    W2 = np.random.randn(n_y, n_h) * 0.01
    return {"W1": W1, "b1": np.zeros((n_h, 1)), "W2": W2, "b2": np.zeros((n_y, 1))}


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
