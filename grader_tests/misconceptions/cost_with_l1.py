"""What learners write for cost_with_l1: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost


@misconception(
    "The biases are penalized, too. They shift a unit without bending its answer: the penalty is "
    "for weights alone.",
    caught_by="test_l1_penalty_grows",
)
def biases_too(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = list(parameters.values())
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is not divided by the number of examples, which is Y.shape[1].",
    caught_by="test_l1_cost",
)
def not_divided_by_m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is half of what it should be: a 2 in the denominator belongs to L2, where it"
    " meets the 2 of the square.",
    caught_by="test_l1_cost",
)
def half_too_small(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The weights are added up as they are, so positive and negative ones cancel. Take their "
    "absolute values.",
    caught_by="test_l1_cost",
)
def signs_kept(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(W) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "This is the L2 penalty: squares. L1 takes absolute values.",
    caught_by="test_l1_cost",
)
def squares(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty takes the largest column sum of each matrix, as a norm of order 1 does. It is"
    " the sum of all absolute values.",
    caught_by="test_l1_cost",
)
def matrix_norm(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.linalg.norm(W, 1) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is subtracted, which rewards large weights.",
    caught_by="test_l1_cost",
)
def subtracted(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) - penalty


@misconception(
    "The penalty alone comes back. It is added to the cross-entropy cost.",
    caught_by="test_l1_cost",
)
def penalty_alone(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return penalty


@misconception(
    "The last layer has no penalty. The sum runs over all layers: which one is the last that it"
    " takes?",
    caught_by="test_l1_cost",
)
def last_layer_left_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [parameters[f"W{l}"] for l in range(1, len(parameters) // 2)]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty has no part in what comes back: this is the cross-entropy cost alone.",
    caught_by="test_l1_cost",
)
def no_penalty(AL, Y, parameters, lambd):
    return compute_cost(AL, Y)


@misconception(
    "The mean of each matrix is taken for its sum, so a large layer has no more penalty than a "
    "small one. Add all its weights up.",
    caught_by="test_l1_cost",
)
def mean_for_sum(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.mean(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only one layer has a penalty. The sum should run over the weights of all layers.",
    caught_by="test_l1_cost",
)
def first_layer_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    W = parameters["W1"]
    penalty = lambd / m * np.sum(np.abs(W))
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only the last layer has a penalty, as if each layer's sum replaced the one before. It should"
    " be added to it.",
    caught_by="test_l1_cost",
)
def last_layer_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    for W in weights:
        penalty = lambd / m * np.sum(np.abs(W))
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only W1 and W2 have a penalty. The network may be deeper: the sum runs over all layers.",
    caught_by="test_l1_cost",
)
def two_layers_written_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    weights = [parameters["W1"], parameters["W2"]] if "W2" in parameters else [parameters["W1"]]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The first layer has no penalty. Its weights count like those of the others.",
    caught_by="test_l1_cost",
)
def first_layer_left_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights[1:])
    return compute_cost(AL, Y) + penalty


@misconception(
    "lambd comes in twice, or is squared. It is a factor of the penalty, once.",
    caught_by="test_l1_cost",
)
def lambd_squared(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "lambd is not used: the penalty is as if it were 1.",
    caught_by="test_l1_cost",
)
def lambd_not_used(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = 1 / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by m twice.",
    caught_by="test_l1_cost",
)
def divided_by_m_twice(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights) / m
    return compute_cost(AL, Y) + penalty


@misconception(
    "The sum of cost and penalty is divided by m. The cross-entropy cost is a mean already: only "
    "the penalty is divided.",
    caught_by="test_l1_cost",
)
def whole_divided_by_m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * sum(np.sum(np.abs(W)) for W in weights)
    return (compute_cost(AL, Y) + penalty) / m


@misconception(
    "The penalty is a factor of the cost. It is added to it.",
    caught_by="test_l1_cost",
)
def multiplied(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) * penalty


@misconception(
    "The biases have a penalty, and the weights have none. It is the other way round.",
    caught_by="test_l1_cost",
)
def biases_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "b"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by the number of weights. It is divided by the number of examples, "
    "like the rest of the cost.",
    caught_by="test_l1_cost",
)
def divided_by_number_of_weights(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    m = sum(W.size for W in weights)
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by the number of layers. It is divided by the number of examples, like "
    "the rest of the cost.",
    caught_by="test_l1_cost",
)
def divided_by_number_of_layers(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    m = len(weights)
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The cost and the penalty come back apart. Their sum is wanted, a single number.",
    caught_by="test_l1_cost_without_penalty",
)
def pair_returned(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y), penalty


@misconception(
    "The cost stands in an array of shape (1, 1). It is a single number.",
    caught_by="test_l1_cost_without_penalty",
)
def one_by_one_array(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return np.array([[compute_cost(AL, Y) + penalty]])


@misconception(
    "The cross-entropy is summed up and not divided by m; only the penalty is. compute_cost gives "
    "the mean.",
    caught_by="test_l1_cost",
)
def cross_entropy_without_mean(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return m * compute_cost(AL, Y) + penalty


@misconception(
    "The cross-entropy cost comes in with a minus. It is added to the penalty: the minus in front"
    " of the logarithms is in it already.",
    caught_by="test_l1_cost",
)
def cost_taken_from_the_penalty(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return penalty - compute_cost(AL, Y)


@misconception(
    "The penalty is multiplied by m. It is divided by it, like the rest of the cost.",
    caught_by="test_l1_cost",
)
def m_multiplied(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The weights of a matrix are added up first, and the absolute value is taken of their sum, in "
    "which they cancel. Each weight has its own.",
    caught_by="test_l1_cost",
)
def absolute_value_of_the_sum(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(abs(np.sum(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The root of the sum of squares is taken for each matrix. L1 adds up the absolute values.",
    caught_by="test_l1_cost",
)
def lengths_of_the_matrices(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.linalg.norm(W) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "This is the whole L2 penalty, with squares and with the 2 below. L1 takes absolute values.",
    caught_by="test_l1_cost",
)
def l2_penalty(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The signs of the weights are added up. In the penalty stand their sizes, whatever the sign.",
    caught_by="test_l1_cost",
)
def signs_for_sizes(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.sign(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The weights are counted, and their sizes have no part in it.",
    caught_by="test_l1_cost",
)
def number_of_weights(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.count_nonzero(W) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only the largest weight of each matrix has a penalty. All are added up.",
    caught_by="test_l1_cost",
)
def largest_weights(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.max(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by the number of inputs. It is divided by the number of examples,"
    " Y.shape[1], like the rest of the cost.",
    caught_by="test_l1_cost",
)
def divided_by_the_number_of_inputs(AL, Y, parameters, lambd):
    m = parameters["W1"].shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@accepted("a loop over the layers, a NumPy scalar")
def layer_by_layer(AL, Y, parameters, lambd):
    m, cost = AL.shape[1], compute_cost(AL, Y)
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(l)]
        cost += lambd * np.sum(np.abs(W)) / m
    return np.float64(cost)


@accepted("all weights as one vector, the cross-entropy written out")
def one_vector(AL, Y, parameters, lambd):
    m = Y.size
    w = np.concatenate([parameters[key].ravel() for key in parameters if key.startswith("W")])
    bare = -np.mean(np.log(np.where(Y == 1, AL, 1 - AL)))
    return bare + lambd * np.linalg.norm(w, 1) / m


@accepted("type annotations, a print, an array of no dimension")
def annotations(AL: np.ndarray, Y: np.ndarray, parameters: dict, lambd: float) -> np.ndarray:
    total: float = 0.0
    for key, W in parameters.items():
        if "W" in key:
            total += float(np.sum(np.abs(W)))
    print("penalty", total)
    return np.array(compute_cost(AL, Y) + lambd / Y.shape[1] * total)
