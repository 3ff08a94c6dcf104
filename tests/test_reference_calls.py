"""What the judge computes for a student's code: right, and never at any cost."""

import numpy as np
import pytest

from workbook.grade.judging.reference_calls import serve_reference


def served(*args, **kwargs):
    """Return the kind of the answer, and what the function was called with."""
    calls = []

    def function(*args, **kwargs):
        calls.append((args, kwargs))
        return len(calls)

    kind, body = serve_reference({"f": function}, {"name": "f", "args": args, "kwargs": kwargs})
    return kind, body, calls


@pytest.mark.parametrize(
    "argument",
    [
        np.zeros((64, 1000)),
        {"W1": np.zeros((20, 64)), "b1": np.zeros((20, 1))},
        [np.array([64, 20, 1]), (3, 2.5, None, "relu", True)],
        np.zeros(8192),
        1000,
        {"W1": np.zeros((86, 4, 5)), "b1": np.zeros((86, 4, 1))},
    ],
)
def test_what_a_notebook_asks_for_is_served(argument):
    kind, body, calls = served(argument)
    assert (kind, body) == ("returned", {"value": 1})
    ((args, kwargs),) = calls
    assert repr(args) == repr((argument,))
    assert kwargs == {}


@pytest.mark.parametrize(
    "argument",
    [
        np.zeros((1, 8192)),
        np.zeros(2**24, "i1"),
        np.full(9, 1000),
        np.array([-(2**63)]),
        np.array([2**64 - 1], "u8"),
        np.zeros((201, 1, 1)),
        [np.zeros((200, 200, 200)), np.zeros((200, 200, 200))],
        [np.zeros((1, 8000)), np.zeros((2, 2, 2))],
        [np.zeros((2, 2, 2)), np.zeros((1, 900))],
        np.zeros((2, 2, 2, 2)),
        [np.zeros((4096, 1)), np.zeros((1, 4096))],
        {"a": ([10**400],)},
        -(10**4),
    ],
    ids=repr,
)
def test_what_would_cost_too_much_is_not(argument):
    for kind, body, calls in (served(argument), served(key=argument)):
        assert (kind, body["type"], calls) == ("raised", "MemoryError", [])
        assert body["message"] == "the arrays are too large for the course's own function"


@pytest.mark.parametrize("dtype", ["f2", "i8", "u1", "?", "f4", "c8"])
def test_matrices_are_such_as_numpy_multiplies_fast(dtype):
    matrix = np.ones((2, 3), dtype)
    _, _, (((args, kwargs),)) = served([(matrix,)], key={"W1": matrix})
    for given in (args[0][0][0], kwargs["key"]["W1"]):
        assert given.dtype == (dtype if dtype in ("f4", "c8") else float)
        np.testing.assert_array_equal(given, matrix)


def test_lists_of_sizes_stay_whole_numbers():
    sizes = np.array([3, 2, 1])
    _, _, (((args, _),)) = served(sizes)
    assert args[0] is sizes


@pytest.mark.parametrize(
    ("asked", "kind"),
    [
        (None, "ImportError"),
        ({}, "ImportError"),
        ({"name": ["f"]}, "ImportError"),
        ({"name": "f", "args": 3}, "TypeError"),
        ({"name": "f", "kwargs": [1]}, "TypeError"),
    ],
)
def test_what_is_no_call_is_an_exception_of_the_students(asked, kind):
    answer, body = serve_reference({"f": lambda *args: None}, asked)
    assert (answer, body["type"]) == ("raised", kind)


def test_a_function_that_does_not_tell_its_parameters_is_no_fault_of_the_judge():
    body = {"name": "f", "args": (3,), "kwargs": {}}
    assert serve_reference({"f": max}, body)[1]["type"] == "TypeError"
    assert "refused" not in serve_reference({"f": max}, body)[1]
    assert serve_reference({"f": lambda: 3}, body)[1]["refused"]


def test_a_warning_about_numbers_is_no_exception():
    body = {"name": "f", "args": (np.zeros(1),), "kwargs": {}}
    # pytest runs with warnings as errors.
    assert serve_reference({"f": np.log}, body) == ("returned", {"value": -np.inf})


def test_memory_that_is_short_in_the_judge_is_no_fault_of_small_arrays():
    def function(A):
        raise MemoryError

    asked = {"name": "f", "args": (np.zeros((3, 4)),), "kwargs": {}}
    with pytest.raises(MemoryError):
        serve_reference({"f": function}, asked)
    kind, body = serve_reference({"f": function}, asked | {"args": (np.zeros((500, 4)),)})
    assert (kind, body["type"]) == ("raised", "MemoryError")


def test_a_function_that_is_random_draws_from_the_seed_that_comes_with_the_call():
    asked = {"name": "f", "args": (), "kwargs": {}}

    def drawn(seed):
        kind, body = serve_reference({"f": np.random.rand}, asked | {"seed": seed})
        assert kind == "returned"
        return body["value"]

    assert drawn(np.array(3)) == drawn(np.array(3)) != drawn(np.array(4))
    # What is no seed changes nothing.
    others = (np.array(-1), np.array(2**32), np.array([3, 3]), np.array(True), np.array(3.0), 3)
    assert len({drawn(seed) for seed in (np.array(4), *others, "3", None)}) == 9
