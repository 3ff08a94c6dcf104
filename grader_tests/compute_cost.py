"""Hidden tests of compute_cost."""

import numpy as np
import pytest

from grader_tests.calls import assert_repeats, assert_sure_answers_stay, called
from grader_tests.draws import answers, moved, sure_answers, wrong_answers
from grader_tests.support import (
    STUDENT_STEP,
    STUDENT_TOLERANCE,
    Case,
    assert_gradient,
    central_differences,
    neighbours,
)
from solutions.compute_cost import compute_cost as reference
from workbook.course.compare import TOLERANCE, array_of_numbers, assert_same, split
from workbook.course.words import counted

# What tests of one term, or of answers that are very sure, allow. It forgives an epsilon of 1e-7 in
# the logarithms, and of the answers that are not sure a larger one, which costs points elsewhere.
ROUGHLY = 1e-2


def public_cases():
    """Inputs of the visible checks."""
    AL = np.array([[0.8, 0.35, 0.6, 0.15, 0.25]])
    yield Case("5 examples, both labels", (AL, np.array([[1.0, 0.0, 1.0, 0.0, 1.0]])))
    AL = np.array([[0.04, 0.93, 0.7]])
    yield Case("3 examples, two of the answers sure and wrong", (AL, np.array([[1.0, 0.0, 1.0]])))
    yield Case("20 examples, all of the answers sure and wrong", wrong_answers())
    yield Case("1 example", (np.array([[0.7]]), np.array([[0.0]])))


def number(returned, of=""):
    """Return a cost as a float, or raise AssertionError if it is not one finite number.

    An array with a single entry passes: its shape is judged in one test only.
    """
    (cost,) = split(returned, ("cost",))
    array = array_of_numbers("the cost", cost, None if isinstance(cost, np.ndarray) else ())
    if array.size != 1:
        raise AssertionError(
            f"the cost should be a single number; it is an array of shape {array.shape}"
        )
    if not np.isfinite(array).all():
        raise AssertionError(f"the cost{of} is not finite (inf or nan)")
    return float(array.reshape(()))


def costs_of(student, cases):
    """Yield the cost that the function gives for each AL and Y, as a float.

    The function gets arrays of its own, so that a change of them is judged in one test only.
    """
    for (AL, _), returned in called(student, [(AL.copy(), Y.copy()) for AL, Y in cases]):
        # Of many numbers below 1, a product is 0, and its logarithm is not finite.
        yield number(returned, f" of {counted(AL.shape[1], 'example')}")


def assert_cost(where, cost, want, tolerance):
    """Raise AssertionError unless the cost is right, within a tolerance relative to it."""
    error = abs(cost - want) / abs(want)
    size = "too small" if cost < want else "too large"
    assert error <= tolerance, f"{where} is {size}: its relative error is {error:.2g}"


@pytest.mark.points(2)
def test_value(student, rng):
    """The cost is the mean cross-entropy, for any number of examples"""
    # Of so many numbers below 1, the product is 0.
    cases = [answers(rng, m) for m in (1, 2, 5, 3000)]
    for (AL, Y), cost in zip(cases, costs_of(student, cases), strict=True):
        m = AL.shape[1]
        # Of so many, the message says it by itself.
        of = "" if m > 1000 else f" with m = {m}"
        assert_same(f"the cost{of}", cost, reference(AL, Y))


@pytest.mark.points(1)
def test_single_number(student, rng):
    """The cost is one number for all examples, not an array, and depends on the answers"""
    costs = []
    for _, returned in called(student, [answers(rng, m) for m in (4, 7)]):
        costs.append(number(returned))
        shape = np.shape(returned)
        assert shape == (), f"the cost has shape {shape}; it should be a number, shape ()"
    assert costs[0] != costs[1], "answers of other numbers of examples have exactly the same cost"


@pytest.mark.points(1)
def test_label_1(student, rng):
    """A single example with label 1 costs minus the logarithm of its AL"""
    cases = [(np.array([[AL]]), np.array([[1.0]])) for AL in moved(rng, [0.13, 0.32, 0.55])]
    for (AL, _), cost in zip(cases, costs_of(student, cases), strict=True):
        assert_cost("the cost of an example with label 1", cost, -np.log(AL.item()), ROUGHLY)


