"""Hidden tests of dropout_forward."""

import numpy as np
import pytest

from grader_tests.draws import deciding
from grader_tests.overfitting_support import (
    assert_mask,
    assert_new_array,
    assert_scaled,
    dropout_cases,
)
from solutions.dropout_forward import dropout_forward as reference
from workbook.course.compare import array_of_numbers, assert_same, split

RETURNS = ("A",)


def public_cases():
    """Inputs of the visible checks."""
    return dropout_cases(np.random.default_rng(79))


@pytest.mark.points(1)
def test_forward_mask(student, rng):
    """An activation stays where the mask is 1, and is 0 where the mask is 0"""
    assert_mask(student, rng, "A")


@pytest.mark.points(1)
def test_forward_scale(student, rng):
    """What is kept is divided by keep_prob"""
    assert_scaled(student, reference, rng, RETURNS)


@pytest.mark.points(1)
def test_forward_keeps_the_mean(student, rng):
    """Over masks that silence every unit equally often, the mean is the activation itself"""
    A = deciding(rng, 3, 4)
    # Four masks, each of which silences another quarter, of some units and examples two parts.
    quarters = np.array([[0, 0, 1, 1], [0, 2, 2, 1], [3, 3, 3, 2]])
    masks = [(quarters != k).astype(float) for k in range(4)]
    parts = [
        array_of_numbers("A", split(student(A, 0.75, mask), RETURNS)[0], A.shape) for mask in masks
    ]
    assert_same("the mean over four masks", sum(parts) / 4, A)
    differ = any(not np.array_equal(parts[0], part) for part in parts[1:])
    assert differ, "the mask makes no difference"


@pytest.mark.points(1)
def test_forward_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and returns a new array each time, if all is kept, too"""
    assert_new_array(student, rng, "A or the mask")
