"""Right answers in numbers of less precision: float32 earns full marks, float16 is refused."""

import re

import numpy as np
import pytest

from grader_tests.support import network_cost
from tests.reference import COURSE, each_function, in_turn
from workbook.course.cases import check_data
from workbook.course.exercises import FUNCTIONS, find_function
from workbook.course.hidden_tests import run
from workbook.course.precision import precision
from workbook.diagnosis.diagnosis import diagnose, observe
from workbook.learn.check.check import make_card

SEEDS = range(3)


def cast(value, dtype):
    """Return a tree in which arrays and numbers with a fraction have this dtype."""
    if isinstance(value, dict):
        return {key: cast(part, dtype) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(cast(part, dtype) for part in value)
    if isinstance(value, np.ndarray) and value.dtype.kind == "f":
        return value.astype(dtype)
    return dtype(value) if isinstance(value, float) else value


def arrays_cast(value, dtype):
    """Return a tree in which arrays have this dtype, and numbers stay what they are."""
    if isinstance(value, dict):
        return {key: arrays_cast(part, dtype) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(arrays_cast(part, dtype) for part in value)
    is_array = isinstance(value, np.ndarray) and value.dtype.kind == "f"
    return value.astype(dtype) if is_array else value


def class_in(reference, dtype):
    """Return a class whose attributes have this dtype whenever they are set."""

    def set_cast(self, name, value):
        object.__setattr__(self, name, cast(value, dtype))

    return type(reference.__name__, (reference,), {"__setattr__": set_cast})


def answers(name, dtype, ways):
    """Yield the reference in numbers of a dtype, in each of some ways."""
    reference = COURSE.reference(name)
    if find_function(name).is_class:
        yield class_in(reference, dtype)
    else:
        yield from (way(reference, dtype) for way in ways)


WAYS = {
    "inputs and result": lambda f, dtype: (
        lambda *a, **named: cast(f(*arrays_cast(a, dtype), **named), dtype)
    ),
    "inputs": lambda f, dtype: lambda *a, **named: f(*arrays_cast(a, dtype), **named),
    "result": lambda f, dtype: lambda *a, **named: cast(f(*a, **named), dtype),
    "result, as float64": lambda f, dtype: (
        lambda *a, **named: cast(cast(f(*a, **named), dtype), np.float64)
    ),
}


@pytest.mark.in_turns(4)
@pytest.mark.slow
@each_function
def test_float32_computed_rightly_earns_full_marks(name):
    every = [*answers(name, np.float32, WAYS.values())]
    refused = [
        (seed, verdict.name, verdict.message)
        for answer, seed in in_turn(every, SEEDS)
        for verdict in run(COURSE.hidden_tests(name), answer, seed)
        if not verdict.passed
    ]
    assert not refused
    for answer in every:
        failed = make_card(answer, name).failed
        assert not [(entry.verdict.title, entry.verdict.message) for entry in failed]


# These return no number with a fraction.
@pytest.mark.filterwarnings("ignore:divide by zero")
@pytest.mark.filterwarnings("ignore:invalid value")
@pytest.mark.parametrize(
    "name", [name for name in FUNCTIONS if name not in ("early_stopping", "find_mistakes")]
)
def test_float16_is_refused_with_its_name(name):
    for answer in answers(name, np.float16, [WAYS["result"], WAYS["inputs and result"]]):
        verdicts = [
            *(entry.verdict for entry in make_card(answer, name).failed),
            *(v for v in run(COURSE.hidden_tests(name), answer, 0) if not v.passed),
        ]
        assert {verdict.max_points > 0 for verdict in verdicts} == {True, False}
        for verdict in verdicts:
            # The costs of a network in float16 are mixed with what is float64.
            if verdict.name != "repeated_call" and "costs" not in verdict.message:
                # A cost that is computed from float16 may be float32.
                assert re.search(r"float(16|32), which keeps about [37] digits", verdict.message)
                assert "compute in float64" in verdict.message


def test_a_difference_of_numbers_in_float16_is_not_said_to_be_float32():
    large, small = np.array([100.1, 200.2, 300.3]), np.array([0.1, 0.2, 0.7])
    right = large - small
    difference = large.astype("f2").astype(float) - small.astype("f2").astype(float)
    assert precision("the derivative", difference, right) == ""
    assert "float32" in precision("the derivative", right.astype("f4").astype(float), right)


def test_what_float32_cannot_do_is_said():
    def in_float32(parameters, grads, X, Y):
        """Check gradients by differences of costs that are rounded to float32."""
        found = {}
        for key, array in parameters.items():

            def cost(moved, key=key):
                return np.float32(network_cost(X, Y, {**parameters, key: moved}))

            slopes = COURSE.reference("numerical_gradient")(cost, array, 1e-5)
            found[f"d{key}"] = COURSE.reference("gradient_difference")(grads[f"d{key}"], slopes)
        return found

    tests = COURSE.hidden_tests("gradient_check")
    messages = {v.name: v.message for v in run(tests, in_float32, 0)}
    said = messages["test_check_accepts_right_gradients"]
    assert "in float32, which keeps about 7 digits" in said


def test_where_too_few_digits_show_is_not_said():
    """That is chance, and the check says that the numbers are float16."""

    def half(A, W, b):
        return (W @ A + b).astype(np.float16), (A, W, b)

    assert make_card(half, "linear_forward").failed
    assert diagnose("linear_forward", observe(half, check_data("linear_forward").cases)) is None


def test_an_array_of_whole_numbers_is_told_where_it_cuts_off():
    def filled(f, theta, h):
        """Fill an array that is made like theta, which may hold whole numbers."""
        found = np.zeros_like(theta)
        found[...] = COURSE.reference("numerical_gradient")(f, theta, h)
        return found

    refused = [v for v in run(COURSE.hidden_tests("numerical_gradient"), filled, 0) if not v.passed]
    assert [verdict.name for verdict in refused] == ["test_gradient_of_whole_numbers"]
    assert "so does `np.zeros_like` of whole numbers" in refused[0].message


def test_rounded_whole_numbers_are_not_said_to_be_cut_off():
    said = precision("A", np.rint([0.4, 1.7]).astype(int), np.array([0.4, 1.7]))
    assert said.startswith("A is int64: an array of whole numbers, which holds no digits behind")
    assert "`astype(int)` makes one" in said
    assert "cut" not in said
