"""Sentences on wrong answers to the labs that were once not true, and answers that once passed."""

import numpy as np
import pytest

from tests.reference import COURSE, reference
from tests.seeds import verdicts
from workbook import sigmoid
from workbook.build.mistakes import find_known_mistakes
from workbook.course.cases import check_data
from workbook.course.mistakes import declared_mistakes
from workbook.course.scripted import Scripted
from workbook.diagnosis.diagnosis import diagnose, observe
from workbook.learn.check.check import make_card


def named(name, answer):
    """Return what is said of an answer."""
    return diagnose(name, observe(answer, check_data(name).cases), answer) or ""


def slope(of):
    return lambda Z: of(sigmoid(Z)[0])


@pytest.mark.parametrize(
    ("answer", "said"),
    [
        (slope(lambda s: s * (1 - s**2)), "This is s times 1 minus the square of s: "),
        (slope(lambda s: s * (1 + s) * (1 - s)), "This is s times 1 minus the square of s: "),
        (slope(lambda s: s * (s - 1)), "This is s (s - 1), or minus s (1 - s): the sign is"),
        (slope(lambda s: s * s * (1 - s)), "This is the square of s, times 1 - s: "),
        (slope(lambda s: (1 - s) ** 2 * s), "This is s times the square of 1 - s: "),
    ],
)
def test_products_are_told_by_what_they_give(answer, said):
    assert named("sigmoid_derivative", answer).startswith(said)


@pytest.mark.parametrize(
    "factors",
    [
        lambda s: s**2 * (1 + s),
        lambda s: s**2 * (s - 1),
        lambda s: s * (1 + s) ** 2,
        lambda s: s * (1 - s**2) * (1 + s),
        lambda s: -(s**2) * (1 + s),
    ],
)
def test_other_products_are_no_two_mistakes(factors):
    # "1 - s is squared" and "a plus stands for the minus" give (1 + s) (1 - s) only in one of many
    # ways to write it.
    assert "\n" not in named("sigmoid_derivative", slope(factors))


def test_what_is_so_everywhere_is_not_said_beside_another_mistake():
    name = "sigmoid_derivative"
    declared = [(one.sentence, one.function) for one in declared_mistakes(COURSE, name)]
    source = COURSE.solution(name).read_text(encoding="utf-8")
    known = find_known_mistakes(declared, source, name, check_data(name).cases)
    pairs = [one.sentences for one in known if len(one.sentences) > 1]
    assert pairs
    assert not [text for both in pairs for text in both if "everywhere" in text]


def test_a_list_that_comes_back_again_is_no_changed_input():
    kept = []

    def find_mistakes(candidate):
        kept.append("as before")
        return kept

    failed = {entry.verdict.title: entry for entry in make_card(find_mistakes).failed}
    assert "your inputs are left unchanged" not in failed
    entry = failed["what comes back is new in every call"]
    assert entry.part == "a new answer"
    assert "the very object that an earlier call returned" in entry.verdict.message


def test_steps_of_differences_are_told():
    def gradient_check(parameters, grads, X, Y):
        found = {}
        for key, array in parameters.items():
            measured = np.zeros(array.shape)
            for at in np.ndindex(array.shape):
                costs = []
                for step in (1e-3, 0):
                    moved = array.copy()
                    moved[at] += step
                    AL, _ = reference.L_model_forward(X, {**parameters, key: moved})
                    costs.append(reference.compute_cost(AL, Y))
                measured[at] = (costs[0] - costs[1]) / 1e-3
            found[f"d{key}"] = reference.gradient_difference(grads[f"d{key}"], measured)
        return found

    said = named("gradient_check", gradient_check)
    assert said.startswith("The differences are one-sided, and the step is 1e-3, ")


def test_a_few_numbers_that_are_nearly_right_are_not_told_of_a_small_number():
    def update_with_adam(params, grads, v, s, *rest, **named):
        new, means, squares = reference.update_with_adam(params, grads, v, s, *rest, **named)
        return new, means, {key: np.maximum(one, s[key]) for key, one in squares.items()}

    said = named("update_with_adam", update_with_adam)
    assert "nearly right, a little too large in 1 of 2 entries" in said
    assert "look for what tells these apart, such as their size, a limit or a condition" in said
    assert "small number" not in said


