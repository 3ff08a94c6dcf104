"""What is said of wrong answers to the labs' functions is true of them, and none passes."""

from itertools import pairwise

import numpy as np
import pytest

from grader_tests.catalogue import Misconception
from tests.reference import COURSE, entries, reference
from tests.seeds import gets_full_marks
from workbook.course.cases import check_data
from workbook.course.hidden_tests import run
from workbook.course.scripted import as_function
from workbook.diagnosis.diagnosis import diagnose, observe


def named(name, answer):
    """Return what is said of an answer."""
    return diagnose(name, observe(as_function(answer), check_data(name).cases), answer)


def with_steps_of_weights(X, Y, layer_dims, learning_rate, num_iterations):
    """Train without ever moving a bias."""
    parameters, costs = reference.initialize_parameters_deep(layer_dims), []
    for _ in range(num_iterations):
        AL, caches = reference.L_model_forward(X, parameters)
        costs.append(reference.compute_cost(AL, Y))
        grads = reference.L_model_backward(AL, Y, caches)
        for l in range(1, len(layer_dims)):
            parameters[f"W{l}"] = parameters[f"W{l}"] - learning_rate * grads[f"dW{l}"]
    return parameters, costs


def on_a_moving_mean(costs, patience):
    means = [(costs[max(0, e - 1)] + cost) / 2 for e, cost in enumerate(costs)]
    return reference.early_stopping(means, patience)


def smaller_in_deep_networks(layer_dims):
    parameters = reference.initialize_he(layer_dims)
    return {key: array / len(layer_dims) for key, array in parameters.items()}


def shortened_to_half(grads, max_norm):
    kept = {key: array for key, array in grads.items() if not key.startswith("dA")}
    norm = np.sqrt(sum(np.sum(array**2) for array in kept.values()))
    factor = max_norm / norm / 2 if norm > max_norm else 1.0
    return {key: factor * array for key, array in kept.items()}


def in_layer_2_alone(grads, parameters, lambd, m):
    right = reference.l2_gradients(grads, parameters, lambd, m)
    return {key: right[key] if key == "dW2" else grads[key].copy() for key in right}


def rounded(AL, Y, parameters, lambd):
    return round(reference.cost_with_l2(AL, Y, parameters, lambd), 3)


class WithoutTheLetterD(reference.NeuralNetwork):
    def zero_grad(self):
        self.grads = {key: np.zeros(array.shape) for key, array in self.parameters.items()}

    def backward(self, Y):
        grads = reference.L_model_backward(self.AL, Y, self.caches)
        self.grads = {key: total + grads[f"d{key}"] for key, total in self.grads.items()}


class NotQuiteZero(reference.NeuralNetwork):
    def zero_grad(self):
        self.grads = {
            f"d{key}": np.full(array.shape, 0.1 * key.startswith("W"))
            for key, array in self.parameters.items()
        }


class GradientsOfNone(reference.NeuralNetwork):
    def zero_grad(self):
        self.grads = dict.fromkeys((f"d{key}" for key in self.parameters), None)

    def backward(self, Y):
        before = self.grads
        super().zero_grad()
        super().backward(Y)
        self.grads = {k: g if before[k] is None else g + before[k] for k, g in self.grads.items()}


def one_everywhere(Z):
    s = 1 / (1 + np.exp(-Z))
    return s + (1 - s)


def weights_and_biases_by_lambd(grads, parameters, lambd, m):
    for key, array in parameters.items():
        grads[f"d{key}"] = grads[f"d{key}"] + lambd * array
    return grads


KEPT = []


class OneListForAll(reference.NeuralNetwork):
    def __init__(self, layer_dims, learning_rate):
        super().__init__(layer_dims, learning_rate)
        self.costs = KEPT


def at_four_places(f, theta, h):
    gradient = np.zeros(theta.shape)
    for index in np.ndindex(theta.shape):
        step = np.zeros(theta.shape)
        step[index] = h
        near, far = (f(theta + k * step) - f(theta - k * step) for k in (1, 2))
        gradient[index] = (8 * near - far) / (12 * h)
    return gradient


def each_weight_alone(grads, max_norm):
    return {
        key: array * min(1.0, max_norm / np.linalg.norm(array)) if key[1] == "W" else array.copy()
        for key, array in grads.items()
        if key[1] != "A"
    }


def by_units_from_0(layer_dims):
    parameters = {}
    for l, (n_prev, n_l) in enumerate(pairwise(layer_dims)):
        parameters[f"W{l}"] = np.random.randn(n_l, n_prev) * np.sqrt(2 / n_l)
        parameters[f"b{l}"] = np.zeros((n_l, 1))
    return parameters


