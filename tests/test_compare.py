"""Comparing an answer with the right one."""

import collections
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import array_shapes, arrays

from workbook.course.compare import NormalArray, alike, assert_same, differences, split
from workbook.course.kinds import OfKind
from workbook.course.numbers_in_words import not_normal

NUMBERS = st.floats(-1e6, 1e6)
ARRAYS = arrays(float, array_shapes(max_dims=3, max_side=4), elements=NUMBERS)


def messages(got, want, where="dW"):
    return [difference.message for difference in differences(where, got, want)]


@given(ARRAYS)
def test_an_array_equals_itself(array):
    assert messages(array.copy(), array) == []
    assert messages(array.astype(np.float64) * (1 + 1e-9), array) == []


@given(ARRAYS.filter(lambda a: np.abs(a).max() > 1e-3), st.floats(1e-3, 10))
def test_an_error_is_found_measured_and_placed(array, size):
    wrong = array.copy()
    at = tuple(0 for _ in array.shape)
    wrong[at] += size * np.abs(array).max()
    (difference,) = differences("dW", wrong, array)
    assert difference.at == at
    assert difference.relative == pytest.approx(size, rel=1e-3)
    assert difference.absolute == pytest.approx(size * np.abs(array).max(), rel=1e-3)


def test_a_large_error_is_written_without_an_exponent():
    (said,) = messages(np.array([124.0, 1.0]), np.ones(2))
    assert said.endswith("largest error 120 at index [0], 120 times the largest right value")


@given(ARRAYS, array_shapes(max_dims=3, max_side=4))
def test_another_shape_is_a_difference(array, shape):
    found = list(differences("dW", np.zeros(shape), array))
    if shape != array.shape:
        (difference,) = found
        assert (difference.got_shape, difference.want_shape) == (shape, array.shape)


def test_shapes_that_would_broadcast_differ():
    assert messages(np.zeros(3), np.zeros((3, 1))) == [
        "dW has shape (3,); it should have shape (3, 1)"
    ]
    assert messages(np.zeros((1, 1)), np.zeros(()))


@pytest.mark.parametrize(
    "got",
    [2, 2.0, np.float32(2), np.array(2.0), np.int64(2), np.longdouble(2), Fraction(2), Decimal(2)],
)
def test_any_number_may_stand_for_a_float(got):
    assert messages(got, 2.0) == []


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (None, "None"),
        (True, "bool"),
        ("2", "str"),
        ([1.0, 2.0], "list"),
        (np.array([True, False]), "bool"),
        (np.array([1, 2j]), "complex"),
        (np.array([1, None]), "object"),
        (np.ones((1, 2)).view(np.matrix), "a matrix; it should be a NumPy array of numbers: in a"),
        (np.ma.array([1.0, 2.0], mask=[0, 1]), "a masked array hides some of its entries"),
        (np.ones(2).view(type("Tensor", (np.ndarray,), {})), "a Tensor; it should be a NumPy"),
        (OfKind("a matrix"), "in a matrix, `*` is another product"),
        (OfKind("a zip"), "dW is a zip; it should be a NumPy array of numbers"),
        (collections.deque([1.0, 2.0]), "a deque"),
        (np.array([1.0, np.nan]), "1 entry that is"),
        (np.array([np.inf, 1.0]), "1 entry that is"),
    ],
)
def test_what_is_no_array_of_numbers_is_named(got, said):
    (message,) = messages(got, np.array([1.0, 2.0]))
    assert said in message


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (np.float16(1 / 3), "float16, which keeps about 3 digits"),
        (10**100, "an integer of more than 64 bits"),
        (2j, "a complex"),
        (np.complex64(2j), "a complex64"),
        ({1, 2}, "a set"),
        (True, "a bool"),
        (Decimal("nan"), "not a number (nan)"),
    ],
    ids=repr,
)
def test_what_is_no_number_is_named(got, said):
    (message,) = messages(got, 1 / 3, "cost")
    assert said in message


