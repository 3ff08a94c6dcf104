"""Hidden tests of accumulate_gradients."""

import numpy as np
import pytest

from grader_tests.draws import DEEP, grads_like
from grader_tests.lab_support import assert_computes, mixed
from grader_tests.support import (
    Case,
    random_grads_like,
    random_network,
    random_parameters,
    rounded,
)
from solutions.accumulate_gradients import accumulate_gradients as reference
from solutions.L_model_backward import L_model_backward
from solutions.L_model_forward import L_model_forward
from workbook.course.compare import assert_same, split
from workbook.course.kinds import kind

RETURNS = ("grads",)


def random_case(rng, sizes=(5, 3, 4), layer_dims=(4, 3, 1)):
    """Return the gradients of several batches, each with a dA0 of its own width, and the sizes."""
    params = random_parameters(rng, layer_dims)
    found = []
    for size in sizes:
        grads = random_grads_like(rng, params)
        found.append({**grads, "dA0": rng.standard_normal((layer_dims[0], size))})
    return found, list(sizes)


def mixed_case(rng, sizes, layer_dims):
    """Return the gradients of some batches, some of them large, each in its own order."""
    grads = grads_like(rng, random_parameters(rng, layer_dims))
    factors = rng.uniform(0.5, 1.0, len(sizes)) * np.resize([1.0, -3.0, 5.0], len(sizes))
    found = [{key: factor * array for key, array in grads.items()} for factor in factors]
    return [mixed(one, which) for which, one in enumerate(found)], sizes


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(53)
    for title, sizes in (("batches of 2, 5 and 3 examples", (2, 5, 3)), ("one batch", (4,))):
        found, sizes = random_case(rng, sizes, (3, 2, 1))
        yield Case(title, ([rounded(grads) for grads in found], sizes))


def grads_of(student, found, sizes):
    """Return the answer, or raise AssertionError if it is no dictionary."""
    (grads,) = split(student(found, sizes), RETURNS)
    assert isinstance(grads, dict), (
        f"the function returned {kind(grads)}; it should be a dictionary"
    )
    return grads


def assert_those_there(student, found, sizes, want):
    """Raise AssertionError unless the gradients that came back are right, and there are some.

    That none is missing, another test asks.
    """
    grads = grads_of(student, found, sizes)
    there = {key: array for key, array in want.items() if key in grads}
    assert_same("grads", grads, there or want)


@pytest.mark.points(1)
def test_accumulated_equal_batches(student, rng):
    """For batches of the same size each dW is the mean of theirs"""
    found, sizes = random_case(rng, (4, 4, 4))
    want = {key: mean for key, mean in reference(found, sizes).items() if key[1] == "W"}
    assert_those_there(student, found, sizes, want)


@pytest.mark.points(1)
def test_accumulated_weights(student, rng):
    """Each batch counts by its size, in every layer, one batch alone and a smaller last one too"""
    many, deep = mixed_case(rng, [8, 3] * 6, (4, 1)), mixed_case(rng, [8, 3], DEEP[0])
    for found, sizes in (random_case(rng, (1, 6, 1)), random_case(rng, (5,)), many, deep):
        assert_same("grads", grads_of(student, found, sizes), reference(found, sizes))


@pytest.mark.points(1)
def test_accumulated_is_the_large_batch(student, rng):
    """The gradients of a network's batches give the gradient of all examples, to rounding"""
    X, Y, parameters, AL, caches = random_network(rng, (4, 5, 3, 1), 11)
    found, sizes = [], [4, 4, 3]
    for part in np.split(np.arange(11), np.cumsum(sizes)[:-1]):
        some, these = L_model_forward(X[:, part], parameters)
        found.append(L_model_backward(some, Y[:, part], these))
    whole = L_model_backward(AL, Y, caches)
    assert_those_there(student, found, sizes, {f"d{key}": whole[f"d{key}"] for key in parameters})


@pytest.mark.points(1)
def test_accumulated_inputs_unchanged(student, rng):
    """It leaves the batches' gradients unchanged, and returns new arrays each time"""
    what = "the gradients of the batches or their sizes"
    assert_computes(student, random_case(rng), random_case(rng), what)
    # New arrays come back also where there is one batch only.
    student(*random_case(rng, (5,)))
