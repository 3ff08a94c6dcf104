"""Hidden tests of clip_by_norm."""

import numpy as np
import pytest

from grader_tests.draws import DEEP, steady
from grader_tests.lab_support import assert_computes, mixed
from grader_tests.support import Case, random_parameters, where
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
        ("a little longer than max_norm", (2, 1), 0.5),
    ):
        grads = random_grads(rng, layer_dims, 4)
        # In the last case the length is larger than max_norm, and its square is not.
        factor = 0.6 / length(grads) if "little" in title else 1
        rounded = {key: np.round(factor * value, 2) for key, value in grads.items()}
        yield Case(title, (rounded, max_norm))


def clipped_of(student, grads, max_norm):
    """Return the parameters' gradients that came back, or raise AssertionError if none did.

    That none is missing, the test of the direction asks.
    """
    (clipped,) = split(student(grads, max_norm), RETURNS)
    assert isinstance(clipped, dict), (
        f"the function returned {kind(clipped)}; it should be a dictionary"
    )
    kept = {}
    for key, array in grads.items():
        if key.startswith(("dW", "db")) and key in clipped:
            kept[key] = clipped[key]
            array_of_numbers(key, kept[key], array.shape)
    assert kept, "the answer has no key such as 'dW1'"
    return kept


def share_kept(clipped, grads, letter):
    """Return which share of their length the gradients of all weights, or of all biases, keep."""
    there = {key: array for key, array in grads.items() if key in clipped and key[1] == letter}
    return length({key: clipped[key] for key in there}) / length(there) if there else np.inf


def long_and_deep(rng):
    """Return gradients of more than nine layers, in another order, long and with large numbers.

    There are no dA among them, as in what accumulate_gradients returns.
    """
    grads = {key: array for key, array in steady_grads(rng, DEEP[0]).items() if key[1] != "A"}
    return mixed({key: 100 * array for key, array in grads.items()}, 0)


@pytest.mark.points(1)
def test_clip_shortens_to_max_norm(student, rng):
    """A longer gradient gets the length max_norm, over all parameters together"""
    for grads, share in (
        (steady_grads(rng, (4, 1)), 0.999),
        (steady_grads(rng, (4, 3, 1)), 1e-4),
    ):
        clipped = clipped_of(student, grads, share * length(grads))
        # That weights and biases get the same factor, the next test asks.
        shares = [share_kept(clipped, grads, letter) / share for letter in "Wb"]
        nearest = min(shares, key=lambda one: abs(one - 1.0))
        words = "of a gradient that is hardly longer" if share > 0.9 else ""
        with where(words):
            assert_same("the length, relative to max_norm,", nearest, 1.0)
    # However small a gradient is, it may be too long; 1e-6 added to its length is no mistake there.
    grads = steady_grads(rng, (4, 1))
    small = {key: 2e-4 / length(grads) * array for key, array in grads.items()}
    clipped = clipped_of(student, small, 1e-4)
    assert share_kept(clipped, small, "W") < 0.6, "a small gradient of twice max_norm stays as long"


@pytest.mark.points(1)
def test_clip_keeps_the_direction(student, rng):
    """Every entry is multiplied by the same factor, so that the direction stays"""
    # First with the gradients of the parameters last.
    for grads in (dict(reversed(steady_grads(rng).items())), long_and_deep(rng)):
        max_norm = 0.3 * length(grads)
        assert_same("the answer", clipped_of(student, grads, max_norm), reference(grads, max_norm))


@pytest.mark.points(1)
def test_clip_leaves_short_gradients(student, rng):
    """A gradient that is no longer than max_norm stays as it is, zeros too, and no other one"""
    grads = steady_grads(rng)
    zeros = {key: np.zeros_like(array) for key, array in grads.items()}
    for given, max_norm in ((grads, 1.5 * length(grads)), (zeros, 1.0)):
        clipped = clipped_of(student, given, max_norm)
        assert_same("the answer", clipped, {key: given[key] for key in clipped})
    clipped = clipped_of(student, grads, 0.5 * length(grads))
    same = all(np.array_equal(array, grads[key]) for key, array in clipped.items())
    assert not same, "a gradient of twice the length stays as it is, too"


@pytest.mark.points(1)
def test_clip_inputs_unchanged(student, rng):
    """It leaves the caller's gradients unchanged, and returns new arrays each time"""
    grads = steady_grads(rng)
    other = {key: -array for key, array in grads.items()}
    max_norm = 0.3 * length(grads)
    assert_computes(student, (grads, max_norm), (other, max_norm), "the caller's gradients")
    # New arrays come back also where nothing is clipped.
    student(grads, 1.5 * length(grads))