def test_an_order_that_ignores_its_seed_is_told():
    def random_mini_batches(X, Y, mini_batch_size, rng):
        return reference.random_mini_batches(X, Y, mini_batch_size, np.random.default_rng())

    said = named("random_mini_batches", random_mini_batches)
    assert said.startswith("A later call with the same inputs gives another result")


def six_decimals(name):
    return lambda *given: round(float(getattr(reference, name)(*given)), 6)


def with_costs_of_six_decimals(*given):
    parameters, costs = reference.L_layer_model(*given)
    return parameters, [round(float(cost), 6) for cost in costs]


def softened(grads, parameters, lambd, m):
    right = {key: grads[key].copy() for key in grads if not key.startswith("dA")}
    for key, W in parameters.items():
        if key.startswith("W"):
            right[f"d{key}"] += lambd / m * W / (np.abs(W) + 1e-8)
    return right


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize(
    ("name", "answer", "test"),
    [
        ("cost_with_l1", six_decimals("cost_with_l1"), "test_l1_cost_without_penalty"),
        ("cost_with_l2", six_decimals("cost_with_l2"), "test_l2_cost_without_penalty"),
        ("l1_gradients", softened, "test_l1_weights"),
        ("L_layer_model", with_costs_of_six_decimals, "test_model_costs"),
    ],
)
def test_one_test_refuses_it_with_every_draw(name, answer, test, seed):
    assert [one.name for one in verdicts(name, answer, seed) if not one.passed] == [test]


def test_what_both_get_is_not_said_of_one_alone():
    def l1_gradients(grads, parameters, lambd, m):
        pulled = {f"d{key}": lambd * np.sign(one) for key, one in parameters.items()}
        return {key: grads[key] + one for key, one in pulled.items()}

    assert named("l1_gradients", l1_gradients) == (
        "The slope of the penalty is not divided by m, as the penalty in the cost is.\n"
        "Every db is db plus lambd times the sign of b."
    )


@pytest.mark.parametrize(
    ("name", "answer", "said"),
    [
        (
            # Only what is missing can be said to be missing.
            "l1_gradients",
            lambda grads, parameters, lambd, m: {
                f"d{key}": grads[f"d{key}"] + lambd / m * one if "W" in key else 0 * one
                for key, one in parameters.items()
            },
            "missing",
        ),
        (
            # The step adds nothing.
            "update_with_momentum",
            lambda params, grads, v, learning_rate, beta=0.9: (
                {key: one.copy() for key, one in params.items()},
                {key: beta * one - (1 - beta) * grads[key] for key, one in v.items()},
            ),
            "the step adds",
        ),
        ("relu_derivative", lambda Z: (Z > 0) - 1.0, "-1 where Z is positive"),
        ("tanh_derivative", lambda Z: Z**2 - 1, "slope is negative"),
        (
            "cost_with_l2",
            lambda AL, Y, parameters, lambd: (
                reference.compute_cost(AL, Y)
                + lambd / 2 * sum(np.sum(one**2) for key, one in parameters.items() if "b" in key)
            ),
            "m times as large",
        ),
    ],
)
def test_what_does_not_hold_beside_another_mistake_is_not_said(name, answer, said):
    found = named(name, answer)
    assert found
    assert said not in found


def test_a_sum_is_a_factor_in_parentheses():
    assert named("relu_derivative", lambda Z: Z - 1.0) == "slope is minus (1 - Z)."


@pytest.mark.parametrize("seed", range(12))
@pytest.mark.parametrize("axis", [0, 1])
@pytest.mark.parametrize("name", ["dropout_forward", "dropout_backward"])
def test_who_silences_whole_units_or_examples_gets_the_same_mark_in_every_draw(name, axis, seed):
    def whole_ones(array, keep_prob, mask):
        return array * mask.all(axis=axis, keepdims=True) / keep_prob

    passed = [one.name for one in verdicts(name, whole_ones, seed) if one.passed]
    assert passed == [f"test_{name.removeprefix('dropout_')}_inputs_unchanged"]