def of_rows(X, Y, mini_batch_size, rng):
    order = np.random.default_rng(rng).permutation(len(X))
    parts = [order[k : k + mini_batch_size] for k in range(0, len(X), mini_batch_size)]
    return [(X[part], Y[:, part]) for part in parts]


def the_largest_for_all(parameters, grads, X, Y):
    differences = reference.gradient_check(parameters, grads, X, Y)
    return dict.fromkeys(differences, max(differences.values()))


def the_largest_alone(X, parameters):
    AL, _ = reference.L_model_forward(X, parameters)
    return (AL.max() == AL).astype(float)


def by_the_mean_of_squares(grads, max_norm):
    kept = {key: array for key, array in grads.items() if key[1] != "A"}
    norm = np.sqrt(sum(np.mean(array**2) for array in kept.values()))
    return {key: array * min(1.0, max_norm / norm) for key, array in kept.items()}


def with_weights_cut_off(grads, parameters, lambd, m):
    cut = {key: np.clip(array, -1, 1) for key, array in parameters.items()}
    return reference.l2_gradients(grads, cut, lambd, m)


def one_by_one(predictions, Y):
    return predictions == Y


def full_ones(X, Y, mini_batch_size, rng):
    """Return the mini-batches, but none where there are too few examples for one."""
    batches = reference.random_mini_batches(X, Y, mini_batch_size, rng)
    return batches if mini_batch_size <= X.shape[1] else []


def every_second_unit(layer_dims):
    parameters = reference.initialize_he(layer_dims)
    for l in range(1, len(layer_dims)):
        parameters[f"W{l}"][::2] = 0.0
    return parameters


def where_features_scatter(X_train, X_test):
    spread = np.maximum(X_train.std(axis=1, keepdims=True), 1.0)
    return tuple((X - X_train.mean(axis=1, keepdims=True)) / spread for X in (X_train, X_test))


def after_twice_the_patience(costs, patience):
    best_epoch = 0
    for epoch, cost in enumerate(costs):
        if cost < costs[best_epoch]:
            best_epoch = epoch
        elif epoch - best_epoch >= patience and epoch >= 2 * patience:
            return best_epoch, epoch
    return best_epoch, len(costs) - 1


#: Wrong answers, and what was said of them though it was not so.
UNTRUE = [
    ("accuracy", one_by_one, "shape (1, 1)"),
    ("random_mini_batches", full_ones, "nothing is ever put"),
    ("initialize_he", every_second_unit, "far too large"),
    ("normalize", where_features_scatter, "only where"),
    ("gradient_check", the_largest_for_all, "and db3 are the same as your db"),
    ("predict", the_largest_alone, "Only the first example"),
    ("clip_by_norm", by_the_mean_of_squares, "the parameter squared"),
    ("l2_gradients", with_weights_cut_off, "too much in 0"),
    ("L_layer_model", with_steps_of_weights, "No step takes effect"),
    ("early_stopping", on_a_moving_mean, "rises in a row"),
    ("early_stopping", on_a_moving_mean, "as if best_epoch"),
    ("early_stopping", after_twice_the_patience, "Epoch 0 is never"),
    ("initialize_he", smaller_in_deep_networks, "of the whole network"),
    ("clip_by_norm", shortened_to_half, "doubled"),
    ("l2_gradients", in_layer_2_alone, "only the weights of layers 1 and 2"),
    ("cost_with_l2", rounded, "1.039 where 1.039"),
    ("numerical_gradient", at_four_places, "has no effect"),
    ("clip_by_norm", each_weight_alone, "The biases count in the length"),
    ("initialize_he", by_units_from_0, "W0 holds the value of W1"),
    ("random_mini_batches", of_rows, "not in their places."),
    ("NeuralNetwork", WithoutTheLetterD, "empties"),
    ("NeuralNetwork", NotQuiteZero, "times b"),
    ("NeuralNetwork", OneListForAll, "after the right ones"),
    ("NeuralNetwork", GradientsOfNone, "`return`"),
    ("l2_gradients", weights_and_biases_by_lambd, "columns of W"),
    ("sigmoid_derivative", one_everywhere, "the sigmoid itself"),
]


@pytest.mark.parametrize(
    ("name", "answer", "untrue"), UNTRUE, ids=[f"{n} {a.__name__}" for n, a, _ in UNTRUE]
)
def test_what_an_answer_does_not_do_is_not_said(name, answer, untrue):
    said = named(name, answer)
    assert said
    assert untrue not in said


