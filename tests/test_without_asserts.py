"""An `assert` of the learner's own does not hide the cause."""

import pytest

from tests.reference import catalogue
from workbook.course.without_asserts import without_asserts
from workbook.learn.check.check import make_card


def linear_backward(dZ, cache):
    A_prev, W, _ = cache
    m = A_prev.shape[1]
    dW = (dZ @ A_prev.T).T / m
    db = dZ.sum(axis=1, keepdims=True) / m
    dA_prev = W.T @ dZ
    assert dW.shape == W.shape
    return dA_prev, dW, db


SENTENCE = catalogue("linear_backward").dW_transposed.declared.sentence


def test_the_card_names_the_mistake_behind_an_assert_and_the_line_of_the_assert():
    card = make_card(linear_backward)
    assert card.diagnosis == SENTENCE
    assert "AssertionError in line 16" in card.failed[0].verdict.message


def test_a_function_comes_back_without_its_asserts_and_with_all_else():
    stripped = without_asserts(linear_backward)
    assert stripped is not linear_backward
    assert stripped.__globals__ is globals()


class Counter:
    """A class with an assert."""

    def add(self, number):
        """Add a number."""
        assert number > 0
        return number


def test_so_does_a_class():
    with pytest.raises(AssertionError):
        Counter().add(-1)
    assert without_asserts(Counter)().add(-1) == -1


@pytest.mark.parametrize("answer", [len, lambda: 1, None, 3])
def test_what_has_no_source_of_its_own_comes_back_as_it_is(answer):
    assert without_asserts(answer) is answer
