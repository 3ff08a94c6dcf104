"""What learners write for gradient_check: wrong answers, and right ones often refused."""

import numpy as np

from grader_tests.catalogue import accepted, misconception
from solutions.compute_cost import compute_cost
from solutions.gradient_difference import gradient_difference
from solutions.L_model_forward import L_model_forward
from workbook import relu, sigmoid


@misconception(
    "The slopes are twice too large: the two neighbours of a number are two steps apart. So a right "
    "gradient looks wrong, with a difference of a third.",
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
    "The costs of the neighbours are sums over the examples, not means: every slope is m times too "
    "large.",
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
    "The biases are not checked. Their gradients can be wrong like any other: a lost `keepdims`, a "
    "missing 1/m.",
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
    "The last layer is not checked: range leaves out its end.",
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
    "The differences stand under the keys of the parameters. They are about gradients: each key "
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
    "The parameters are moved in place and not put back, so the caller's network has changed and "
    "each slope is measured at another place.",
    caught_by="test_check_inputs_unchanged",
)
def parameters_not_put_back(parameters, grads, X, Y):
    differences = {}
    for key, array in parameters.items():
        measured = np.zeros(array.shape)
        for index in np.ndindex(array.shape):
            array[index] += 1e-3
            up = compute_cost(L_model_forward(X, parameters)[0], Y)
            array[index] -= 2e-3
            down = compute_cost(L_model_forward(X, parameters)[0], Y)
            measured[index] = (up - down) / 2e-3
        differences[f"d{key}"] = gradient_difference(grads[f"d{key}"], measured)
    return differences


@misconception(
    "The whole stack has one cost: the mean runs over the neighbours, too, so all slopes are 0 and "
    "every gradient looks wrong.",
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
    "In the stacked forward pass every layer is a sigmoid layer. The network checked must be the "
    "network trained: ReLU in all layers but the last.",
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