THIRDS = np.arange(1, 9) / 3


@pytest.mark.parametrize(
    ("got", "said"),
    [
        (THIRDS.astype("f4"), ""),
        (THIRDS.astype("f4").astype(float), ""),
        (THIRDS.astype("f2"), "dW is float16, which keeps about 3 digits"),
        (THIRDS.astype("f2").astype(float), "dW holds numbers of float16"),
        (THIRDS.astype("f4") * np.float32(1.001), "dW is float32, which keeps about 7 digits"),
        (THIRDS * 1.001, "dW is not right"),
        (THIRDS.astype("f4") * 2, "dW is not right"),
        (np.ones(8), "dW is not right"),
        (np.round(THIRDS, 2), "dW holds numbers of at most 2 decimals"),
        (np.round(THIRDS * 1e3, 5) / 1e3, ""),
        (np.round(THIRDS, 5), "dW holds numbers of at most 5 decimals"),
        (np.round(THIRDS, 6), ""),
        (np.round(THIRDS, 1), "dW is not right"),
        (np.minimum(THIRDS, 2.5), "dW is cut off: where a value should be above 2.5, it is 2.5"),
        (np.minimum(THIRDS, 6.1 / 3), "dW is cut off: where a value should be above 2.033"),
        (np.clip(THIRDS, 0.5, 2.5), "no value is above 2.5 or below 0.5"),
        (np.minimum(THIRDS, 7.1 / 3), "dW is not right"),
        (np.sign(THIRDS), "dW is not right"),
        (np.minimum(THIRDS, 2.5) + 0.1, "dW is not right"),
        (np.where(THIRDS < 1, 0, THIRDS), "dW is 0 where it should be small"),
        (np.where(THIRDS == 1, 0, THIRDS), "dW is not right"),
        (0 * THIRDS, "dW is not right"),
    ],
    ids=range(22),
)
def test_numbers_of_little_precision_and_those_that_are_cut_off_are_named(got, said):
    found = messages(got, THIRDS)
    assert [said in one for one in found] == ([True] if said else [])
    if said.endswith("digits"):
        assert "compute in float64" in found[0]


def test_small_numbers_that_are_0_are_not_told_from_those_of_a_sign():
    want = np.array([-0.1, 0.2, 3.0, -4.0, 5.0, 6.0, 7.0, 8.0])
    (message,) = messages(np.where(np.abs(want) < 1, 0, want), want)
    assert message.startswith("dW is 0 where it should be small")
    # ReLU of it.
    want = np.array([-0.1, 0.2, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0])
    (message,) = messages(np.maximum(want, 0), want)
    assert message.startswith("dW is not right")


def test_a_0_among_few_numbers_is_the_smallest_one_by_chance():
    (message,) = messages(np.array([1.0, 2.0, 0.0, 3.0]), np.array([1.0, 2.0, 0.5, 3.0]))
    assert message.startswith("dW is not right")


def test_numbers_that_are_all_cut_off_are_named():
    want = np.array([3.0, -4.0, 9.0, -2.5])
    (message,) = messages(np.clip(want, -2, 2), want)
    assert message.startswith("dW is cut off at both ends: no value is above 2 or below -2")


def test_numbers_that_are_all_the_same_are_not_told_to_be_cut_off():
    want = np.array([-1.338, 2.0, 3.0, 4.0])
    (message,) = messages(-1.338 + np.array([0.0, 1e-9, 0.0, 0.0]), want)
    assert message.startswith("dW is not right")


@pytest.mark.parametrize("want", [np.array([0.0]), np.zeros((2, 2))])
def test_what_should_be_zero_is_told_so(want):
    (message,) = messages(want + 0.5, want)
    assert "it should be zero; largest error 0.5" in message


def test_one_of_two_numbers_is_not_told_to_be_cut_off():
    want = np.array([[-0.038], [0.5]])
    (message,) = messages(want * [[0.2], [1]], want)
    assert message.startswith("dW is not right")


