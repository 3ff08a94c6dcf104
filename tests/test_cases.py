"""The data of the visible checks: values as JSON, and nothing but values."""

import inspect
import json

import numpy as np
import pytest

from grader_tests.catalogue import Misconception
from tests.reference import COURSE, catalogue, each_function, entries, reference
from workbook.build.cases import public_data
from workbook.course import cases
from workbook.course.compare import NormalArray
from workbook.course.data_folder import data_folder
from workbook.course.exercises import FUNCTIONS
from workbook.course.given.landscapes import bowl
from workbook.course.scripted import as_function
from workbook.diagnosis.known import known_mistakes

NAME = "linear_backward"
REFERENCE = reference.linear_backward
MODULE = COURSE.module(f"grader_tests.{NAME}")

VALUES = [
    np.zeros((0, 3)),
    np.array(2.5),
    np.array([np.inf, -np.inf, np.nan, 1.0]),
    np.arange(6.0).reshape(1, 6),
    np.arange(4).reshape(2, 2),
    3,
    0.3,
    float("inf"),
    float("nan"),
    "relu",
    None,
    (1, (2.0, "a"), []),
    [4, 3, 1],
    {"W1": np.ones((2, 1)), "other": {"deep": (np.zeros(1),)}},
    NormalArray((20, 30), 0.01),
    np.array([[True], [False]]),
    bowl,
]


@pytest.mark.parametrize("value", VALUES, ids=range(len(VALUES)))
def test_json_gives_the_same_value_back(value):
    back = cases.from_json(json.loads(json.dumps(cases.to_json(value), allow_nan=False)))
    np.testing.assert_equal(back, value)
    assert type(back) is type(value)
    if isinstance(value, np.ndarray):
        assert (back.dtype, back.shape) == (value.dtype, value.shape)


def test_json_keeps_ten_digits_and_drops_what_cancellation_leaves():
    assert cases.to_json(1 / 3) == 0.3333333333
    assert cases.to_json(np.array([1.0, 1e-17, -0.0]))["array"] == [1.0, 0.0, 0.0]
    assert cases.to_json(np.array([np.inf, 1.0, 1e-17]))["array"] == ["inf", 1.0, 0.0]


@pytest.mark.parametrize("value", [True, {1, 2}, np.array([1j]), len])
def test_json_refuses_what_it_would_not_give_back(value):
    with pytest.raises(TypeError, match="public case"):
        cases.to_json(value)


def test_public_data_holds_the_references_answer_to_the_rounded_input():
    text = public_data(MODULE, REFERENCE)
    assert text == public_data(MODULE, REFERENCE)
    assert text.endswith("}\n")
    assert json.loads(text)["arguments"] == ["dZ", "cache"]
    for case in json.loads(text)["cases"]:
        args = cases.from_json(case["args"])
        for got, want in zip(cases.from_json(case["expected"]), REFERENCE(*args), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-9)


def test_public_data_holds_what_a_mistake_does_and_nothing_of_its_code():
    text = public_data(MODULE, REFERENCE, [("Not transposed.", catalogue(NAME).W_not_transposed)])
    known = json.loads(text)["known"]
    assert known["sentences"] == ["Not transposed."]
    (mistake,) = known["mistakes"]
    assert mistake["says"] == [0]
    # Only the square case has a product of the wrong arrays: dA_prev, the first part, is wrong.
    raised = {"raised": ["ValueError"]}
    first, second, *others = mistake["cases"]
    assert [first, *others] == [raised] * 3
    ((place, number),) = second.items()
    assert place == "1"
    assert isinstance(number, float)
    assert "W_not_transposed" not in text


@each_function
def test_the_data_hold_one_entry_for_each_known_mistake(name):
    sentences = [entry.sentence for entry in entries(name, Misconception)]
    data = cases.check_data(name)
    written = [one for one in known_mistakes(data) if one.written]
    assert [one.sentences for one in written] == [(text,) for text in sentences]
    function = as_function(getattr(reference, name))
    assert list(data.arguments) == list(inspect.signature(function).parameters)


def test_the_data_of_all_functions_weigh_at_most_a_megabyte():
    files = [data_folder() / f"{name}.json" for name in FUNCTIONS]
    assert sum(path.stat().st_size for path in files) <= 1_000_000
