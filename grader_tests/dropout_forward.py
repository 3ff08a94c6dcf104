"""Hidden tests of dropout_forward."""

import copy

import numpy as np
import pytest

from grader_tests.support import Case, assert_unchanged
from solutions.dropout_forward import dropout_forward as reference
from workbook.compare import assert_same, split

RETURNS = ("A",)


def random_case(rng, shape=(4, 6), keep_prob=0.7):
    """Return activations, keep_prob and a mask that keeps some and silences others."""
    mask = (rng.permutation(np.prod(shape)) < keep_prob * np.prod(shape)).astype(float)
    return rng.standard_normal(shape), keep_prob, mask.reshape(shape)


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(79)
    for title, shape, keep_prob in (
        ("3 units, 4 examples, keep_prob 0.8", (3, 4), 0.8),
        ("2 units, 5 examples, keep_prob 0.5", (2, 5), 0.5),
        ("everything kept", (2, 3), 1.0),
    ):
        A, keep_prob, mask = random_case(rng, shape, keep_prob)
        yield Case(title, (np.round(A, 2), keep_prob, mask))


def answer_of(student, case):
    """Return the answer, or raise AssertionError if there is none."""
    return split(student(*case), RETURNS)[0]


@pytest.mark.points(1)
def test_forward_mask(student, rng):
    """An activation stays where the mask is 1, and is 0 where the mask is 0"""
    for shape in ((4, 6), (1, 8)):
        A, keep_prob, mask = random_case(rng, shape)
        got = answer_of(student, (A, keep_prob, mask))
        assert np.shape(got) == shape, f"A has shape {np.shape(got)}; it should be {shape}"
        there = np.asarray(got) != 0
        wrong = int(np.sum(there != (mask == 1)))
        assert not wrong, f"{wrong} of {mask.size} entries do not follow the mask"


@pytest.mark.points(1)
def test_forward_scale(student, rng):
    """What is kept is divided by keep_prob"""
    for keep_prob in (0.9, 0.5, 0.25):
        case = random_case(rng, keep_prob=keep_prob)
        assert_same("A", answer_of(student, case), reference(*case))


@pytest.mark.points(1)
def test_forward_keeps_the_mean(student, rng):
    """Over masks that silence every unit equally often, the mean is the activation itself"""
    A = rng.standard_normal((3, 4))
    # Four masks, each of which silences another quarter.
    order = rng.permutation(12).reshape(3, 4) % 4
    masks = [(order != k).astype(float) for k in range(4)]
    parts = [np.asarray(answer_of(student, (A, 0.75, mask))) for mask in masks]
    assert_same("the mean over four masks", sum(parts) / 4, A)


@pytest.mark.points(1)
def test_forward_inputs_unchanged(student, rng):
    """It leaves its inputs unchanged, and gives the same answer when called again"""
    case = random_case(rng)
    before = copy.deepcopy(case)
    for _ in range(2):
        got = answer_of(student, case)
        assert_unchanged(before, case, "A or the mask")
        assert_same("A", got, reference(*before))