@pytest.mark.points(1)
def test_label_0(student, rng):
    """A single example with label 0 costs minus the logarithm of 1 - AL"""
    cases = [(np.array([[AL]]), np.array([[0.0]])) for AL in moved(rng, [0.45, 0.68, 0.88])]
    for (AL, _), cost in zip(cases, costs_of(student, cases), strict=True):
        assert_cost("the cost of an example with label 0", cost, -np.log(1 - AL.item()), ROUGHLY)


@pytest.mark.points(1)
def test_mean_of_parts(student, rng):
    """The cost of all examples is the average of the costs of their parts, not the sum"""
    # Answers that are nearly right cost little: rounding shows in each cost, and hardly ever
    # is the rounded cost of so many examples the average of those of their parts.
    AL, Y = answers(rng, 31)
    AL = Y + (AL - Y) / 100
    parts = [slice(None)]
    for n in (3, 10, 14):
        parts += [slice(n), slice(n, None)]
    costs = costs_of(student, [(AL[:, part], Y[:, part]) for part in parts])
    whole = next(costs)
    for n in (3, 10, 14):
        some, rest = next(costs), next(costs)
        # A cost that is the same for any examples is their average, too, and says nothing.
        assert some != rest, f"{n} examples and {31 - n} others have exactly the same cost"
        error = abs(whole - (n * some + (31 - n) * rest) / 31) / max(abs(some), abs(rest))
        assert error <= TOLERANCE, (
            f"the cost of 31 examples is not the average of the costs of {n} and {31 - n} of them: "
            f"it is off by {error:.2g}, relative to the larger one"
        )


@pytest.mark.points(1)
def test_derivative_by_finite_differences(student, rng):
    """The cost changes with each AL as the cross-entropy does (finite differences)"""
    AL, Y = answers(rng, 6)
    costs = costs_of(student, [(near, Y) for near in neighbours(AL, STUDENT_STEP)])
    numerical = central_differences(list(costs), AL.shape, STUDENT_STEP)
    analytic = (AL - Y) / (AL * (1 - AL)) / 6
    where, meaning = "the derivative of the cost with respect to AL", "that of the cross-entropy"
    assert_gradient(where, numerical, analytic, meaning, STUDENT_TOLERANCE)


@pytest.mark.points(1)
def test_sure_and_wrong(student, rng):
    """Answers that are sure and wrong get their full cost"""
    AL, Y = sure_answers(rng)
    # All together, and each label alone.
    parts = (Y >= 0, Y == 1, Y == 0)
    cases = [(AL[part].reshape(1, -1), Y[part].reshape(1, -1)) for part in parts]
    for some, cost in zip(cases, costs_of(student, cases), strict=True):
        assert_cost("the cost of sure and wrong answers", cost, reference(*some), ROUGHLY)
    # Nearer to 0 and 1 than many a number at which the logarithm is cut off.
    AL = np.abs(1 - Y - moved(rng, np.full(Y.shape, 2e-6)))
    (cost,) = costs_of(student, [(AL, Y)])
    assert_cost("the cost of very sure and wrong answers", cost, reference(AL, Y), ROUGHLY)


@pytest.mark.points(1)
def test_labels_may_be_whole_numbers(student, rng):
    """Labels that are whole numbers give the same cost as the same labels with a decimal point"""
    AL, Y = answers(rng, 7)
    costs = costs_of(student, [(AL, Y), (AL, Y.astype(int)), (with_other_labels(AL), Y)])
    cost, of_integers = next(costs), next(costs)
    assert abs(of_integers - cost) <= TOLERANCE * abs(cost), (
        "the cost is another one when the labels are integers"
    )
    another = next(costs)
    assert abs(another - cost) > TOLERANCE * abs(cost), (
        "the cost stays the same when other answers have these labels"
    )


def with_other_labels(AL):
    """Return the same answers, all but the first one in the place of another."""
    return np.hstack([AL[:, :1], np.roll(AL[:, 1:], 1)])


@pytest.mark.points(1)
def test_inputs_unchanged_and_repeatable(student, rng):
    """The cost follows from AL and Y alone, which stay unchanged: a later call gives the same"""
    AL, Y = answers(rng, 5)
    further = [answers(rng, 3)]
    assert_repeats(
        student,
        lambda _, returned: number(returned),
        (AL, Y),
        (with_other_labels(AL), Y),
        "AL or Y",
        further,
    )
    assert_sure_answers_stay(student)
