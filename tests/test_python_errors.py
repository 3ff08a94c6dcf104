"""What exceptions mean is read off real ones, so that it holds for this Python and this NumPy."""

import math

import numpy as np
import pytest

from workbook.diagnosis.python_errors import meaning, meaning_in

ARRAY = np.ones((2, 2))


def endless():
    return endless()


class Equal:
    def __eq__(self, other):
        return True


def called(value):
    return value(ARRAY)


def picked(value):
    return value[0]


def growing(dictionary):
    for key in dictionary:
        dictionary[key + "'"] = 1


@pytest.mark.parametrize(
    ("fails", "said"),
    [
        (lambda: "W" + 1, "Text and a number cannot be joined"),
        (lambda: 1 + "W", "Text and a number cannot be joined"),
        (lambda: None + "W", ""),
        (lambda: "W" + None, ""),
        (lambda: "W" + [1], ""),
        (lambda: range(5 / 1), "A float stands where a whole number is needed"),
        (lambda: np.random.randn((2, 1)), "A tuple stands where a whole number is needed"),
        (lambda: np.sum(ARRAY, ARRAY), "the axis that the second argument of `np.sum` is"),
        (lambda: [1][ARRAY], "such as a position in a list"),
        (lambda: np.zeros(2, 1), "are given to `np.zeros` in one tuple"),
        (lambda: {ARRAY: 1}, "An array cannot be a key of a dictionary"),
        (lambda: {[1]: 1}, "A list cannot be a key of a dictionary"),
        (lambda: {Equal()}, "A value of type Equal cannot be put into a set"),
        (lambda: ARRAY.T(), "Parentheses behind an array call it"),
        (lambda: called("relu"), "Parentheses behind text call it"),
        (lambda: called(2), "behind a number call it, as if it were a function: a product"),
        (lambda: called(np.float64(2)), "Parentheses behind a number call it"),
        (lambda: called((1, 2)), "behind a tuple call it, as if it were a function: square"),
        (lambda: picked(endless), "Square brackets pick an entry, and a function has none"),
        (lambda: picked(len), "Square brackets pick an entry, and a function has none"),
        (lambda: math.log(ARRAY), "take a single number, and here they get an array of several"),
        (lambda: float(ARRAY), "take a single number, and here they get an array of several"),
        (lambda: ~ARRAY, "`~` is for True, False and whole numbers, not for floats"),
        (lambda: list(np.squeeze(ARRAY[:1, :1])), "cannot go through an array without axes"),
        (lambda: growing({"a": 1}), "while keys are added to it"),
        (endless, "calls itself endlessly"),
        (lambda: math.log(0), "gets a number for which it has no value"),
        (lambda: np.ones((2, 1)).__iadd__(np.ones((2, 3))), "keeps its shape, and the result has"),
        (lambda: np.random.seed(np.random.default_rng(1)), "take a number only"),
        (lambda: (1).permutation(5), "A number draws nothing"),
        (lambda: ARRAY.shapes, ""),
        (lambda: ARRAY + np.ones(3), ""),
    ],
)  # fmt: skip
def test_an_exception_is_told_in_a_sentence(fails, said):
    with pytest.raises(Exception) as caught:  # noqa: PT011  its message is what is tested
        fails()
    found = meaning(type(caught.value).__name__, str(caught.value))
    assert said in found
    assert bool(said) == bool(found)


def test_what_a_verdict_tells_is_explained():
    message = "your function raised AttributeError: 'int' object has no attribute 'permutation'"
    assert meaning_in(f"{message} (line 2 of its cell: x)").startswith("A number draws nothing: ")
    assert meaning_in("your function raised KeyError: 'W3'") is None
    assert meaning_in("W1 is not right") is None
