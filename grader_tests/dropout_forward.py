"""Hidden tests of dropout_forward."""

import numpy as np
import pytest

from grader_tests.draws import deciding
from grader_tests.lab_support import assert_answers, assert_repeats
from grader_tests.overfitting_support import assert_mask, dropout_case, dropout_cases
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
    cases = [dropout_case(rng, keep_prob=keep_prob) for keep_prob in (0.9, 0.5, 0.25)]
    assert_answers(student, reference, cases, RETURNS, RETURNS)


@pytest.mark.points(1)
def test_forward_keeps_the_mean(student, rng):
    """Over masks that silence every unit equally often, the mean is the activation itself"""
    A = deciding(rng, 3, 4)
    # Four masks, each of which silences another quarter.
    order = rng.permutation(12).reshape(3, 4) % 4
    masks = [(order != k).astype(float) for k in range(4)]
    parts = [
        array_of_numbers("A", split(student(A, 0.75, mask), RETURNS)[0], A.shape) for mask in masks
    ]
    assert_same("the mean over four masks", sum(parts) / 4, A)


@pytest.mark.points(1)
def test_forward_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and gives the same answer when called again"""
    inputs, what = dropout_case(rng), "A or the mask"
    assert_repeats(student, reference, inputs, (), RETURNS, what)
