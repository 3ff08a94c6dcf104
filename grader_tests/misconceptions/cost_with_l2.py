"""What learners write for cost_with_l2: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost


@misconception(
    "The biases are penalized, too. They shift a unit without bending its answer: the penalty is "
    "for weights alone.",
    caught_by="test_l2_penalty_grows",
)
def biases_too(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = list(parameters.values())
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is not divided by the number of examples, which is Y.shape[1].",
    caught_by="test_l2_cost",
)
def not_divided_by_m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / 2 * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is twice what it should be: is the 2 in the denominator? It is there so that the"
    " derivative has none.",
    caught_by="test_l2_cost",
)
def half_missing(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / m * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The weights are added up as they are, so positive and negative ones cancel. Square them.",
    caught_by="test_l2_cost",
)
def not_squared(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The root of the sum of squares is taken: that is the length. The penalty is its square.",
    caught_by="test_l2_cost",
)
def root_taken(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.linalg.norm(W) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "This is the L1 penalty: absolute values. L2 takes squares.",
    caught_by="test_l2_cost",
)
def absolute_values(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(np.abs(W)) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is subtracted, which rewards large weights.",
    caught_by="test_l2_cost",
)
def subtracted(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) - penalty


@misconception(
    "The penalty alone comes back. It is added to the cross-entropy cost.",
    caught_by="test_l2_cost",
)
def penalty_alone(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return penalty


@misconception(
    "The last layer has no penalty. The sum runs over all layers: which one is the last that it"
    " takes?",
    caught_by="test_l2_cost",
)
def last_layer_left_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [parameters[f"W{l}"] for l in range(1, len(parameters) // 2)]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty has no part in what comes back: this is the cross-entropy cost alone.",
    caught_by="test_l2_cost",
)
def no_penalty(AL, Y, parameters, lambd):
    return compute_cost(AL, Y)


@misconception(
    "The mean of each matrix is taken for its sum, so a large layer has no more penalty than a "
    "small one. Add all its weights up.",
    caught_by="test_l2_cost",
)
def mean_for_sum(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.mean(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only one layer has a penalty. The sum should run over the weights of all layers.",
    caught_by="test_l2_cost",
)
def first_layer_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    W = parameters["W1"]
    penalty = lambd / (2 * m) * np.sum(W**2)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only the last layer has a penalty, as if each layer's sum replaced the one before. It should"
    " be added to it.",
    caught_by="test_l2_cost",
)
def last_layer_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    for W in weights:
        penalty = lambd / (2 * m) * np.sum(W**2)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only W1 and W2 have a penalty. The network may be deeper: the sum runs over all layers.",
    caught_by="test_l2_cost",
)
def two_layers_written_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    weights = [parameters["W1"], parameters["W2"]] if "W2" in parameters else [parameters["W1"]]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The first layer has no penalty. Its weights count like those of the others.",
    caught_by="test_l2_cost",
)
def first_layer_left_out(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights[1:])
    return compute_cost(AL, Y) + penalty


@misconception(
    "lambd comes in twice, or is squared. It is a factor of the penalty, once.",
    caught_by="test_l2_cost",
)
def lambd_squared(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "lambd is not used: the penalty is as if it were 1.",
    caught_by="test_l2_cost",
)
def lambd_not_used(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = 1 / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by m twice.",
    caught_by="test_l2_cost",
)
def divided_by_m_twice(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights) / m
    return compute_cost(AL, Y) + penalty


@misconception(
    "The sum of cost and penalty is divided by m. The cross-entropy cost is a mean already: only "
    "the penalty is divided.",
    caught_by="test_l2_cost",
)
def whole_divided_by_m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / 2 * sum(np.sum(W**2) for W in weights)
    return (compute_cost(AL, Y) + penalty) / m


@misconception(
    "The penalty is a factor of the cost. It is added to it.",
    caught_by="test_l2_cost",
)
def multiplied(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) * penalty


@misconception(
    "The biases have a penalty, and the weights have none. It is the other way round.",
    caught_by="test_l2_cost",
)
def biases_only(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "b"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by the number of weights. It is divided by the number of examples, "
    "like the rest of the cost.",
    caught_by="test_l2_cost",
)
def divided_by_number_of_weights(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    m = sum(W.size for W in weights)
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by the number of layers. It is divided by the number of examples, like "
    "the rest of the cost.",
    caught_by="test_l2_cost",
)
def divided_by_number_of_layers(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    m = len(weights)
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The cost and the penalty come back apart. Their sum is wanted, a single number.",
    caught_by="test_l2_cost_without_penalty",
)
def pair_returned(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y), penalty


@misconception(
    "The cost stands in an array of shape (1, 1). It is a single number.",
    caught_by="test_l2_cost_without_penalty",
)
def one_by_one_array(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return np.array([[compute_cost(AL, Y) + penalty]])


@misconception(
    "The cross-entropy is summed up and not divided by m; only the penalty is. compute_cost gives "
    "the mean.",
    caught_by="test_l2_cost",
)
def cross_entropy_without_mean(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return m * compute_cost(AL, Y) + penalty


@misconception(
    "The cross-entropy cost comes in with a minus. It is added to the penalty: the minus in front"
    " of the logarithms is in it already.",
    caught_by="test_l2_cost",
)
def cost_taken_from_the_penalty(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return penalty - compute_cost(AL, Y)


@misconception(
    "The penalty is multiplied by m. It is divided by it: without parentheses, `/ 2 * m` divides"
    " by 2 and multiplies by m.",
    caught_by="test_l2_cost",
)
def m_multiplied(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / 2 * m * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The weights of a matrix are added up, and their sum is squared. Each weight is squared by "
    "itself.",
    caught_by="test_l2_cost",
)
def sum_squared(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W) ** 2 for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "For a matrix, a norm of order 2 is its largest singular value, not the root of the sum of its "
    "squared entries.",
    caught_by="test_l2_cost",
)
def spectral_norm(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.linalg.norm(W, 2) ** 2 for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The root of the sum over all layers is taken: that is the length. The penalty is its square.",
    caught_by="test_l2_cost",
)
def one_root_for_all(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * np.sqrt(sum(np.sum(W**2) for W in weights))
    return compute_cost(AL, Y) + penalty


@misconception(
    "The entries of W times its transpose are added up: there every row meets every other one. "
    "Each weight is multiplied by itself alone.",
    caught_by="test_l2_cost",
)
def product_with_the_transpose(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W @ W.T) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is half of what it should be: it is divided by 2 twice.",
    caught_by="test_l2_cost",
)
def halved_twice(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (4 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is multiplied by 2 m. It is divided by it.",
    caught_by="test_l2_cost",
)
def multiplied_by_2m(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * 2 * m * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "The penalty is divided by nothing: neither by 2 nor by m.",
    caught_by="test_l2_cost",
)
def lambd_alone(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@misconception(
    "Only the sum of the last layer is multiplied by lambd and divided by 2 m; those of the other"
    " layers are added as they are. The factor is for the sum over all layers.",
    caught_by="test_l2_cost",
)
def parentheses_missing(AL, Y, parameters, lambd):
    m = Y.shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    sums = [np.sum(W**2) for W in weights]
    return compute_cost(AL, Y) + sum(sums[:-1]) + lambd / (2 * m) * sums[-1]


@misconception(
    "The penalty is divided by the number of inputs. It is divided by the number of examples,"
    " Y.shape[1], like the rest of the cost.",
    caught_by="test_l2_cost",
)
def divided_by_the_number_of_inputs(AL, Y, parameters, lambd):
    m = parameters["W1"].shape[1]
    weights = [value for key, value in parameters.items() if key[0] == "W"]
    penalty = lambd / (2 * m) * sum(np.sum(W**2) for W in weights)
    return compute_cost(AL, Y) + penalty


@accepted("a loop over the layers, a NumPy scalar")
def layer_by_layer(AL, Y, parameters, lambd):
    m, cost = AL.shape[1], compute_cost(AL, Y)
    for l in range(1, len(parameters) // 2 + 1):
        W = parameters["W" + str(l)]
        cost += lambd * np.sum(W**2) / (2 * m)
    return np.float64(cost)


@accepted("all weights as one vector, the cross-entropy written out")
def one_vector(AL, Y, parameters, lambd):
    m = Y.size
    w = np.concatenate([parameters[key].ravel() for key in parameters if key.startswith("W")])
    bare = -np.mean(np.log(np.where(Y == 1, AL, 1 - AL)))
    return bare + lambd * w @ w / 2 / m


@accepted("type annotations, a print, an array of no dimension")
def annotations(AL: np.ndarray, Y: np.ndarray, parameters: dict, lambd: float) -> np.ndarray:
    total: float = 0.0
    for key, W in parameters.items():
        if "W" in key:
            total += float(np.sum(W**2))
    print("penalty", total)
    return np.array(compute_cost(AL, Y) + lambd / 2 / Y.shape[1] * total)