def test_one_of_four_numbers_is_not_told_to_be_cut_off():
    want = np.array([[0.061], [-0.335], [0.0055], [0.0875]])
    (message,) = messages(np.maximum(want, -0.26), want)
    assert message.startswith("dW is not right")


def test_what_rounding_leaves_of_0_is_not_told_to_be_cut_off():
    want = np.array([0.5, -0.7, 0.9, -1.1])
    (message,) = messages(np.array([1e-16, -5e-17, 1e-16, -5e-17]), want)
    assert message.startswith("dW is not right")


def test_what_is_not_around_0_has_a_root_mean_square():
    rng = np.random.default_rng(0)
    for draw, spread in (
        (rng.normal, "the standard deviation"),
        (rng.random, "the root mean square"),
    ):
        said = [*not_normal("W1", draw(size=(30, 40)), 0.01)]
        assert any(one.startswith(f"{spread} of W1 is about") for one in said)


@pytest.mark.parametrize("seed", range(12))
def test_equal_rows_and_columns_are_told_whatever_is_drawn(seed):
    rng = np.random.default_rng(seed)
    row, weights = 0.01 * rng.standard_normal(150), 0.01 * rng.standard_normal((60, 150))
    said = "W1 has equal {}; every weight should be drawn by itself"
    assert said.format("rows") in not_normal("W1", np.tile(row, (60, 1)), 0.01)
    assert said.format("columns") in not_normal("W1", np.tile(row, (60, 1)).T, 0.01)
    one_twice = np.vstack([weights[:-1], weights[:1]])
    assert [*not_normal("W1", one_twice, 0.01)] == [said.format("rows")]
    assert not [*not_normal("W1", weights, 0.01)]
    # Rounded numbers of a single input may well be equal.
    assert not [*not_normal("W1", weights.ravel()[:, np.newaxis].round(4), 0.01)]


def test_a_number_that_is_there_several_times_is_one_number():
    want = np.repeat([[2.0], [3.0], [0.5]], 5, axis=1)
    (message,) = messages(np.where(want < 1, 0, want), want)
    assert message.startswith("dW is not right")


def test_messages_hold_no_right_entry():
    (message,) = messages(np.zeros((2, 2)), np.array([[0.123456, 7.654321], [0.2, 0.3]]))
    assert "0.123" not in message
    assert "7.654" not in message


def test_zeros_are_compared_absolutely():
    assert messages(np.full(2, 1e-15), np.zeros(2)) == []
    (message,) = messages(np.array([0.0, 0.5]), np.zeros(2))
    assert "it should be zero" in message


def test_an_empty_array_has_only_its_shape():
    assert messages(np.zeros((0, 2)), np.zeros((0, 2))) == []
    assert messages(np.zeros((2, 0)), np.zeros((0, 2)))


def test_dictionaries_may_hold_more_but_not_less():
    want = {"W1": np.ones(2), "b1": np.zeros(1)}
    assert messages({**want, "extra": 1}, want) == []
    (message,) = messages({"W1": np.ones(2)}, want, "grads")
    assert message == "grads has no key 'b1' (its keys are: W1)"
    (first, second) = messages({"b1": np.zeros(1)}, {"W1": np.ones(2), "W2": np.ones(2)}, "grads")
    assert first == "grads has no key 'W1' (its keys are: b1)"
    assert second == "grads has no key 'W2'"
    assert messages({}, {"W1": 1.0}) == ["dW has no key 'W1' (its keys are: none)"]
    assert messages([1], want, "grads") == ["grads is a list; it should be a dictionary"]


