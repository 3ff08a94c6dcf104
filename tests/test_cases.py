"""The data of the visible checks: values as JSON, and nothing but values."""

import builtins
import importlib
import inspect
import json
import re
from importlib.resources import files

import numpy as np
import pytest

from grader_tests.catalogue import Misconception, declared
from workbook.build.cases import public_data
from workbook.course import cases
from workbook.course.compare import NormalArray
from workbook.course.exercises import FUNCTIONS, is_class
from workbook.course.given.landscapes import bowl
from workbook.course.scripted import as_function

NAME = "linear_backward"
REFERENCE = importlib.import_module(f"solutions.{NAME}").linear_backward
WRONG = importlib.import_module(f"grader_tests.misconceptions.{NAME}")

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


@pytest.mark.parametrize("value", VALUES, ids=repr)
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
    module = importlib.import_module(f"grader_tests.{NAME}")
    text = public_data(module, REFERENCE)
    assert text == public_data(module, REFERENCE)
    assert text.endswith("}\n")
    assert json.loads(text)["arguments"] == ["dZ", "cache"]
    for case in json.loads(text)["cases"]:
        args = cases.from_json(case["args"])
        for got, want in zip(cases.from_json(case["expected"]), REFERENCE(*args), strict=True):
            np.testing.assert_allclose(got, want, rtol=1e-9)


def test_public_data_holds_what_a_mistake_does_and_nothing_of_its_code():
    module = importlib.import_module(f"grader_tests.{NAME}")
    text = public_data(module, REFERENCE, [("Not transposed.", WRONG.W_not_transposed)])
    (mistake,) = json.loads(text)["misconceptions"]
    assert mistake["sentence"] == "Not transposed."
    # Only the square case has a product of the wrong arrays.
    assert [next(iter(outcome)) for outcome in mistake["outcomes"]] == [
        "raised",
        "answer",
        "raised",
        "raised",
    ]
    assert mistake["outcomes"][0] == {"raised": ["ValueError"]}
    assert "W_not_transposed" not in text


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_data_hold_one_entry_for_each_known_mistake(name):
    known = importlib.import_module(f"grader_tests.misconceptions.{name}")
    sentences = [entry.sentence for entry in declared(known, Misconception)]
    data = cases.check_data(name)
    assert [entry["sentence"] for entry in data.misconceptions] == sentences
    reference = as_function(getattr(importlib.import_module(f"solutions.{name}"), name))
    assert list(data.arguments) == list(inspect.signature(reference).parameters)


# What may stand in the data of the checks beside numbers, titles and sentences.
TEXTS = [
    r"d?[AWb]\d+",  # keys
    r"float64|int64|inf|-inf|nan|relu|sigmoid",
    r"shape|kind|scale|begins like|\(\d+,( \d+)?\)",  # of an array of random numbers, ...
    r"normal|random|positive|zeros|one number|0\.01|1|1/sqrt\(inputs\)|",  # ... and what it says
    r"variance|0\.\d+|sqrt\(\d/(inputs|units|both)\)",  # the same of the labs' initialisers
    r"function|bowl|cubes|waves",  # a function that is an argument, by its name
    r"[A-Za-z]+Error",
    r"numpy\.ndarray|tuple|dict|bool|float|int|>",  # what messages put in quotes
]

# What stands in the steps of a script for a class: names, some with the moment, and operators.
STEPS = r"[A-Za-z]\w*(\.\w+)?( after [\w.() ]+)?|[-+*/]|\*\*"


def texts_in(value):
    """Yield every text of a tree: keys of dictionaries that are data, and values."""
    if isinstance(value, dict):
        tagged = {"dict", "tuple", "array", "normal", "number"} & value.keys()
        for key, entry in value.items():
            if not tagged:
                yield key
            yield from texts_in(entry)
    elif isinstance(value, list):
        for entry in value:
            yield from texts_in(entry)
    elif isinstance(value, str):
        yield value


@pytest.mark.parametrize("name", FUNCTIONS)
def test_the_data_hold_no_code(name):
    path = files("workbook.course") / "data" / f"{name}.json"
    data = json.loads(path.read_text(encoding="utf-8"))
    assert data.keys() == {"arguments", "cases", "misconceptions"}
    found = set()
    for case in data["cases"]:
        assert case.keys() == {"title", "args", "expected"}
        found |= set(texts_in([case["args"], case["expected"]]))
    for mistake in data["misconceptions"]:
        assert mistake.keys() == {"sentence", "repeats", "outcomes"}
        for outcome in mistake["outcomes"]:
            assert outcome.keys() <= {"answer", "changed", "raised"}
            kinds = outcome.get("raised", ["ValueError"])
            assert issubclass(getattr(builtins, kinds[0]), Exception)
            found |= set(texts_in([outcome.get("answer"), *kinds[1:]]))
    names = {"b", "l", "cache", "dA_prev"}  # of variables that an exception named
    texts = [*TEXTS, STEPS] if is_class(name) else TEXTS
    strange = {t for t in found - names if not any(re.fullmatch(one, t) for one in texts)}
    assert not strange
