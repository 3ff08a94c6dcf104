"""What is said of weights that are not drawn as they should be, and what is not."""

from functools import cache

import numpy as np
import pytest

from tests.reference import COURSE
from workbook.course.cases import check_data
from workbook.course.exercises import find_function
from workbook.diagnosis.diagnosis import diagnose
from workbook.diagnosis.observation import observe
from workbook.diagnosis.random_faults import random_faults

reference = COURSE.reference


def said(name, function):
    """Return what is said of an initialiser's random numbers."""
    cases = check_data(name).cases
    return list(random_faults(find_function(name).returns, cases, observe(function, cases)))


def changed(change, name="initialize_parameters"):
    """Return an answer whose right arrays are changed, by their keys."""

    def answer(*sizes):
        right = reference(name)(*sizes)
        return {key: change(key, array) for key, array in right.items()}

    return answer


def weights(change):
    return changed(lambda key, W: change(W) if key[0] == "W" else W)


def first_layer(change):
    return changed(lambda key, W: change(W) if key == "W1" else W)


def drawn(draw):
    return weights(lambda W: 0.01 * draw(W.shape))


def truncated(shape):
    numbers = np.random.randn(2 * int(np.prod(shape)) + 50)
    return numbers[np.abs(numbers) < 2][: int(np.prod(shape))].reshape(shape)


FAULTS = [
    (weights(lambda W: np.full_like(W, 0.01)), "Every W has the same number everywhere"),
    (weights(np.zeros_like), "Every W has the same number everywhere"),
    (
        weights(lambda W: np.tile(W[:1], (len(W), 1))),
        "Every W has the same numbers in every",
    ),
    (first_layer(np.abs), "W1 is positive everywhere"),
    (drawn(lambda shape: np.random.randn(*shape) + 0.5), "Every W is not centered on 0"),
    (
        drawn(lambda shape: np.random.uniform(-1.7, 1.7, shape)),
        "Every W has no large numbers, as if they",
    ),
    (drawn(truncated), "Every W has numbers that are not normal: they are cut off on both sides."),
    (weights(lambda W: 100 * W), "Every W is about 100 times too large."),
    (weights(lambda W: W / 10), "Every W is about 10 times too small."),
    (weights(lambda W: 100 * W / np.sqrt(W.shape[1])), "The size of every W depends on the layer"),
    (
        first_layer(lambda W: np.random.default_rng(1).normal(0, 0.01, W.shape)),
        "W1 is the same in every call: look for a random seed that is set inside, or for numbers "
        "that are kept from an earlier call.",
    ),
]


@pytest.mark.parametrize(("function", "start"), FAULTS, ids=range(len(FAULTS)))
def test_a_fault_of_random_numbers_is_told_in_every_draw(function, start):
    for _ in range(3):
        assert said("initialize_parameters", function)[0].startswith(start)


def test_a_rule_that_fits_two_layers_by_chance_is_not_told():
    name = "initialize_parameters_deep"
    growing = changed(lambda key, array: int(key[1:]) * array, name)
    assert said(name, growing) == ["The standard deviation of W2 and W3 is too large."]


def test_right_numbers_have_no_fault():
    for name in ("initialize_parameters", "initialize_parameters_deep", "initialize_he"):
        assert said(name, reference(name)) == []


def test_what_was_drawn_once_and_is_handed_out_again_is_no_seed():
    remembered = cache(lambda *sizes: reference("initialize_parameters")(*sizes))
    (sentence,) = said("initialize_parameters", lambda *sizes: dict(remembered(*sizes)))
    assert sentence.startswith("Every W is handed out again from an earlier call")


def seeded_again(layer_dims):
    found = reference("initialize_parameters_deep")(layer_dims)
    for layer in range(1, len(layer_dims)):
        numbers = np.random.default_rng(3).normal(0, 0.01, found[f"W{layer}"].shape)
        found[f"W{layer}"] = numbers + 0 * found[f"W{layer}"]
    return found


def slices_of_one(layer_dims):
    pool = np.random.randn(20_000) * 0.01
    found = reference("initialize_parameters_deep")(layer_dims)
    for key, array in found.items():
        if key[0] == "W":
            found[key] = pool[: array.size].reshape(array.shape)
    return found


def test_layers_that_begin_alike_are_named_with_what_holds_of_them():
    assert any(
        one.startswith("W2 and W3 are drawn from the same numbers as an earlier layer: look for")
        for one in said("initialize_parameters_deep", seeded_again)
    )
    assert said("initialize_parameters_deep", slices_of_one) == [
        "W2 and W3 have the numbers of an earlier layer: they share one array."
    ]


@pytest.mark.parametrize(
    ("name", "scale", "start"),
    [
        ("initialize_he", lambda n, p: 2 / p, "Every W has the standard deviation 2 / inputs, "),
        (
            "initialize_he",
            lambda n, p: (2 / n) ** 0.5,
            "Every W has the standard deviation sqrt(2 /",
        ),
        ("initialize_he", lambda n, p: (1 / p) ** 0.5, "Every W is about 1.4 times too small."),
        ("initialize_he", lambda n, p: 0.2, "Every W has one standard deviation for all"),
        (
            "initialize_xavier",
            lambda n, p: (2 / n + p) ** 0.5,
            "Every W has the standard deviation sqrt(2 / units + inputs), which is not",
        ),
        (
            "initialize_he",
            lambda n, p: (p / 2) ** 0.5,
            "Every W has the standard deviation sqrt(inputs / 2), which is not",
        ),
    ],
)
def test_another_rule_for_the_size_is_named(name, scale, start):
    def answer(layer_dims):
        return {
            key: array if key[0] == "b" else np.random.randn(*array.shape) * scale(*array.shape)
            for key, array in reference(name)(layer_dims).items()
        }

    assert said(name, answer)[0].startswith(start)


def test_rounded_weights_are_told_to_be_few_different_numbers():
    found = said("initialize_parameters", weights(lambda W: np.round(W, 2)))
    assert found == [
        "Every W has a few different numbers only: of normal numbers, hardly two are equal."
    ]


def test_a_single_row_of_one_number_is_no_matter_of_equal_units():
    def rows_alike(W):
        return np.repeat(W[:, :1], W.shape[1], axis=1)

    found = said("initialize_parameters", weights(rows_alike))
    assert found[0].startswith("Every W has the same number in all of a row")
    assert not any("units that start alike" in sentence for sentence in found)


def test_of_numbers_with_long_tails_no_cause_is_told():
    def drawn(W):
        return 0.01 / np.sqrt(2) * np.random.laplace(size=W.shape)

    answer = weights(drawn)
    found = said("initialize_parameters", answer)
    assert "numbers that are not normal: too many are small, and a few far too large" in found[0]
    seen = observe(answer, check_data("initialize_parameters").cases)
    assert "there twice" not in (diagnose("initialize_parameters", seen) or "")