def test_lists_stand_for_tuples_and_lengths_count():
    want = (np.ones(1), (np.zeros(1), "relu"))
    assert messages([np.ones(1), [np.zeros(1), "relu"]], want, "cache") == []
    assert messages([np.ones(1)], want, "cache") == ["cache has 1 entry; it should have 2"]
    assert messages(np.ones(2), want, "cache") == [
        "cache is an array; it should be a tuple of 2 entries"
    ]
    (difference,) = differences("cache", (np.ones(1), (np.ones(1), "relu")), want)
    assert difference.where == "cache[1][0]"
    assert messages((np.ones(1), (np.zeros(1), "tanh")), want) == [
        "dW[1][1] should be the text 'relu'"
    ]


@given(st.integers(0, 2**32 - 1))
def test_normal_numbers_are_accepted(seed):
    rng = np.random.default_rng(seed)
    assert messages(0.01 * rng.standard_normal((20, 30)), NormalArray((20, 30), 0.01)) == []


@pytest.mark.parametrize(
    ("make", "said"),
    [
        (lambda rng, shape: rng.standard_normal(shape), "standard deviation"),
        (lambda rng, shape: 1e-4 * rng.standard_normal(shape), "standard deviation"),
        (lambda rng, shape: 0.01 * rng.random(shape), "mean"),
        (lambda rng, shape: np.zeros(shape), "same number everywhere"),
        (lambda rng, shape: rng.standard_normal(shape[::-1]), "shape"),
    ],
)
def test_other_numbers_are_not(make, said):
    rng = np.random.default_rng(5)
    found = messages(make(rng, (20, 30)), NormalArray((20, 30), 0.01))
    assert said in found[0]


def test_split_names_what_came_instead():
    names = ("dA_prev", "dW", "db")
    assert split([1, 2, 3], names) == (1, 2, 3)
    assert split({"W1": 1}, ("parameters",)) == ({"W1": 1},)
    for answer, said in ((None, "return"), ((1, 2), "2 values"), (np.ones(3), "an array")):
        with pytest.raises(AssertionError, match=said):
            split(answer, names)


def test_assert_same_joins_every_difference():
    assert_same("grads", {"a": 1.0}, {"a": 1.0})
    with pytest.raises(AssertionError, match=r"'a'.*; .*'b'"):
        assert_same("grads", {}, {"a": 1.0, "b": 2.0})


@given(ARRAYS)
def test_an_answer_is_like_itself_but_for_rounding(array):
    answer = {"W1": array, "cache": (array, ["relu", None])}
    assert alike({"W1": array * (1 + 1e-9), "cache": [array.copy(), ("relu", None)]}, answer)
    assert not alike({"W1": array + 1 + np.abs(array).max(), "cache": answer["cache"]}, answer)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (1.0, 1.001),
        (np.ones((2, 1)), np.ones(2)),
        (np.ones(1), np.ones(())),
        ({"W1": 1}, {"W1": 1, "b1": 2}),
        ((1, 2), (1, 2, 3)),
        ("relu", "sigmoid"),
        (None, 0.0),
        (True, 1.0),
        (np.array(["a"]), np.array([1.0])),
        (10**400, 1.0),
        (np.array([np.inf, 1.0]), np.array([-np.inf, 1.0])),
        (np.array([np.nan, 1.0]), np.array([np.inf, 1.0])),
        (np.array([np.inf, 1.0]), np.array([1.0, 1.0])),
        (np.array([1.0, 1.0]), np.array([np.nan, 1.0])),
        (True, False),
        (np.array([True, False]), np.array([True, True])),
    ],
)
def test_what_differs_is_not_alike(one, other):
    assert not alike(one, other)
    assert not alike(other, one)


def test_entries_that_are_not_finite_are_compared_by_their_pattern():
    values = np.array([np.inf, -np.inf, np.nan, 2.0])
    assert alike(values, values * (1 + 1e-9))
    assert alike(float("nan"), np.array(np.nan))


def test_an_integer_is_like_the_same_float():
    assert alike(np.arange(3), [0, 1, 2]) is False
    assert alike(np.arange(3), np.arange(3.0))
    assert alike(2, np.array(2.0))
