"""What learners write for update_with_adam: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The bias correction is missing: both means begin at 0, so the first steps are of the wrong "
    "length.",
    caught_by="test_adam_first_step",
)
def no_bias_correction(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"]
        s_hat = new_s[f"d{key}"]
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "Only v is corrected. s begins at 0 as well and, with its larger beta, needs it more.",
    caught_by="test_adam_first_step",
)
def correction_of_v_only(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"]
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction multiplies beta by t. It is a power: beta to the t is the share that the "
    "zeros of the start still have.",
    caught_by="test_adam_step",
)
def t_as_a_factor(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1 * t)
        s_hat = new_s[f"d{key}"] / (1 - beta2 * t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction divides by 1 - beta whatever t is. That is right for the first step only: the "
    "bias fades as t grows.",
    caught_by="test_adam_step",
)
def t_not_used(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1)
        s_hat = new_s[f"d{key}"] / (1 - beta2)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "t is raised by one more, as if it were counted from 0. The first step has t = 1.",
    caught_by="test_adam_first_step",
)
def t_counted_from_0(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1 ** (t + 1))
        s_hat = new_s[f"d{key}"] / (1 - beta2 ** (t + 1))
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The gradient goes into s as it is. s is a mean of squares: otherwise gradients of opposite "
    "signs cancel.",
    caught_by="test_adam_states",
)
def not_squared(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta1 and beta2 are exchanged: beta1 belongs to the mean of the gradients, beta2 to that of "
    "their squares.",
    caught_by="test_adam_states",
)
def betas_exchanged(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta2 * v[f"d{key}"] + (1 - beta2) * g
        new_s[f"d{key}"] = beta1 * s[f"d{key}"] + (1 - beta1) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta2**t)
        s_hat = new_s[f"d{key}"] / (1 - beta1**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The step is divided by s itself: the root is missing.",
    caught_by="test_adam_step",
)
def root_missing(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (s_hat + eps)
    return parameters, new_v, new_s


@misconception(
    "eps stands under the root. The published rule adds it to the root; for small s that makes a "
    "difference.",
    caught_by="test_adam_eps",
)
def eps_inside(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / np.sqrt(s_hat + eps)
    return parameters, new_v, new_s


@misconception(
    "The step goes along the gradient: v is computed and not used, which leaves RMSProp.",
    caught_by="test_adam_step",
)
def gradient_for_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * g / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The corrected means are stored for the next step, which then corrects them again. What is "
    "kept is v and s as they are.",
    caught_by="test_adam_states",
)
def corrected_means_stored(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = (beta1 * v[f"d{key}"] + (1 - beta1) * g) / (1 - beta1**t)
        new_s[f"d{key}"] = (beta2 * s[f"d{key}"] + (1 - beta2) * g**2) / (1 - beta2**t)
        step = new_v[f"d{key}"] / (np.sqrt(new_s[f"d{key}"]) + eps)
        parameters[key] = value - learning_rate * step
    return parameters, new_v, new_s


@misconception(
    "Only the parameters come back. Without the new v and s the next step starts from nothing.",
    caught_by="test_adam_states",
)
def states_not_returned(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters


@misconception(
    "The numbers are right, but the caller's v and s have changed: assigning to their keys writes "
    "into the very dictionaries that the caller holds.",
    caught_by="test_adam_inputs_unchanged",
)
def states_changed_in_place(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters = {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat, s_hat = v[f"d{key}"] / (1 - beta1**t), s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, v, s


@accepted("deep copies that are changed in place, layer by layer")
def deep_copies(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, v, s = copy.deepcopy(params), copy.deepcopy(v), copy.deepcopy(s)
    for l in range(1, len(params) // 2 + 1):
        for letter in "Wb":
            key = f"d{letter}{l}"
            v[key] *= beta1
            v[key] += (1 - beta1) * grads[key]
            s[key] *= beta2
            s[key] += (1 - beta2) * np.square(grads[key])
            step = (v[key] / (1 - beta1**t)) / (np.sqrt(s[key] / (1 - beta2**t)) + eps)
            parameters[f"{letter}{l}"] -= learning_rate * step
    return parameters, v, s


@accepted("the correction in the learning rate and in eps")
def correction_in_the_rate(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    one, two = 1 - beta1**t, np.sqrt(1 - beta2**t)
    new_v = {f"d{k}": beta1 * v[f"d{k}"] + (1 - beta1) * grads[f"d{k}"] for k in params}
    new_s = {f"d{k}": beta2 * s[f"d{k}"] + (1 - beta2) * grads[f"d{k}"] ** 2 for k in params}
    rate = learning_rate * two / one
    moved = {
        k: params[k] - rate * new_v[f"d{k}"] / (new_s[f"d{k}"] ** 0.5 + eps * two) for k in params
    }
    return [moved, new_v, new_s]


@accepted("a helper function, type annotations, a print")
def annotations(
    params: dict,
    grads: dict,
    v: dict,
    s: dict,
    t: int,
    learning_rate: float,
    beta1: float = 0.9,
    beta2: float = 0.999,
    eps: float = 1e-8,
) -> tuple:
    def mean(old: dict, new: dict, beta: float) -> dict:
        return {"d" + k: beta * old["d" + k] + (1.0 - beta) * new["d" + k] for k in params}

    print("step", t)
    v = mean(v, grads, beta1)
    s = mean(s, {key: grads[key] * grads[key] for key in v}, beta2)
    moved: dict = {}
    for key, value in params.items():
        up, down = v["d" + key] / (1 - np.power(beta1, t)), s["d" + key] / (1 - np.power(beta2, t))
        moved[key] = value - np.divide(learning_rate * up, eps + np.sqrt(down))
    return moved, v, s
