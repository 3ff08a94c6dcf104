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
    "Where all gradients have been 0, the step is 0 / 0: the root has no eps beside it.",
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
    "s holds one number for the whole array, the mean of its squares, so all its numbers share"
    " one scale. Each number has its own.",
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
    "The numbers are right, but the caller's s has changed. Assigning to a key of s, and `*=` on "
    "an array of s, write into what the caller holds: the new s is a dictionary of its own.",
    caught_by="test_rmsprop_inputs_unchanged",
)
def s_changed_in_place(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters = {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(s[f"d{key}"]) + eps)
    return parameters, s


@misconception(
    "The larger of root and eps is taken, and not their sum. eps is added to the root, everywhere.",
    caught_by="test_rmsprop_eps",
)
def root_or_eps(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / np.maximum(np.sqrt(new_s[f"d{key}"]), eps)
    return parameters, new_s


@misconception(
    "The quotient has eps added to it: without parentheses the division comes first. eps belongs "
    "to the root, under the fraction bar.",
    caught_by="test_rmsprop_eps",
)
def eps_after_the_division(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * (g / np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "eps is added to s, and stays in it: it comes into the mean again in every step. It belongs to "
    "the root alone.",
    caught_by="test_rmsprop_state",
)
def eps_in_s(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2 + eps
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "eps is next to nothing in every call: the one that the caller passes has no effect.",
    caught_by="test_rmsprop_eps",
)
def eps_written_out(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + 1e-8)
    return parameters, new_s


@misconception(
    "The learning rate is not in the step: every number moves by its gradient over the root, "
    "whatever the rate is.",
    caught_by="test_rmsprop_step",
)
def no_learning_rate(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "beta is 0.9 in every call: the beta that the caller passes has no effect.",
    caught_by="test_rmsprop_state",
)
def beta_written_out(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = 0.9 * s[f"d{key}"] + 0.1 * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The square comes in without its factor 1 - beta. So s is no mean but a sum, and too large.",
    caught_by="test_rmsprop_state",
)
def no_factor_on_square(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The old s keeps its full weight, without the factor beta. The two weights of a mean add up to "
    "1.",
    caught_by="test_rmsprop_state",
)
def no_beta_on_s(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The old s has no part in the new one, so each step is measured by the gradient of this moment "
    "alone.",
    caught_by="test_rmsprop_state",
)
def old_s_forgotten(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The factor 1 - beta comes in twice, as if it were squared together with the gradient. Only "
    "the gradient is squared.",
    caught_by="test_rmsprop_state",
)
def one_minus_beta_squared_too(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + ((1 - beta) * g) ** 2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "s comes out as if the weight of the square had lost its parentheses: a 1 is added to every"
    " entry, and beta times the square is subtracted.",
    caught_by="test_rmsprop_state",
)
def parentheses_missing(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + 1 - beta * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "s comes out as a mean of absolute values, and the step is divided by s itself. It is the"
    " squares that are averaged, and the root of their mean that divides.",
    caught_by="test_rmsprop_state",
)
def absolute_values_without_a_root(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    new_s, parameters = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * np.abs(g)
        parameters[key] = value - learning_rate * g / (new_s[f"d{key}"] + eps)
    return parameters, new_s


@misconception(
    "s comes out as a mean of absolute values, and not of squares. Then its root is no longer of"
    " the size of a gradient.",
    caught_by="test_rmsprop_state",
)
def absolute_values(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * np.abs(g)
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The squared gradient is divided: the step has lost the sign of the gradient, and every number "
    "moves the same way.",
    caught_by="test_rmsprop_step",
)
def root_of_gradient_square(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g**2 / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The gradient is multiplied by the root. It is divided by it: numbers with large gradients "
    "take smaller steps.",
    caught_by="test_rmsprop_step",
)
def multiplied_by_root(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g * (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The step is that of plain gradient descent: nothing is divided by the root of s.",
    caught_by="test_rmsprop_step",
)
def plain_gradient_descent(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g
    return parameters, new_s


@misconception(
    "s stands where the gradient belongs: the step goes along the mean of the squares. s only sets "
    "the length; the direction is the gradient's.",
    caught_by="test_rmsprop_step",
)
def step_along_s(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * new_s[f"d{key}"] / (
            np.sqrt(new_s[f"d{key}"]) + eps
        )
    return parameters, new_s


@misconception(
    "The gradient is divided by one length of the whole array, so all its numbers share one scale. "
    "Each number is divided by its own root.",
    caught_by="test_rmsprop_step",
)
def norm_for_root(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(np.sum(new_s[f"d{key}"])) + eps)
    return parameters, new_s


@misconception(
    "s is divided by 1 - beta before the root. That is the bias correction of Adam, and there only "
    "of its first step; RMSProp has none.",
    caught_by="test_rmsprop_step",
)
def corrected_s(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        s_hat = new_s[f"d{key}"] / (1 - beta)
        parameters[key] = value - learning_rate * g / (np.sqrt(s_hat) + eps)
    return parameters, new_s


@misconception(
    "The biases, or their s, stay as they were. They have an s of their own and move like weights.",
    caught_by="test_rmsprop_step",
)
def biases_left_out(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = copy.deepcopy(params), copy.deepcopy(s)
    for l in range(1, len(params) // 2 + 1):
        g = grads[f"dW{l}"]
        new_s[f"dW{l}"] = beta * s[f"dW{l}"] + (1 - beta) * g**2
        parameters[f"W{l}"] = params[f"W{l}"] - learning_rate * g / (np.sqrt(new_s[f"dW{l}"]) + eps)
    return parameters, new_s


@misconception(
    "The weights are scaled, and the biases are not: they step along their bare gradient. They "
    "have an s of their own.",
    caught_by="test_rmsprop_step",
)
def biases_not_scaled(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        scale = np.sqrt(new_s[f"d{key}"]) + eps if key.startswith("W") else 1.0
        parameters[key] = value - learning_rate * g / scale
    return parameters, new_s


@misconception(
    "The last layer is missing, in the parameters and in s. Which layer does the loop visit last?",
    caught_by="test_rmsprop_step",
)
def last_layer_missing(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            g = grads[f"d{key}"]
            new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
            parameters[key] = params[key] - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The last layer stays as it was, and so does its s. Which layer does the loop visit last?",
    caught_by="test_rmsprop_step",
)
def last_layer_not_moved(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = dict(params), dict(s)
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            g = grads[f"d{key}"]
            new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
            parameters[key] = params[key] - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The old s comes back, so every step starts from the same mean as the one before.",
    caught_by="test_rmsprop_state",
)
def old_s_returned(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, s


@misconception(
    "The new s has the keys of the parameters. What is a mean of squared gradients stands under "
    "the keys of the gradients, which begin with d.",
    caught_by="test_rmsprop_state",
)
def s_under_keys_of_parameters(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[key] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[key]) + eps)
    return parameters, new_s


@misconception(
    "Only the first parameter comes back. Does `return` stand inside the loop?",
    caught_by="test_rmsprop_step",
)
def return_in_the_loop(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
        return parameters, new_s


@misconception(
    "Only the first layer comes back. Does `return` stand inside the loop over the layers?",
    caught_by="test_rmsprop_step",
)
def return_after_the_first_layer(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for l in range(1, len(params) // 2 + 1):
        for key in (f"W{l}", f"b{l}"):
            value = params[key]
            g = grads[f"d{key}"]
            new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
            parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
        return parameters, new_s


@misconception(
    "None of the keys that are asked for is there. The parameters come first, under their own"
    " keys, and then s, under the keys of the gradients.",
    caught_by="test_rmsprop_step",
)
def nothing_stored(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    return parameters, new_s


@misconception(
    "The parameters come back as they were; only s is new.",
    caught_by="test_rmsprop_step",
)
def parameters_not_moved(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
    return dict(params), new_s


@misconception(
    "s is the square of this gradient: nothing of the old s is in it, so every step has the same "
    "length, as far as eps is small.",
    caught_by="test_rmsprop_state",
)
def s_is_the_square(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "s stays what it was: the new gradient never comes into it.",
    caught_by="test_rmsprop_state",
)
def gradient_never_comes_in(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = s[f"d{key}"]
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The whole mean is squared, old s and gradient together. Only the gradient is squared, before "
    "it comes into the mean.",
    caught_by="test_rmsprop_state",
)
def square_of_the_mean(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = (beta * s[f"d{key}"] + (1 - beta) * g) ** 2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The square is subtracted from s. In a mean both parts are added.",
    caught_by="test_rmsprop_state",
)
def square_subtracted(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] - (1 - beta) * g**2
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The gradient is not in the step, only the root: every number moves down, whatever its "
    "gradient says.",
    caught_by="test_rmsprop_step",
)
def gradient_missing(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


@misconception(
    "The step is the sign of the gradient times the learning rate: nothing is measured by the root "
    "of s.",
    caught_by="test_rmsprop_step",
)
def sign_of_the_gradient(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        parameters[key] = value - learning_rate * np.sign(g)
    return parameters, new_s


@misconception(
    "s is kept from falling below eps, and the root is taken of that. eps is added to the root, "
    "everywhere.",
    caught_by="test_rmsprop_eps",
)
def eps_as_a_floor_of_s(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g**2
        root = np.sqrt(np.maximum(new_s[f"d{key}"], eps))
        parameters[key] = value - learning_rate * g / root
    return parameters, new_s


@misconception(
    "A key such as dA0 is asked for in s, which has none: grads holds the dA, too. Go through the"
    " keys of the parameters.",
    caught_by="test_rmsprop_state",
)
def all_keys_of_grads(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, g in grads.items():
        new_s[key] = beta * s[key] + (1 - beta) * g**2
        parameters[key[1:]] = params[key[1:]] - learning_rate * g / (np.sqrt(new_s[key]) + eps)
    return parameters, new_s


@misconception(
    "The gradient goes into s as it is, and the root is taken of its size. s is a mean of"
    " squares: otherwise gradients of opposite signs cancel.",
    caught_by="test_rmsprop_state",
)
def not_squared_and_root_of_the_size(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * g
        root = np.sqrt(np.abs(new_s[f"d{key}"]))
        parameters[key] = value - learning_rate * g / (root + eps)
    return parameters, new_s


@misconception(
    "s takes the sum of the squares of the whole array, so all its numbers share one scale. Each"
    " number has its own.",
    caught_by="test_rmsprop_state",
)
def sum_over_the_array(params, grads, s, learning_rate, beta=0.9, eps=1e-8):
    parameters, new_s = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_s[f"d{key}"] = beta * s[f"d{key}"] + (1 - beta) * np.sum(g**2)
        parameters[key] = value - learning_rate * g / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_s


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
