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
    "The step goes along the gradient, and v has no part in it.",
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
    "The biases, or their v, stay as they were. They have a v of their own and move like weights.",
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
    "The numbers are right, but the caller's v has changed. Assigning to a key of v, and `*=` on "
    "an array of v, write into what the caller holds: the new v is a dictionary of its own.",
    caught_by="test_momentum_inputs_unchanged",
)
def v_changed_in_place(params, grads, v, learning_rate, beta=0.9):
    parameters = {}
    for key, value in params.items():
        v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * v[f"d{key}"]
    return parameters, v


@misconception(
    "The last layer is missing, in the parameters and in v. Which layer does the loop visit last?",
    caught_by="test_momentum_step",
)
def last_layer_missing(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
            parameters[key] = params[key] - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The last layer stays as it was, and so does its v. Which layer does the loop visit last?",
    caught_by="test_momentum_step",
)
def last_layer_not_moved(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = dict(params), dict(v)
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
            parameters[key] = params[key] - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "Only the first layer moves, and only its v is new. Every layer takes its step in the same"
    " way.",
    caught_by="test_momentum_step",
)
def first_layer_only(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = dict(params), dict(v)
    for key in ("W1", "b1"):
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = params[key] - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step looks ahead, as in Nesterov's momentum: the gradient comes into it a second time. "
    "Here the step goes along the new v, and nothing else.",
    caught_by="test_momentum_step",
)
def nesterov(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * g
        parameters[key] = value - learning_rate * (beta * new_v[f"d{key}"] + (1 - beta) * g)
    return parameters, new_v


@misconception(
    "The step is as long as v itself: the learning rate is not in it.",
    caught_by="test_momentum_step",
)
def no_learning_rate(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The learning rate stands in v, in the place of 1 - beta, and not in the step. Then v is no "
    "longer a mean of the gradients.",
    caught_by="test_momentum_state",
)
def learning_rate_for_one_minus_beta(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + learning_rate * grads[f"d{key}"]
        parameters[key] = value - new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "v holds the steps: the learning rate is in it, with a minus, and v is added to the"
    " parameters. Some books do so. Here v is a mean of the gradients, and the rate comes in"
    " afterwards.",
    caught_by="test_momentum_state",
)
def v_holds_the_steps(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] - learning_rate * grads[f"d{key}"]
        parameters[key] = value + new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The learning rate is a factor in v instead of in the step. v is a mean of the gradients, "
    "whatever the rate is.",
    caught_by="test_momentum_state",
)
def learning_rate_moved_into_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * learning_rate * grads[f"d{key}"]
        parameters[key] = value - new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The gradient is subtracted inside v. In a mean both parts are added; the minus belongs to the "
    "step alone.",
    caught_by="test_momentum_state",
)
def minus_inside_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] - (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The v that is given has no part in the new one. It holds what earlier gradients have left: "
    "without it there is no momentum.",
    caught_by="test_momentum_state",
)
def old_v_forgotten(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The old v keeps its full weight, without the factor beta. The two weights of a mean add up to "
    "1.",
    caught_by="test_momentum_state",
)
def no_beta_on_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "v comes out as if the weight of the gradient had lost its parentheses: a 1 is added to every"
    " entry, and beta times the gradient is subtracted.",
    caught_by="test_momentum_state",
)
def parentheses_missing(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + 1 - beta * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step is as long as if v were divided by 1 - beta before it. That is the bias correction"
    " of Adam, and there only of its first step; momentum has none.",
    caught_by="test_momentum_step",
)
def step_of_corrected_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"] / (1 - beta)
    return parameters, new_v