def test_a_number_in_the_place_of_equal_ones_is_not_told_to_be_cut_off():
    def leaky(Z):
        return np.where(Z > 0, 1.0, 0.01)

    failed = [one.message for one in verdicts("relu_derivative", leaky, 0) if not one.passed]
    assert failed
    assert not [message for message in failed if "cut off" in message]


def test_a_bound_of_0_has_no_sign():
    def without_negative_ones(dA, keep_prob, mask):
        return np.where(dA * mask > 0, dA / keep_prob, -0.0)

    messages = [one.message for one in verdicts("dropout_backward", without_negative_ones, 0)]
    assert "dA is cut off: where a value should be below 0, it is 0" in messages


def test_one_scale_of_all_layers_is_not_said_to_be_that_of_the_rule_in_the_first():
    def initialize_xavier(layer_dims):
        scale = np.sqrt(2 / sum(layer_dims))
        return {
            key: one / 0.01 * scale
            for key, one in reference.initialize_parameters_deep(layer_dims).items()
        }

    said = named("initialize_xavier", initialize_xavier)
    assert said.startswith("The weights of all layers have one scale, that of W1.")


def test_networks_may_share_gradients_by_a_default_argument():
    class NeuralNetwork(reference.NeuralNetwork):
        def __init__(self, layer_dims, learning_rate, grads={}):  # noqa: B006 - the mistake
            self.shared = grads
            super().__init__(layer_dims, learning_rate)
            self.zero_grad()

        def zero_grad(self):
            super().zero_grad()
            self.share()

        def backward(self, Y):
            super().backward(Y)
            self.share()

        def share(self):
            self.shared.update(self.grads)
            self.grads = self.shared

    said = named("NeuralNetwork", Scripted(NeuralNetwork))
    assert said.startswith("Two networks share one dictionary of gradients, as where it belongs to")


def test_of_single_numbers_that_are_off_in_both_directions_it_is_said_that_they_are_wrong():
    def gradient_check(parameters, grads, X, Y):
        right = reference.gradient_check(parameters, grads, X, Y)
        return {key: one * (1 + 0.1 * np.sin(50 * one)) for key, one in right.items()}

    assert "is wrong: too large " in named("gradient_check", gradient_check)


@pytest.mark.parametrize(
    ("name", "answer", "untrue"),
    [
        (
            # The larger of two sizes is the number of units where layers grow.
            "initialize_xavier",
            lambda layer_dims: {
                key: one / 0.01 / max(one.shape) ** 0.5
                for key, one in reference.initialize_parameters_deep(layer_dims).items()
            },
            "Each layer looks",
        ),
        (
            "initialize_xavier",
            lambda layer_dims: {
                key: one / 0.01 / max(one.shape) ** 0.5
                for key, one in reference.initialize_parameters_deep(layer_dims).items()
            },
            "the number of units",
        ),
        (
            "dropout_forward",
            lambda A, keep_prob, mask: A * (mask.mean(axis=1, keepdims=True) >= 0.5) / keep_prob,
            "column of mask",
        ),
        (
            "early_stopping",
            lambda costs, patience: (
                int(np.argmin(costs[: patience + 1])),
                min(patience, len(costs) - 1),
            ),
            "left out",
        ),
    ],
)
def test_what_holds_by_chance_is_not_said(name, answer, untrue):
    said = named(name, answer)
    assert said
    assert untrue not in said


def test_equal_costs_that_are_not_counted_are_not_said_to_set_the_waiting_back():
    def early_stopping(costs, patience):
        best_epoch, waited = 0, 0
        for epoch in range(1, len(costs)):
            if costs[epoch] < costs[best_epoch]:
                best_epoch, waited = epoch, 0
            elif costs[epoch] > costs[best_epoch]:
                waited += 1
            if waited == patience:
                return best_epoch, epoch
        return best_epoch, len(costs) - 1

    said = named("early_stopping", early_stopping)
    assert said.startswith("An epoch with a cost equal to the lowest is not counted")
