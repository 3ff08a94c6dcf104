"""What learners write for gradient_check: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.gradient_difference import gradient_difference
from solutions.L_model_forward import L_model_forward
from solutions.numerical_gradient import numerical_gradient
from workbook import relu, sigmoid


@misconception(
    "The slopes are twice too large: the two neighbours of a number are two steps apart. So a "
    "right gradient looks wrong, with a difference of a third.",
    caught_by="test_check_accepts_right_gradients",
)
def divided_by_h(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 1e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "Every measured slope is m times too large: the costs of the neighbours must be means over the "
    "examples, not sums.",
    caught_by="test_check_accepts_right_gradients",
)
def cost_not_divided_by_m(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            costs = []
            for moved in (array + step, array - step):
                AL, _ = L_model_forward(X, {**parameters, key: moved})
                costs.append(-np.sum(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)))
            measured[index] = (costs[0] - costs[1]) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences of the biases are missing. Their gradients can be wrong like any other: a"
    " lost `keepdims`, a missing 1/m.",
    caught_by="test_check_measures_wrong_gradients",
)
def biases_left_out(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        if key.startswith("b"):
            continue
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences of the last layer are missing. Which layer does the loop visit last?",
    caught_by="test_check_measures_wrong_gradients",
)
def last_layer_left_out(parameters, grads, X, Y):
    differences = {}
    for l in range(1, len(parameters) // 2):
        for key in (f"W{l}", f"b{l}"):
            array = parameters[key]
            measured = np.zeros(array.shape)
            for index in np.ndindex(array.shape):
                step = np.zeros(array.shape)
                step[index] = 1e-5
                up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
                down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
                measured[index] = (up - down) / 2e-5
            differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences are distances, in no relation to the size of the gradients. Small gradients "
    "then always look right.",
    caught_by="test_check_measures_wrong_gradients",
)
def absolute_distance(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = np.linalg.norm(grads[f"d{key}"] - measured)
    return differences


@misconception(
    "The largest error of an entry comes back, in no relation to the size of the gradients. Small"
    " gradients then always look right: gradient_difference divides by both lengths.",
    caught_by="test_check_measures_wrong_gradients",
)
def largest_error(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = np.abs(grads[f"d{key}"] - measured).max()
    return differences


@misconception(
    "One number comes back for the whole network. It says that something is wrong, and not where: "
    "each gradient gets its own.",
    caught_by="test_check_names_the_layer",
)
def one_number(parameters, grads, X, Y):
    one, other = [], []
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        one.append(grads[f"d{key}"].ravel())
        other.append(measured.ravel())
    return gradient_difference(np.concatenate(one), np.concatenate(other))


@misconception(
    "The answer has the keys of the parameters. The differences are about gradients: each key "
    "begins with d.",
    caught_by="test_check_measures_wrong_gradients",
)
def keys_of_parameters(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[key] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The parameters are moved in place and not put back, so the caller's network has changed.",
    caught_by="test_check_inputs_unchanged",
)
def parameters_not_put_back(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-5
            up = compute_cost(L_model_forward(X, parameters)[0], Y)
            array[index] -= 2e-5
            down = compute_cost(L_model_forward(X, parameters)[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "Every difference is 1: the measured slopes are 0, or next to nothing. The moved numbers must "
    "reach the network, each neighbour needs a cost of its own (one mean over the whole stack is "
    "none), and the rise is divided by the whole distance.",
    caught_by="test_check_accepts_right_gradients",
)
def mean_over_the_stack(parameters, grads, X, Y):
    theta = np.concatenate([array.ravel() for array in parameters.values()])
    n = theta.size
    thetas = np.concatenate([theta + 1e-5 * np.eye(n), theta - 1e-5 * np.eye(n)])
    A, start, L = X, 0, len(parameters) // 2
    stacks = {}
    for key, array in parameters.items():
        stacks[key] = thetas[:, start : start + array.size].reshape(2 * n, *array.shape)
        start += array.size
    for l in range(1, L + 1):
        Z = stacks[f"W{l}"] @ A + stacks[f"b{l}"]
        A = relu(Z)[0] if l < L else sigmoid(Z)[0]
    cost = np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)))
    slopes = (np.full(n, cost) - np.full(n, cost)) / 2e-5
    differences, start = {}, 0
    for key, array in parameters.items():
        measured = slopes[start : start + array.size].reshape(array.shape)
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
        start += array.size
    return differences


@misconception(
    "The costs come from a network whose layers are all sigmoid layers. The network checked must "
    "be the network trained: ReLU in all layers but the last.",
    caught_by="test_check_accepts_right_gradients",
)
def sigmoid_in_every_layer(parameters, grads, X, Y):
    theta = np.concatenate([array.ravel() for array in parameters.values()])
    n = theta.size
    thetas = np.concatenate([theta + 1e-5 * np.eye(n), theta - 1e-5 * np.eye(n)])
    A, start, L = X, 0, len(parameters) // 2
    stacks = {}
    for key, array in parameters.items():
        stacks[key] = thetas[:, start : start + array.size].reshape(2 * n, *array.shape)
        start += array.size
    for l in range(1, L + 1):
        A = sigmoid(stacks[f"W{l}"] @ A + stacks[f"b{l}"])[0]
    costs = np.mean(-(Y * np.log(A) + (1 - Y) * np.log(1 - A)), axis=(1, 2))
    slopes = (costs[:n] - costs[n:]) / 2e-5
    differences, start = {}, 0
    for key, array in parameters.items():
        measured = slopes[start : start + array.size].reshape(array.shape)
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
        start += array.size
    return differences


@misconception(
    "The differences are one-sided: from the parameters to a step above them. Their error is of "
    "the order of the step, and even a right gradient does not get below 1e-6. Go a step down as "
    "well.",
    caught_by="test_check_accepts_right_gradients",
)
def one_sided(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array})[0], Y)
            measured[index] = (up - down) / 1e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences are one-sided: from a step below the parameters to them. Their error is of "
    "the order of the step, and even a right gradient does not get below 1e-6. Go a step up as "
    "well.",
    caught_by="test_check_accepts_right_gradients",
)
def backward_difference(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 1e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The slopes are half of what they are: the cost rises over one step, and is divided by two. Go "
    "a step down as well.",
    caught_by="test_check_accepts_right_gradients",
)
def one_sided_over_two_steps(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences are one-sided, and the step is 1e-3, a hundred times too long. Go a step down "
    "as well, and take 1e-5.",
    caught_by="test_check_accepts_right_gradients",
)
def one_sided_1e_3(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-3
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array})[0], Y)
            measured[index] = (up - down) / 1e-3
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The differences are one-sided, and the step is 1e-4, ten times too long. Go a step down as "
    "well, and take 1e-5.",
    caught_by="test_check_accepts_right_gradients",
)
def one_sided_1e_4(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-4
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array})[0], Y)
            measured[index] = (up - down) / 1e-4
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The step is 1e-3, a hundred times too long: the cost bends on the way, and the error grows "
    "with the square of the step. Here it is 1e-5.",
    caught_by="test_check_accepts_right_gradients",
)
def step_1e_3(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-3
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-3
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The step is 0.01, a thousand times too long: the cost bends on the way, and the error grows "
    "with the square of the step. Here it is 1e-5.",
    caught_by="test_check_accepts_right_gradients",
)
def step_1e_2(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-2
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-2
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "Every slope has the wrong sign, so a right gradient gets the difference 1. Is the cost above "
    "taken from the cost below, or has the cost lost its minus?",
    caught_by="test_check_accepts_right_gradients",
)
def sign_turned(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (down - up) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The measured slopes are divided by m once more. The cost is a mean already.",
    caught_by="test_check_accepts_right_gradients",
)
def divided_by_m_again(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5 / X.shape[1]
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The distance is divided by the length of the measured gradient only. gradient_difference "
    "divides by both lengths.",
    caught_by="test_check_measures_wrong_gradients",
)
def relative_to_the_measured(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        norm = np.linalg.norm
        differences[f"d{key}"] = norm(grads[f"d{key}"] - measured) / norm(measured)
    return differences


@misconception(
    "The distance is divided by the length of the given gradient only. gradient_difference divides "
    "by both lengths.",
    caught_by="test_check_measures_wrong_gradients",
)
def relative_to_the_given(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        norm = np.linalg.norm
        differences[f"d{key}"] = norm(grads[f"d{key}"] - measured) / norm(grads[f"d{key}"])
    return differences


@misconception(
    "Only the largest entry of each difference is looked at, in relation to the largest entries. "
    "gradient_difference takes the lengths, of all entries.",
    caught_by="test_check_measures_wrong_gradients",
)
def largest_entries(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        given = grads[f"d{key}"]
        size = np.max(np.abs(given)) + np.max(np.abs(measured))
        differences[f"d{key}"] = np.max(np.abs(given - measured)) / size
    return differences


@misconception(
    "Only the lengths of the two gradients are compared. Take the length of their difference.",
    caught_by="test_check_measures_wrong_gradients",
)
def lengths_compared(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        one, other = np.linalg.norm(grads[f"d{key}"]), np.linalg.norm(measured)
        differences[f"d{key}"] = abs(one - other) / (one + other)
    return differences


@misconception(
    "The entries are compared one by one, and arrays come back. Each gradient gets one number.",
    caught_by="test_check_measures_wrong_gradients",
)
def entry_by_entry(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        given = grads[f"d{key}"]
        differences[f"d{key}"] = np.abs(given - measured) / (np.abs(given) + np.abs(measured))
    return differences


@misconception(
    "The measured slopes come back. What is asked for is how far each gradient is from them, one "
    "number each.",
    caught_by="test_check_measures_wrong_gradients",
)
def slopes_returned(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = measured
    return differences


@misconception(
    "One difference, that of all gradients together, stands under every key. It says that something "
    "is wrong, and not where: each gradient gets its own.",
    caught_by="test_check_names_the_layer",
)
def one_number_under_every_key(parameters, grads, X, Y):
    return dict.fromkeys((f"d{key}" for key in parameters), one_number(parameters, grads, X, Y))


@misconception(
    "One number comes back, the largest of the differences. It says that something is wrong, and "
    "not where: each gradient gets its own.",
    caught_by="test_check_names_the_layer",
)
def largest_of_all(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return max(differences.values())


@misconception(
    "One number comes back, the mean of the differences. It says that something is wrong, and not "
    "where: each gradient gets its own.",
    caught_by="test_check_names_the_layer",
)
def mean_of_all(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return sum(differences.values()) / len(differences)


@misconception(
    "One number comes back, the sum of the differences. It says that something is wrong, and not "
    "where: each gradient gets its own.",
    caught_by="test_check_names_the_layer",
)
def sum_of_all(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return sum(differences.values())


@misconception(
    "The differences come back in a list, without the names of the gradients they belong to. Each "
    "stands under its own key.",
    caught_by="test_check_names_the_layer",
)
def list_of_differences(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return list(differences.values())


@misconception(
    "Only the first difference comes back. Does `return` stand inside the loop?",
    caught_by="test_check_measures_wrong_gradients",
)
def return_in_the_loop(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
        return differences


@misconception(
    "Only the differences of the first layer come back. Each layer can be wrong.",
    caught_by="test_check_measures_wrong_gradients",
)
def first_layer_only(parameters, grads, X, Y):
    differences = {}
    for key, array in [("W1", parameters["W1"]), ("b1", parameters["b1"])]:
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "All numbers of an array are moved at once, so one slope stands everywhere: the sum of all. "
    "Each number moves alone.",
    caught_by="test_check_accepts_right_gradients",
)
def all_at_once(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + 1e-5})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - 1e-5})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The costs come from a network whose hidden layers have no activation. The network checked "
    "must be the network trained: ReLU in all layers but the last.",
    caught_by="test_check_accepts_right_gradients",
)
def no_relu_in_hidden_layers(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            costs = []
            for moved in (array + step, array - step):
                A, given, L = X, {**parameters, key: moved}, len(parameters) // 2
                for l in range(1, L + 1):
                    Z = given[f"W{l}"] @ A + given[f"b{l}"]
                    A = Z if l < L else sigmoid(Z)[0]
                costs.append(compute_cost(A, Y))
            up, down = costs
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The costs come from a network with tanh in its hidden layers. The network checked must be the "
    "network trained: ReLU in all layers but the last.",
    caught_by="test_check_accepts_right_gradients",
)
def tanh_in_hidden_layers(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            costs = []
            for moved in (array + step, array - step):
                A, given, L = X, {**parameters, key: moved}, len(parameters) // 2
                for l in range(1, L + 1):
                    Z = given[f"W{l}"] @ A + given[f"b{l}"]
                    A = np.tanh(Z) if l < L else sigmoid(Z)[0]
                costs.append(compute_cost(A, Y))
            up, down = costs
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The costs are mean squared errors. The gradients belong to the cross-entropy cost: measure "
    "that one.",
    caught_by="test_check_accepts_right_gradients",
)
def squared_error(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            costs = []
            for moved in (array + step, array - step):
                AL, _ = L_model_forward(X, {**parameters, key: moved})
                costs.append(np.mean((AL - Y) ** 2))
            up, down = costs
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "It is the gradients that are moved up and down in the place of the parameters. The cost "
    "belongs to parameters.",
    caught_by="test_check_accepts_right_gradients",
)
def gradients_moved(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(
                L_model_forward(X, {**parameters, key: grads[f"d{key}"] + step})[0], Y
            )
            down = compute_cost(
                L_model_forward(X, {**parameters, key: grads[f"d{key}"] - step})[0], Y
            )
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The slopes are those of the network's mean answer, not of its cost: Y has no part in them.",
    caught_by="test_check_accepts_right_gradients",
)
def answers_for_costs(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = np.mean(L_model_forward(X, {**parameters, key: array + step})[0])
            down = np.mean(L_model_forward(X, {**parameters, key: array - step})[0])
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The second part of the cost, that of the examples whose answer is 0, is missing in the costs "
    "of the neighbours.",
    caught_by="test_check_accepts_right_gradients",
)
def first_part_of_the_cost(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = -np.mean(Y * np.log(L_model_forward(X, {**parameters, key: array + step})[0]))
            down = -np.mean(Y * np.log(L_model_forward(X, {**parameters, key: array - step})[0]))
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "All differences are 0, though the gradients are wrong. Are they compared with slopes that "
    "were measured?",
    caught_by="test_check_measures_wrong_gradients",
)
def all_zero(parameters, grads, X, Y):
    return {
        f"d{key}": gradient_difference(grads[f"d{key}"], grads[f"d{key}"]) for key in parameters
    }


@misconception(
    "The squares of the distance and of the lengths are compared: the roots are missing, so a "
    "small difference looks far smaller.",
    caught_by="test_check_measures_wrong_gradients",
)
def squares_of_the_lengths(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        given = grads[f"d{key}"]
        lengths = np.sum(given**2) + np.sum(measured**2)
        differences[f"d{key}"] = np.sum((given - measured) ** 2) / lengths
    return differences


@misconception(
    "A parameter such as A0 is asked for, and there is none: grads holds dA0, too. Go through the"
    " keys of parameters.",
    caught_by="test_check_ignores_other_keys",
)
def all_keys_of_grads(parameters, grads, X, Y):
    differences = {}
    for name in grads:
        array = parameters[name[1:]]
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, name[1:]: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, name[1:]: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[name] = gradient_difference(grads[name], measured)
    return differences


@misconception(
    "The differences are one-sided, and the step is 0.01, a thousand times too long. Go a step"
    " down as well, and take the step of 1e-5.",
    caught_by="test_check_accepts_right_gradients",
)
def one_sided_step_1e_2(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-2
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            here = compute_cost(L_model_forward(X, parameters)[0], Y)
            measured[index] = (up - here) / 1e-2
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@accepted("the whole stack through the ten's own forward pass")
def stack_through_the_forward_pass(parameters, grads, X, Y):
    h, n = 1e-5, sum(array.size for array in parameters.values())
    theta = np.concatenate([array.ravel() for array in parameters.values()])
    rows = np.vstack([theta + h * np.eye(n), theta - h * np.eye(n)])
    borders = np.cumsum([array.size for array in parameters.values()])[:-1]
    columns = dict(zip(parameters, np.split(rows, borders, axis=1)))
    stacks = {key: columns[key].reshape(2 * n, *parameters[key].shape) for key in parameters}
    AL, _ = L_model_forward(X, stacks)
    J = -(Y * np.log(AL) + (1 - Y) * np.log(1 - AL)).mean(axis=(1, 2))
    slopes = dict(zip(parameters, np.split((J[:n] - J[n:]) / (2 * h), borders)))
    return {
        f"d{key}": gradient_difference(grads[f"d{key}"], slopes[key].reshape(array.shape))
        for key, array in parameters.items()
    }


@accepted("one number after the other, two forward passes for each")
def one_after_the_other(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            step = np.zeros(array.shape)
            step[index] = 1e-5
            up = compute_cost(L_model_forward(X, {**parameters, key: array + step})[0], Y)
            down = compute_cost(L_model_forward(X, {**parameters, key: array - step})[0], Y)
            measured[index] = (up - down) / 2e-5
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@accepted("a stack for each array, einsum, another small step")
def a_stack_for_each_array(parameters, grads, X, Y):
    h, L = 3e-6, len(parameters) // 2
    differences = {}
    for key, array in parameters.items():
        steps = h * np.eye(array.size).reshape(array.size, *array.shape)
        costs = []
        for sign in (1, -1):
            A = X
            for l in range(1, L + 1):
                W, b = parameters[f"W{l}"], parameters[f"b{l}"]
                if key == f"W{l}":
                    W = W + sign * steps
                if key == f"b{l}":
                    b = b + sign * steps
                Z = np.einsum("...ij,...jm->...im", W, A) + b
                A = np.maximum(Z, 0) if l < L else 1 / (1 + np.exp(-Z))
            losses = -np.log(np.where(Y == 1, A, 1 - A))
            costs.append(losses.mean(axis=-1).reshape(array.shape))
        measured = (costs[0] - costs[1]) / (2 * h)
        differences["d" + key] = gradient_difference(grads["d" + key], measured)
    return differences


@accepted("prints, type annotations, NumPy numbers, the difference written out")
def prints_and_annotations(parameters: dict, grads: dict, X: np.ndarray, Y: np.ndarray) -> dict:
    def cost(key: str, moved: np.ndarray) -> float:
        return compute_cost(L_model_forward(X, {**parameters, key: moved})[0], Y)

    differences = {}
    for key in sorted(parameters):
        array = parameters[key]
        measured = np.empty_like(array)
        for i in range(array.shape[0]):
            for j in range(array.shape[1]):
                up, down = array.copy(), array.copy()
                up[i, j] += 1e-5
                down[i, j] -= 1e-5
                measured[i, j] = (cost(key, up) - cost(key, down)) / 2e-5
        norm = np.linalg.norm
        distance = norm(grads[f"d{key}"] - measured)
        differences[f"d{key}"] = distance / (norm(grads[f"d{key}"]) + norm(measured))
        print(key, differences[f"d{key}"])
    return differences


@accepted("a cost for each array, measured by numerical_gradient")
def by_numerical_gradient(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():

        def cost(theta, key=key):
            AL, _ = L_model_forward(X, {**parameters, key: theta})
            return compute_cost(AL, Y)

        slopes_found = numerical_gradient(cost, array, h=1e-5)
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], slopes_found)
    return differences
