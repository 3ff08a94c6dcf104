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
    "The penalty is not divided by m, so it outweighs the rest of the cost more the more examples "
    "there are.",
    caught_by="test_l1_cost",
)
def not_divided_by_m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is half of what it should be: the 2 in the denominator belongs to L2, where it "
    "meets the 2 of the square.",
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
    "For a matrix, a norm of order 1 is its largest column sum, not the sum of all absolute "
    "values.",
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
    "The last layer has no penalty: range leaves out its end.",
    caught_by="test_l1_cost",
)
def last_layer_left_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [parameters[f"W{l}"] for l in range(1, len(parameters) // 2)]
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