@misconception(
    "v comes out as if the gradients were squared. Momentum is a mean of the gradients as they"
    " are: squares, which have lost their signs, belong to RMSProp.",
    caught_by="test_momentum_state",
)
def squared(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"] ** 2
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "beta is 0.9 in every call: the beta that the caller passes has no effect.",
    caught_by="test_momentum_of_nothing_is_gradient_descent",
)
def beta_written_out(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = 0.9 * v[f"d{key}"] + 0.1 * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The learning rate is 0.01 in every call: the one that the caller passes has no effect.",
    caught_by="test_momentum_step",
)
def learning_rate_written_out(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - 0.01 * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step goes along the new gradient, times 1 - beta: the old v has its part in the new v,"
    " but not in the step.",
    caught_by="test_momentum_step",
)
def part_of_gradient_in_the_step(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * (1 - beta) * grads[f"d{key}"]
    return parameters, new_v


@misconception(
    "The weights have momentum, and the biases do not: they step along their gradient. They have a "
    "v of their own.",
    caught_by="test_momentum_step",
)
def biases_without_momentum(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        step = new_v[f"d{key}"] if key.startswith("W") else grads[f"d{key}"]
        parameters[key] = value - learning_rate * step
    return parameters, new_v


@misconception(
    "The new v has the keys of the parameters. What is a mean of gradients stands under their"
    " keys, which begin with d: the next step looks for it there.",
    caught_by="test_momentum_state",
)
def v_under_keys_of_parameters(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[key] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[key]
    return parameters, new_v


@misconception(
    "Only v comes back. The parameters after the step are wanted as well.",
    caught_by="test_momentum_step",
)
def parameters_not_returned(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return new_v


@misconception(
    "Only the first parameter comes back. Does `return` stand inside the loop?",
    caught_by="test_momentum_step",
)
def return_in_the_loop(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
        return parameters, new_v


@misconception(
    "Only the first layer comes back. Does `return` stand inside the loop over the layers?",
    caught_by="test_momentum_step",
)
def return_after_the_first_layer(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for l in range(1, len(params) // 2 + 1):
        for key in (f"W{l}", f"b{l}"):
            value = params[key]
            new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
            parameters[key] = value - learning_rate * new_v[f"d{key}"]
        return parameters, new_v


@misconception(
    "None of the keys that are asked for is there. The parameters come first, under their own"
    " keys, and then v, under the keys of the gradients.",
    caught_by="test_momentum_step",
)
def nothing_stored(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    return parameters, new_v


@misconception(
    "The parameters come back as they were; only v is new.",
    caught_by="test_momentum_step",
)
def parameters_not_moved(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
    return dict(params), new_v


@misconception(
    "v has the wrong sign, and so has the step: it goes uphill. v is a mean of the gradients as "
    "they are.",
    caught_by="test_momentum_state",
)
def v_negated(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = -(beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"])
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "v is the gradient itself: nothing of the old v is in it, so there is no momentum.",
    caught_by="test_momentum_state",
)
def v_is_the_gradient(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = grads[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "v stays what it was: the new gradient never comes into it.",
    caught_by="test_momentum_state",
)
def gradient_never_comes_in(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = v[f"d{key}"]
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The step holds the gradient on top of beta times the new v, as in one form of Nesterov's "
    "momentum. Here it goes along the new v, and nothing else.",
    caught_by="test_momentum_step",
)
def gradient_on_top_of_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        step = beta * new_v[f"d{key}"] + grads[f"d{key}"]
        parameters[key] = value - learning_rate * step
    return parameters, new_v


@misconception(
    "v comes into the step with the factor beta: it is shorter than it should be. The step is "
    "learning_rate times v.",
    caught_by="test_momentum_step",
)
def mean_of_old_and_new_step(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]
        parameters[key] = value - learning_rate * beta * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "The minus stands inside v, and the step adds v. v is a mean of the gradients as they are; the "
    "minus belongs to the step.",
    caught_by="test_momentum_state",
)
def minus_in_v_plus_in_the_step(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = beta * v[f"d{key}"] - (1 - beta) * grads[f"d{key}"]
        parameters[key] = value + learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "v is divided by 1 - beta, and stored so. That is the bias correction of Adam, for its first "
    "step; momentum has none.",
    caught_by="test_momentum_state",
)
def mean_divided_in_v(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, value in params.items():
        new_v[f"d{key}"] = (beta * v[f"d{key}"] + (1 - beta) * grads[f"d{key}"]) / (1 - beta)
        parameters[key] = value - learning_rate * new_v[f"d{key}"]
    return parameters, new_v


@misconception(
    "A key such as dA0 is asked for in v, which has none: grads holds the dA, too. Go through the"
    " keys of the parameters.",
    caught_by="test_momentum_state",
)
def all_keys_of_grads(params, grads, v, learning_rate, beta=0.9):
    parameters, new_v = {}, {}
    for key, gradient in grads.items():
        new_v[key] = beta * v[key] + (1 - beta) * gradient
        parameters[key[1:]] = params[key[1:]] - learning_rate * new_v[key]
    return parameters, new_v


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
