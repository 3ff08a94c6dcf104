"""Hidden tests of clip_by_norm."""

import copy

import numpy as np
import pytest

from grader_tests.draws import steady
from grader_tests.support import Case, assert_unchanged, random_parameters
from solutions.clip_by_norm import clip_by_norm as reference
from workbook.course.compare import array_of_numbers, assert_same, split
from workbook.course.kinds import kind

RETURNS = ("clipped",)


def random_grads(rng, layer_dims=(4, 3, 2, 1), m=5):
    """Return gradients as L_model_backward makes them, with the large dA that count for nothing.

    They are so long that 1e-6 added to the length, as frameworks do, is lost in rounding.
    """
    grads: dict[str, np.ndarray] = {}
    while length(grads) < 2:
        grads = {f"d{key}": rng.standard_normal(value.shape) for key, value in
                 random_parameters(rng, layer_dims).items()}  # fmt: skip
    for l, n in enumerate(layer_dims[:-1]):
        grads[f"dA{l}"] = 5 * rng.standard_normal((n, m))
    return grads


#: Their length is nearly the same in every draw, so that what somebody compares it with is, too.
steady_grads = steady(random_grads)


def length(grads):
    """Return the length of all parameters' gradients as one vector."""
    squares = (np.sum(array**2) for key, array in grads.items() if key.startswith(("dW", "db")))
    return float(np.sqrt(sum(squares)))


def public_cases():
    """Inputs of the visible checks."""
    rng = np.random.default_rng(31)
    # In the first case each array alone is short enough, and only all together are not.
    for title, layer_dims, max_norm in (
        ("longer than max_norm", (3, 2, 1), 2.0),
        ("three layers, much longer than max_norm", (2, 3, 2, 1), 0.5),
        ("shorter than max_norm", (3, 2, 1), 50.0),
    ):
        grads = random_grads(rng, layer_dims, 4)
        yield Case(title, ({key: np.round(value, 2) for key, value in grads.items()}, max_norm))


def clipped_of(student, grads, max_norm):
    """Return the parameters' gradients of the answer, or raise AssertionError."""
    (clipped,) = split(student(grads, max_norm), RETURNS)
    assert isinstance(clipped, dict), (
        f"the function returned {kind(clipped)}; it should be a dictionary"
    )
    kept = {}
    for key, array in grads.items():
        if key.startswith(("dW", "db")):
            assert key in clipped, f"the answer has no key {key!r}"
            kept[key] = clipped[key]
            array_of_numbers(key, kept[key], array.shape)
    return kept


@pytest.mark.points(1)
def test_clip_shortens_to_max_norm(student, rng):
    """A longer gradient gets the length max_norm, over all parameters together"""
    for layer_dims in ((4, 1), (4, 3, 1), (5, 4, 3, 1)):
        grads = steady_grads(rng, layer_dims)
        for share in (0.9, 0.05):
            max_norm = share * length(grads)
            got = length(clipped_of(student, grads, max_norm))
            assert_same("the length, relative to max_norm,", got / max_norm, 1.0)


@pytest.mark.points(1)
def test_clip_keeps_the_direction(student, rng):
    """Every entry is multiplied by the same factor, so that the direction stays"""
    grads = steady_grads(rng)
    max_norm = 0.3 * length(grads)
    assert_same("the answer", clipped_of(student, grads, max_norm), reference(grads, max_norm))


@pytest.mark.points(1)
def test_clip_leaves_short_gradients(student, rng):
    """A gradient that is no longer than max_norm stays as it is, zeros too"""
    grads = steady_grads(rng)
    want = {key: array for key, array in grads.items() if not key.startswith("dA")}
    assert_same("the answer", clipped_of(student, grads, 1.5 * length(grads)), want)
    zeros = {key: np.zeros_like(array) for key, array in grads.items()}
    want = {key: array for key, array in zeros.items() if not key.startswith("dA")}
    assert_same("the answer for gradients of zero", clipped_of(student, zeros, 1.0), want)


@pytest.mark.points(1)
def test_clip_inputs_unchanged(student, rng):
    """It leaves the caller's gradients unchanged, and gives the same answer when called again"""
    grads = steady_grads(rng)
    before = copy.deepcopy(grads)
    max_norm = 0.3 * length(grads)
    for _ in range(2):
        got = clipped_of(student, grads, max_norm)
        assert_unchanged(before, grads, "the caller's gradients")
        assert_same("the answer", got, reference(before, max_norm))
