"""No verdict of a hidden test depends on the draw; `python -m tests.seeds` tries more seeds."""

import numpy as np
import pytest

from grader_tests import draws
from grader_tests.catalogue import Accepted
from tests.near_misses import HARMFUL, HARMLESS, LIMITS, NOT_EVEN, SMALL
from tests.near_misses_by_function import near_misses
from tests.reference import COURSE, WHOLE, by_commit, each_function, entries, in_turn, sample
from tests.seeds import answers, changed, gets_full_marks, verdicts
from workbook.course.exercises import FUNCTIONS
from workbook.learn.check.check import make_card

#: The functions that take a logarithm.
WITH_LOGARITHM = (
    "compute_cost", "L_layer_model", "cost_with_l1", "cost_with_l2", "gradient_check",
    "NeuralNetwork",
)  # fmt: skip


def changes(name, some, seeds):
    found = {which: changed(name, answer, seeds) for which, answer in some}
    return {which: tests for which, tests in found.items() if tests}


@pytest.mark.in_turns(4)
@pytest.mark.slow
@pytest.mark.parametrize("name", by_commit(FUNCTIONS, 3))
def test_no_draw_changes_a_verdict(name):
    assert not changes(name, sample(answers(name), 15), range(8 if WHOLE else 3))


@pytest.mark.in_turns(4)
@pytest.mark.slow
@each_function
def test_no_draw_refuses_a_right_answer(name):
    right = [COURSE.reference(name), *(entry.function for entry in entries(name, Accepted))]
    refused = [
        (function.__name__, seed, verdict.title, verdict.message)
        for function, seed in in_turn(right, range(15))
        for verdict in verdicts(name, function, seed)
        if not verdict.passed
    ]
    assert not refused


def near_miss(name, title):
    (answer,) = [answer for which, answer in near_misses(name) if which == title]
    return answer


def passes(name, title):
    return gets_full_marks(name, near_miss(name, title), 1)


def passes_checks(name, title):
    return not make_card(near_miss(name, title), name).failed


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize(
    ("name", "beside"),
    [*((name, "log(AL + {})") for name in WITH_LOGARITHM),
     ("L_model_backward", "{} in the denominators")],
)  # fmt: skip
def test_an_epsilon_beside_AL_costs_nothing_up_to_1e7_and_points_from_1e4_on(name, beside):
    for wording in (beside, "AL clipped by {}"):
        assert all(passes(name, wording.format(eps)) for eps in HARMLESS)
        assert not any(passes(name, wording.format(eps)) for eps in HARMFUL)


@pytest.mark.in_turns(2)
@pytest.mark.parametrize("name", [name for name in WITH_LOGARITHM if name != "gradient_check"])
@pytest.mark.parametrize("label", [0, 1])
def test_a_logarithm_that_is_cut_off_for_one_label_costs_points(name, label):
    assert not any(passes(name, f"AL clipped by {eps}, label {label}") for eps in HARMFUL)


@pytest.mark.in_turns(3)
@pytest.mark.slow
@pytest.mark.parametrize("name", WITH_LOGARITHM)
def test_visible_checks_forgive_and_refuse_the_same_epsilons(name):
    for wording in ("log(AL + {})", "AL clipped by {}"):
        assert all(passes_checks(name, wording.format(eps)) for eps in HARMLESS)
    assert not any(passes_checks(name, f"log(AL + {eps})") for eps in HARMFUL)


@pytest.mark.parametrize("name", ["compute_cost", "cost_with_l1", "cost_with_l2"])
def test_visible_checks_of_a_cost_refuse_answers_that_are_cut_off(name):
    for eps in HARMFUL:
        for which in ("", ", label 0", ", label 1"):
            assert not passes_checks(name, f"AL clipped by {eps}{which}")


@pytest.mark.parametrize("name", [name for name in FUNCTIONS if name.startswith("initialize_")])
@pytest.mark.parametrize("title", NOT_EVEN)
def test_weights_that_are_not_all_drawn_cost_points(name, title):
    assert not passes(name, title)


@pytest.mark.parametrize(
    "name",
    ["linear_forward", "linear_activation_forward", "L_model_forward", "compute_cost",
     "linear_backward", "linear_activation_backward", "L_model_backward"],
)  # fmt: skip
def test_what_holds_for_some_examples_only_costs_points(name):
    for limit in LIMITS:
        assert not passes(name, f"examples up to {limit}")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        *(("linear_forward", f"inputs below {least} are 0") for least in SMALL),
        *(("linear_activation_forward", f"ReLU from {least}") for least in SMALL),
        *(("L_model_forward", f"ReLU from {least}") for least in SMALL),
        *(("linear_activation_backward", f"ReLU's slope from {least}") for least in SMALL),
        *(("L_model_backward", f"ReLU's slope from {least}") for least in SMALL),
        ("linear_activation_forward", "ReLU by the sign of A_prev in a square"),
        ("linear_backward", "gradients below 0.0001 are 0"),
        ("update_parameters", "gradients below 0.0001 are 0"),
        ("update_parameters", "gradients below 0.001 are 0"),
        ("update_parameters", "steps below 1e-6 are 0"),
        ("update_parameters", "ten columns"),
    ],
)
def test_what_holds_for_usual_sizes_only_costs_points(name, title):
    assert not passes(name, title)


@pytest.mark.parametrize("name", ["initialize_parameters", "initialize_parameters_deep"])
def test_weights_that_come_again_at_other_places_cost_points(name):
    assert not passes(name, "a matrix is the last one transposed")


@pytest.mark.slow
@pytest.mark.parametrize("name", ["L_model_backward"])
def test_an_epsilon_beside_AL_costs_the_same(name):
    for wording in ("{} in the denominators", "AL clipped by {}"):
        assert all(passes(name, wording.format(eps)) for eps in HARMLESS)
        assert not any(passes(name, wording.format(eps)) for eps in HARMFUL)


def test_two_draws_differ_in_every_number_but_in_no_sign():
    dims = (5, 4, 3, 1)
    one, other = (draws.network(np.random.default_rng(seed), dims, 6) for seed in (1, 2))
    for key in one[2]:
        assert not np.isclose(one[2][key], other[2][key], rtol=1e-5, atol=0).all()
    assert not np.isclose(one[0], other[0], rtol=1e-5, atol=0).any()
    for (_, Z), (_, again) in zip(one[4][:-1], other[4][:-1], strict=True):
        assert (np.sign(Z) == np.sign(again)).all()
        assert Z.max() > 10
        assert Z.min() < 0
    assert 1e-6 < np.abs(one[3] / other[3] - 1).max() < 0.1
