"""What learners write for update_with_rmsprop: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The gradient goes into s as it is. s is a mean of squares: otherwise gradients of opposite "
    "signs cancel, and the root is taken of negative numbers.",
    caught_by="test_rmsprop_state",
)
def not_squared(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "beta and 1 - beta are swapped: with beta 0.9, nine tenths of the mean should be what was "
    "there before.",
    caught_by="test_rmsprop_state",
)
def beta_swapped(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = (1 - beta) * s[f"d{key}"] + beta * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The squares are summed up for ever, without forgetting: this is AdaGrad, whose steps become "
    "shorter and shorter.",
    caught_by="test_rmsprop_state",
)
def summed_up(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = s[f"d{key}"] + g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The gradient is divided by s itself: the root is missing, and with it the right unit. Ten "
    "times the gradient would give a tenth of the step.",
    caught_by="test_rmsprop_step",
)
def root_missing(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (new_s[f"d{key}"] + eps)
    return parameters, new_s


@misconception(
    "eps stands under the root. The published rule adds it to the root; for small s that makes a "
    "difference.",
    caught_by="test_rmsprop_eps",
)
def eps_inside(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / np.sqrt(new_s[f"d{key}"] + eps)
    return parameters, new_s


@misconception(
    "eps is not used: where all gradients have been 0, the step is 0 / 0.",
    caught_by="test_rmsprop_eps",
)
def eps_missing(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / np.sqrt(new_s[f"d{key}"])
    return parameters, new_s


@misconception(
    "The step is divided by the root of the old mean, which is 0 at the first step. Update s "
    "first.",
    caught_by="test_rmsprop_step",
)
def old_s_in_the_step(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The squares are averaged over the whole array, so all its numbers share one scale. Each "
    "number has its own.",
    caught_by="test_rmsprop_state",
)
def one_number_for_the_array(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * np.mean(g**2)
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The step goes uphill: dividing by a root changes no sign, so the minus is still needed.",
    caught_by="test_rmsprop_step",
)
def plus_for_minus(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value + learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "Only the parameters come back. Without the new s the next step starts from nothing.",
    caught_by="test_rmsprop_state",
)
def s_not_returned(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters


@misconception(
    "The numbers are right, but the caller's s has changed: assigning to its keys writes into the "
    "very dictionary that the caller holds.",
    caught_by="test_rmsprop_inputs_unchanged",
)
def s_changed_in_place(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters = {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(s[f"d{key}"]) + eps)
    return parameters, s


@accepted("deep copies that are changed in place, layer by layer")
def deep_copies(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, s = copy.deepcopy(params), copy.deepcopy(s)
    for l in range(1, len(params) // 2 + 1):
        for letter in "Wb":
            g = grads[f"d{letter}{l}"]
            s[f"d{letter}{l}"] *= beta
            s[f"d{letter}{l}"] += (1 - beta) * np.square(g)
            parameters[f"{letter}{l}"] -= learning_rate * g / (s[f"d{letter}{l}"] ** 0.5 + eps)
    return parameters, s


@accepted("the mean moved towards the square, a list for the tuple")
def comprehensions(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    new = {f"d{k}": s[f"d{k}"] + (1 - beta) * (grads[f"d{k}"] ** 2 - s[f"d{k}"]) for k in params}
    scale = {k: learning_rate / (np.sqrt(new[f"d{k}"]) + eps) for k in params}
    return [{k: params[k] - scale[k] * grads[f"d{k}"] for k in params}, new]


@accepted("other names, type annotations, a print")
def annotations(
    params: dict, grads: dict, s: dict, learning_rate: float, beta: float = 0.9, eps: float = 1e-8
) -> tuple:
    squares, moved = dict(s), dict(params)
    print("rmsprop", beta)
    for key in reversed(list(params)):
        gradient = grads["d" + key]
        squares["d" + key] = beta * s["d" + key] + (1.0 - beta) * gradient * gradient
        moved[key] = params[key] - np.divide(
            learning_rate * gradient, eps + np.sqrt(squares["d" + key])
        )
    return moved, squares
