"""What learners write for update_with_adam: wrong answers, and right ones often refused."""

import copy

import numpy as np

from grader_tests.catalogue import accepted, misconception


@misconception(
    "The bias correction is missing: both means begin at 0, so the first steps are of the wrong "
    "length.",
    caught_by="test_adam_step",
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
    caught_by="test_adam_step",
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
    "The correction is that of one step later, as if t were counted from 0. The first step has t"
    " = 1.",
    caught_by="test_adam_step",
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
    caught_by="test_adam_s",
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
    caught_by="test_adam_v",
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
    "The step goes along the gradient, and v has no part in it: that leaves RMSProp.",
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
    caught_by="test_adam_v",
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
    caught_by="test_adam_v",
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
    "The numbers are right, but the caller's v and s have changed. Assigning to their keys, and"
    " `*=` on their arrays, write into what the caller holds: the new ones are dictionaries of"
    " their own.",
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


@misconception(
    "s is corrected too much: its root is divided by the whole correction. Divide s by it, once, "
    "and then take the root.",
    caught_by="test_adam_step",
)
def correction_outside_the_root(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        root = np.sqrt(new_s[f"d{key}"]) / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (root + eps)
    return parameters, new_v, new_s


@misconception(
    "Only s is corrected. v begins at 0 as well, so it is too small at first.",
    caught_by="test_adam_step",
)
def correction_of_s_only(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"]
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The means are multiplied by their corrections. They are too small at first: divided by a "
    "number below 1, they grow.",
    caught_by="test_adam_step",
)
def correction_multiplied(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] * (1 - beta1**t)
        s_hat = new_s[f"d{key}"] * (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "Both means are corrected with beta1. s was made with beta2, and fills up far more slowly.",
    caught_by="test_adam_step",
)
def one_correction_for_both(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta1**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "Both means are corrected with beta2. v was made with beta1, and fills up faster.",
    caught_by="test_adam_step",
)
def beta2_in_both_corrections(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta2**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The two corrections are exchanged: each mean is corrected with the beta that it was made "
    "with.",
    caught_by="test_adam_step",
)
def corrections_exchanged(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta2**t)
        s_hat = new_s[f"d{key}"] / (1 - beta1**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The power is taken of 1 - beta. It is beta that is raised to the t, before it is subtracted "
    "from 1.",
    caught_by="test_adam_step",
)
def power_of_the_difference(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1) ** t
        s_hat = new_s[f"d{key}"] / (1 - beta2) ** t
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction is that of one step earlier: at the first step, t - 1 is 0, and 1 - 1 stands"
    " in the denominator. The first step has t = 1.",
    caught_by="test_adam_step",
)
def t_one_too_small(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1 ** (t - 1))
        s_hat = new_s[f"d{key}"] / (1 - beta2 ** (t - 1))
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The step comes out as if the parentheses around the correction were missing: the mean is"
    " divided by 1, and the power of beta is subtracted from it.",
    caught_by="test_adam_step",
)
def beta_divided_without_parentheses(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / 1 - beta1**t
        s_hat = new_s[f"d{key}"] / 1 - beta2**t
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The old v and s are corrected and used in the step. Update both means first: the new gradient "
    "is not in the old ones.",
    caught_by="test_adam_step",
)
def old_means_corrected(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = v[f"d{key}"] / (1 - beta1**t)
        s_hat = s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "eps is added to the root of s before the correction, so it is corrected, too. It stands "
    "beside the root of the corrected s.",
    caught_by="test_adam_eps",
)
def eps_in_the_corrected_s(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        root = (np.sqrt(new_s[f"d{key}"]) + eps) / np.sqrt(1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / root
    return parameters, new_v, new_s


@misconception(
    "The larger of root and eps is taken, and not their sum. eps is added to the root, everywhere.",
    caught_by="test_adam_eps",
)
def root_or_eps(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / np.maximum(np.sqrt(s_hat), eps)
    return parameters, new_v, new_s


@misconception(
    "Where all gradients have been 0, the step is 0 / 0: the root has no eps beside it.",
    caught_by="test_adam_eps",
)
def eps_missing(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / np.sqrt(s_hat)
    return parameters, new_v, new_s


@misconception(
    "The quotient has eps added to it: without parentheses the division comes first. eps belongs "
    "to the root, under the fraction bar.",
    caught_by="test_adam_eps",
)
def eps_after_the_division(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * (v_hat / np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "eps is next to nothing in every call: the one that the caller passes has no effect.",
    caught_by="test_adam_eps",
)
def eps_written_out(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + 1e-8)
    return parameters, new_v, new_s


@misconception(
    "The learning rate is not in the step.",
    caught_by="test_adam_step",
)
def no_learning_rate(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The step goes uphill: v is a mean of gradients, and descent goes against it.",
    caught_by="test_adam_step",
)
def plus_for_minus(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value + learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "v and s have changed places in the step: it goes along the mean of the gradients and is "
    "divided by the root of the mean of the squares.",
    caught_by="test_adam_step",
)
def v_and_s_exchanged_in_the_step(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * s_hat / (np.sqrt(v_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The step goes along the corrected v, and nothing is divided by the root of s: this is"
    " momentum.",
    caught_by="test_adam_step",
)
def momentum_alone(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat
    return parameters, new_v, new_s


@misconception(
    "The corrected v is multiplied by the root. It is divided by it.",
    caught_by="test_adam_step",
)
def multiplied_by_root(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat * (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "s is a mean of v squared. It is the gradient of this step that is squared.",
    caught_by="test_adam_s",
)
def square_of_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * new_v[f"d{key}"] ** 2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "v takes the squared gradient as well. v is a mean of the gradients as they are, with their "
    "signs.",
    caught_by="test_adam_v",
)
def v_squared_too(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g**2
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "Both means are made with beta1. beta2 belongs to that of the squares.",
    caught_by="test_adam_s",
)
def beta1_in_both_means(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta1 * s[f"d{key}"] + (1 - beta1) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta1 stands everywhere, in s and in its correction, too, where beta2 belongs.",
    caught_by="test_adam_s",
)
def beta1_everywhere(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta1 * s[f"d{key}"] + (1 - beta1) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta1**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta and 1 - beta are swapped in both means: with beta1 0.9, nine tenths of v should be what "
    "was there before.",
    caught_by="test_adam_v",
)
def betas_swapped_with_their_rests(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = (1 - beta1) * v[f"d{key}"] + beta1 * g
        new_s[f"d{key}"] = (1 - beta2) * s[f"d{key}"] + beta2 * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The gradient and its square come in without the factors 1 - beta1 and 1 - beta2: sums, and no "
    "means.",
    caught_by="test_adam_v",
)
def no_factors_on_the_gradient(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The new s is made from the old v. Each mean goes on from its own old one.",
    caught_by="test_adam_s",
)
def v_for_s_in_the_mean(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * v[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta1 and beta2 are 0.9 and 0.999 in every call: what the caller passes has no effect.",
    caught_by="test_adam_step",
)
def betas_written_out(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = 0.9 * v[f"d{key}"] + 0.1 * g
        new_s[f"d{key}"] = 0.999 * s[f"d{key}"] + 0.001 * g**2
        v_hat = new_v[f"d{key}"] / (1 - 0.9**t)
        s_hat = new_s[f"d{key}"] / (1 - 0.999**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The corrected s is stored, and the next step corrects it again. What is kept is s as it is.",
    caught_by="test_adam_s",
)
def corrected_s_stored(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = (beta2 * s[f"d{key}"] + (1 - beta2) * g**2) / (1 - beta2**t)
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(new_s[f"d{key}"]) + eps)
    return parameters, new_v, new_s


@misconception(
    "The corrected v is stored, and the next step corrects it again. What is kept is v as it is.",
    caught_by="test_adam_v",
)
def corrected_v_stored(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = (beta1 * v[f"d{key}"] + (1 - beta1) * g) / (1 - beta1**t)
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"]
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The biases, or their v and s, stay as they were. They have both of their own, as weights do.",
    caught_by="test_adam_step",
)
def biases_left_out(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = copy.deepcopy(params), copy.deepcopy(v), copy.deepcopy(s)
    for key, value in params.items():
        if key.startswith("W"):
            g = grads[f"d{key}"]
            new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
            new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
            v_hat = new_v[f"d{key}"] / (1 - beta1**t)
            s_hat = new_s[f"d{key}"] / (1 - beta2**t)
            parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The last layer is missing, in the parameters, in v and in s. Which layer does the loop visit"
    " last?",
    caught_by="test_adam_step",
)
def last_layer_missing(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            g = grads[f"d{key}"]
            new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
            new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
            v_hat = new_v[f"d{key}"] / (1 - beta1**t)
            s_hat = new_s[f"d{key}"] / (1 - beta2**t)
            parameters[key] = params[key] - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The last layer stays as it was, and so do its v and s. Which layer does the loop visit last?",
    caught_by="test_adam_step",
)
def last_layer_not_moved(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = dict(params), dict(v), dict(s)
    for l in range(1, len(params) // 2):
        for key in (f"W{l}", f"b{l}"):
            g = grads[f"d{key}"]
            new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
            new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
            v_hat = new_v[f"d{key}"] / (1 - beta1**t)
            s_hat = new_s[f"d{key}"] / (1 - beta2**t)
            parameters[key] = params[key] - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The old v and s come back, so every step starts from the same means as the one before.",
    caught_by="test_adam_v",
)
def old_means_returned(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, v, s


@misconception(
    "v and s have changed places in what comes back: first the parameters, then v, then s.",
    caught_by="test_adam_v",
)
def order_exchanged(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_s, new_v


@misconception(
    "s does not come back: parameters, v and s are wanted.",
    caught_by="test_adam_s",
)
def s_not_returned(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v


@misconception(
    "t comes back as well. The answer has three parts: the parameters, v and s.",
    caught_by="test_adam_v",
)
def t_returned_too(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s, t + 1


@misconception(
    "Only the first parameter comes back. Does `return` stand inside the loop?",
    caught_by="test_adam_step",
)
def return_in_the_loop(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
        return parameters, new_v, new_s


@misconception(
    "Only the first layer comes back. Does `return` stand inside the loop over the layers?",
    caught_by="test_adam_step",
)
def return_after_the_first_layer(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for l in range(1, len(params) // 2 + 1):
        for key in (f"W{l}", f"b{l}"):
            value = params[key]
            g = grads[f"d{key}"]
            new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
            new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
            v_hat = new_v[f"d{key}"] / (1 - beta1**t)
            s_hat = new_s[f"d{key}"] / (1 - beta2**t)
            parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
        return parameters, new_v, new_s


@misconception(
    "None of the keys that are asked for is there. The parameters come first, under their own"
    " keys, and then v and s, under the keys of the gradients.",
    caught_by="test_adam_step",
)
def nothing_stored(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    return parameters, new_v, new_s


@misconception(
    "The parameters come back as they were; only v and s are new.",
    caught_by="test_adam_step",
)
def parameters_not_moved(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
    return dict(params), new_v, new_s


@misconception(
    "v has the wrong sign, and so has the step: it goes uphill. v is a mean of the gradients as "
    "they are.",
    caught_by="test_adam_v",
)
def v_negated(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = -(beta1 * v[f"d{key}"] + (1 - beta1) * g)
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The old v has no part in the new one, so nothing of the earlier gradients is left in it.",
    caught_by="test_adam_v",
)
def old_v_forgotten(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The old s has no part in the new one, so nothing of the earlier squares is left in it.",
    caught_by="test_adam_s",
)
def old_s_forgotten(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta1 and 1 - beta1 are swapped in v: with beta1 0.9, nine tenths of v should be what was "
    "there before.",
    caught_by="test_adam_v",
)
def beta_swapped_in_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = (1 - beta1) * v[f"d{key}"] + beta1 * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "beta2 and 1 - beta2 are swapped in s: with beta2 0.999, nearly all of s should be what was "
    "there before.",
    caught_by="test_adam_s",
)
def beta_swapped_in_s(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = (1 - beta2) * s[f"d{key}"] + beta2 * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The gradient comes into v without its factor 1 - beta1: a sum, and no mean.",
    caught_by="test_adam_v",
)
def no_factor_on_the_gradient(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The square comes into s without its factor 1 - beta2: a sum, and no mean.",
    caught_by="test_adam_s",
)
def no_factor_on_the_square(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The gradient is subtracted inside v. In a mean both parts are added; the minus belongs to the "
    "step alone.",
    caught_by="test_adam_v",
)
def minus_inside_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] - (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "v is made with beta2. It is made with beta1; beta2 belongs to the mean of the squares.",
    caught_by="test_adam_v",
)
def beta2_in_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta2 * v[f"d{key}"] + (1 - beta2) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The weights in s are beta2 and 1 - beta1: they belong to different means, and do not add up "
    "to 1.",
    caught_by="test_adam_s",
)
def one_beta_in_s_for_its_rest(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta1) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The weights in v are beta1 and 1 - beta2: they belong to different means, and do not add up "
    "to 1.",
    caught_by="test_adam_v",
)
def one_beta_in_v_for_its_rest(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta2) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The dictionaries come back in another order: the parameters are the first, before v and s.",
    caught_by="test_adam_v",
)
def states_first(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return new_v, new_s, parameters


@misconception(
    "The dictionaries come back in another order: first the parameters, then v, then s.",
    caught_by="test_adam_v",
)
def parameters_in_the_middle(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return new_v, parameters, new_s


@misconception(
    "v is not in the step, only the root of s: every number moves down, whatever its gradient "
    "says.",
    caught_by="test_adam_step",
)
def v_missing_in_the_step(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction of v multiplies beta1 by t. It is a power: beta1 to the t is the share that "
    "the zeros of the start still have.",
    caught_by="test_adam_step",
)
def t_as_a_factor_of_beta1(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1 * t)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction of s multiplies beta2 by t. It is a power: beta2 to the t is the share that "
    "the zeros of the start still have.",
    caught_by="test_adam_step",
)
def t_as_a_factor_of_beta2(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2 * t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction of v divides by 1 - beta1 whatever t is. The bias fades as t grows.",
    caught_by="test_adam_step",
)
def t_not_used_for_v(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1)
        s_hat = new_s[f"d{key}"] / (1 - beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction of s divides by 1 - beta2 whatever t is. The bias fades as t grows.",
    caught_by="test_adam_step",
)
def t_not_used_for_s(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 - beta1**t)
        s_hat = new_s[f"d{key}"] / (1 - beta2)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The means are divided by the power of beta alone. What is missing at first is made up for by "
    "1 minus the power.",
    caught_by="test_adam_step",
)
def divided_by_the_power(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / beta1**t
        s_hat = new_s[f"d{key}"] / beta2**t
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "There is a plus in the corrections: the means, which are too small at first, become smaller "
    "still.",
    caught_by="test_adam_step",
)
def plus_in_the_corrections(
    params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8
):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat = new_v[f"d{key}"] / (1 + beta1**t)
        s_hat = new_s[f"d{key}"] / (1 + beta2**t)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


@misconception(
    "The correction takes the square of beta whatever t is. It is beta to the t: the bias fades as "
    "t grows.",
    caught_by="test_adam_step",
)
def power_of_two(params, grads, v, s, t, learning_rate, beta1=0.9, beta2=0.999, eps=1e-8):
    parameters, new_v, new_s = {}, {}, {}
    for key, value in params.items():
        g = grads[f"d{key}"]
        new_v[f"d{key}"] = beta1 * v[f"d{key}"] + (1 - beta1) * g
        new_s[f"d{key}"] = beta2 * s[f"d{key}"] + (1 - beta2) * g**2
        v_hat, s_hat = new_v[f"d{key}"] / (1 - beta1**2), new_s[f"d{key}"] / (1 - beta2**2)
        parameters[key] = value - learning_rate * v_hat / (np.sqrt(s_hat) + eps)
    return parameters, new_v, new_s


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
