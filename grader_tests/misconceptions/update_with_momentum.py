"""What learners write for update_with_momentum: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "beta and 1 - beta are swapped: with beta 0.9, nine tenths of the mean should be what was "
    "there before.",
    caught_by="test_momentum_state",
)
def beta_swapped(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = (1 - beta) * v[f"d{key}"] + beta * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The gradient comes in without its factor 1 - beta. So v is no mean but a sum, about 1 / (1 - "
    "beta) times too long: other books write it so, with a smaller learning rate.",
    caught_by="test_momentum_state",
)
def no_factor_on_gradient(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step goes along the old mean. The new gradient must be in it: update v first.",
    caught_by="test_momentum_step",
)
def old_v_in_the_step(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step goes along the gradient, and v is computed for nothing.",
    caught_by="test_momentum_step",
)
def gradient_in_the_step(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * grads[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step goes uphill: v is a mean of gradients, and descent goes against it.",
    caught_by="test_momentum_step",
)
def plus_for_minus(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value + learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The learning rate is a factor in v and again in the step, so the step is shorter by it twice.",
    caught_by="test_momentum_state",
)
def learning_rate_in_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * learning_rate * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The biases stay as they were. They have a v of their own and move like the weights.",
    caught_by="test_momentum_step",
)
def biases_left_out(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = copy.deepcopy(params), copy.deepcopy(v)
    for l in range(1, len(params) // 2 + 1):
        new_v[f"dW{l}"] = beta * v[f"dW{l}"] + (1 - beta) * grads[f"dW{l}"]
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * new_v[f"dW{l}"]
    return parameters, new_v


@misconception(
    "Only the parameters come back. Without the new v the next step starts from nothing, and "
    "there is no momentum.",
    caught_by="test_momentum_state",
)
def v_not_returned(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters


@misconception(
    "The old v comes back, so every step starts from the same mean as the one before.",
    caught_by="test_momentum_state",
)
def old_v_returned(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, v


@misconception(
    "The numbers are right, but the caller's v has changed: assigning to its keys writes into the "
    "very dictionary that the caller holds.",
    caught_by="test_momentum_inputs_unchanged",
)
def v_changed_in_place(params, grads, v, learning_rate, beta=0.9):
    parameters = {}
    for key, value in params.items():
        v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * v[f"d{key}"]
    return parameters, v


@accepted("deep copies that are changed in place, layer by layer")
def deep_copies(params, grads, v, learning_rate, beta=0.9):
    parameters, v = copy.deepcopy(params), copy.deepcopy(v)
    for l in range(1, len(params) // 2 + 1):
        for letter in ("W", "b"):
            v["d" + letter + str(l)] *= beta
            v["d" + letter + str(l)] += (1 - beta) * grads["d" + letter + str(l)]
            parameters[letter + str(l)] -= learning_rate * v["d" + letter + str(l)]
    return parameters, v


@accepted("the mean moved towards the gradient, a list for the tuple")
def as_a_difference(params, grads, v, learning_rate, beta=0.9):
    new = {f"d{k}": v[f"d{k}"] + (1 - beta) * (grads[f"d{k}"] - v[f"d{k}"]) for k in params}
    return [{k: params[k] - learning_rate * new[f"d{k}"] for k in params}, new]


@accepted("other names, type annotations, a print")
def annotations(
    params: dict, grads: dict, v: dict, learning_rate: float, beta: float = 0.9
) -> tuple:
    velocity, moved = dict(v), dict(params)
    print("momentum", beta)
    for key in reversed(list(params)):
        velocity["d" + key] = np.average([v["d" + key], grads["d" + key]], 0, [beta, 1 - beta])
        moved[key] = np.subtract(params[key], learning_rate * velocity["d" + key])
    return moved, velocity