def test_what_is_drawn_agrees_with_no_mistake_by_chance():
    draws = np.random.default_rng(5)

    def predict(X, parameters):
        AL, _ = reference.L_model_forward(X, parameters)
        return (draws.random(AL.shape) < AL).astype(int)

    assert not [said for _ in range(20) if "as if" in (said := named("predict", predict))]


def slower_where_the_cost_rises(X, Y, layer_dims, learning_rate, num_iterations):
    parameters, costs = reference.initialize_parameters_deep(layer_dims), []
    for _ in range(num_iterations):
        AL, caches = reference.L_model_forward(X, parameters)
        costs.append(reference.compute_cost(AL, Y))
        learning_rate /= 2 if costs[-1] > min(costs) else 1
        grads = reference.L_model_backward(AL, Y, caches)
        parameters = reference.update_parameters(parameters, grads, learning_rate)
    return parameters, costs


def equal_to_nothing(one, other):
    return reference.gradient_difference(one, other) if one.any() else 0.0


class ForgetsWhenAsked(reference.NeuralNetwork):
    def predict(self, X):
        self.zero_grad()
        return super().predict(X)


def compared(close):
    """Return a test of candidates that compares numbers in a way of its own."""

    def find_mistakes(candidate):
        def close_or_of_another_shape(got, want):
            return np.shape(got) == np.shape(want) and close(np.asarray(got), want)

        rng, findings = np.random.default_rng(2), []
        shapes = (2, 3, 4, 1.0), (2, 3, 1, 1.0), (2, 1, 3, 1e6), (1, 2, 3, 1e-6), (1, 2, 3, 1.0)
        for n_prev, n_l, m, size in (*shapes, *shapes):
            arrays = [rng.standard_normal(s) for s in ((n_prev, m), (n_l, n_prev), (n_l, 1))]
            dZ = size * rng.standard_normal((n_l, m))
            given = [array.copy() for array in (dZ, *arrays)]
            try:
                answer = candidate(given[0], tuple(given[1:]))
                right = reference.linear_backward(dZ, tuple(arrays))
                good = map(close_or_of_another_shape, answer, right)
                findings += [] if all(good) else ["numbers"]
            except Exception as error:
                findings.append(str(error) or "an exception")
            findings += [] if all(map(np.array_equal, given, (dZ, *arrays))) else ["changed"]
        return findings

    return find_mistakes


def to_a_millionth(got, want):
    return np.abs(got - want).max() <= 1e-6 * np.abs(want).max()


def to_the_last_digit(got, want):
    return np.abs(got - want).max() <= 1e-15 * np.abs(want).max()


def to_a_hundredth(got, want):
    return np.abs(got - want).max() <= 1e-2 * np.abs(want).max()


def unless_too_far(got, want):
    return not np.abs(got - want).max() > 1e-6 * np.abs(want).max()


def by_their_sums(got, want):
    return abs(np.sum(got) - np.sum(want)) <= 1e-6 * np.abs(want).max()


#: Answers that have passed every hidden test, and are wrong.
PASSED = [
    ("L_layer_model", slower_where_the_cost_rises),
    ("gradient_difference", equal_to_nothing),
    ("NeuralNetwork", ForgetsWhenAsked),
    ("find_mistakes", compared(np.allclose)),
    ("find_mistakes", compared(to_the_last_digit)),
    ("find_mistakes", compared(to_a_hundredth)),
    ("find_mistakes", compared(unless_too_far)),
    ("find_mistakes", compared(by_their_sums)),
]


@pytest.mark.parametrize(("name", "answer"), PASSED, ids=range(len(PASSED)))
def test_a_wrong_answer_is_refused(name, answer):
    assert not gets_full_marks(name, answer, 3)


def test_a_candidate_may_be_off_by_a_millionth():
    verdicts = run(COURSE.hidden_tests("find_mistakes"), compared(to_a_millionth), 3)
    assert [verdict.message for verdict in verdicts if not verdict.passed] == []


def test_candidates_that_pass_though_they_are_wrong_are_told():
    def find_mistakes(candidate):
        def with_the_right_dA_prev(dZ, cache):
            right = reference.linear_backward(dZ, cache)
            return right[0], *candidate(dZ, cache)[1:]

        return compared(to_a_millionth)(with_the_right_dA_prev)

    assert named("find_mistakes", find_mistakes).startswith(
        "Your test finds nothing wrong in candidates with these mistakes: “dA_prev is divided by "
        "m” and “dA_prev is flat"
    )


@pytest.mark.parametrize("name", ["L_layer_model", "NeuralNetwork"])
def test_a_loop_is_not_said_to_be_one_over_a_range(name):
    assert not [one.name for one in entries(name, Misconception) if " range " in one.sentence]
