"""The lab in which the learner judges: its candidates, its budget, and what grading withholds."""

import copy

import numpy as np
import pytest

from grader_tests.candidates import ALL_RIGHT, KINDS, candidate_of
from solutions.linear_backward import linear_backward
from tests.reference import COURSE
from workbook.candidates import BUDGET, candidates
from workbook.course.cases import from_json, to_json
from workbook.course.exercises import Exercise, Function, earlier_functions, find
from workbook.course.findings import Findings, in_brief
from workbook.course.given.candidates import CANDIDATES, Candidate
from workbook.course.hidden_tests import run
from workbook.grade.judging.reference_calls import references, serve_reference
from workbook.learn.check.check import make_card

LAB = find("test_it")
EDGES = ("one example", "one unit", "inputs", "calls", "sizes")


def layer(n_prev=3, n_l=2, m=4, seed=0):
    draw = np.random.default_rng(seed).standard_normal
    return draw((n_l, m)), (draw((n_prev, m)), draw((n_l, n_prev)), draw((n_l, 1)))


def is_right_once(candidate, dZ, cache):
    """Return whether one call gives right shapes and numbers; nothing else is looked at."""
    right, got = linear_backward(dZ, cache), candidate(dZ.copy(), copy.deepcopy(cache))
    return all(
        np.shape(a) == b.shape and np.allclose(a, b) for a, b in zip(got, right, strict=True)
    )


@pytest.mark.parametrize("kind", EDGES)
def test_an_ordinary_look_finds_nothing_of_what_shows_at_an_edge_alone(kind):
    wrong, _ = KINDS[kind]
    assert all(is_right_once(candidate_of(one), *layer()) for one in wrong)


def test_each_other_mistake_shows_in_shapes_or_in_numbers_alone():
    dZ, cache = layer()
    right = linear_backward(dZ, cache)
    for kind in ("shapes", "dW and db", "dA_prev"):
        for one in KINDS[kind][0]:
            got = candidate_of(one)(dZ.copy(), copy.deepcopy(cache))
            shapes = [np.shape(a) == b.shape for a, b in zip(got, right, strict=True)]
            if kind == "shapes":
                assert not all(shapes)
                numbers, wanted = (
                    [np.unique(np.round(a, 9)) for a in three] for three in (got, right)
                )
                assert all(map(np.array_equal, numbers, wanted))
            else:
                assert all(shapes)
                assert not all(map(np.allclose, got, right))


@pytest.mark.parametrize("one", ALL_RIGHT, ids=lambda one: one.__name__)
def test_a_right_style_is_right_for_all_sizes_and_call_after_call(one):
    candidate = candidate_of(one)
    for sizes in ((3, 2, 4), (3, 2, 1), (3, 1, 4), (1, 2, 4)):
        for size in (1e-6, 1.0, 1e6):
            for seed in (1, 2, 1):
                dZ, cache = layer(*sizes, seed)
                before = copy.deepcopy((size * dZ, cache))
                given = copy.deepcopy(before)
                answer = candidate(*given)
                for got, want in zip(answer, linear_backward(*before), strict=True):
                    assert got.shape == want.shape
                    assert np.abs(got - want).max() <= 1e-9 * np.abs(want).max()
                assert all(map(np.array_equal, (given[0], *given[1]), (before[0], *before[1])))


def test_a_budget_is_a_candidates_own_and_begins_anew_with_a_copy():
    candidate = Candidate(lambda: lambda *args: len(args))
    for _ in range(BUDGET["calls"]):
        assert candidate(1, 2) == 2
    assert not candidate.is_spent
    with pytest.raises(RuntimeError, match="may be called 200 times, and no more"):
        candidate(1, 2)
    assert candidate.is_spent
    assert copy.deepcopy(candidate)(1) == 1
    fresh = copy.deepcopy(candidate)
    fits = np.zeros(BUDGET["numbers"] - 2)
    assert fresh(fits, [1], {"b": 2}) == 3
    with pytest.raises(RuntimeError, match="at most 2,000 numbers in a call"):
        fresh(fits, [1, 1], {"b": 2})


def test_no_answer_is_larger_than_a_layer():
    """Arrays with few numbers, or none, whose product has millions: a candidate may keep it."""
    for rows, inputs, examples in ((500, 990, 1), (500, 990, 0), (2700, 2700, 0)):
        candidate = candidate_of(KINDS["calls"][1][0])
        for fewer in range(4):
            arrays = map(np.zeros, ((inputs, examples), (rows - fewer, 0), (1, 1)))
            expected = pytest.raises(RuntimeError, match=r"at most 2,000 numbers|and no more")
            with np.errstate(all="ignore"), expected:
                candidate(np.zeros((rows - fewer, examples)), tuple(arrays))
        kept = candidate._function.__closure__[0].cell_contents.values()
        assert sum(array.size for answer in kept for array in answer) < 10**6


@pytest.mark.parametrize("args", [(), (1,), (1, 2, 3)], ids=len)
def test_a_call_that_cannot_be_says_no_name(args):
    functions = {*ALL_RIGHT, *(one for group in KINDS.values() for some in group for one in some)}
    said = set()
    for function in functions:
        with pytest.raises(TypeError, match="a candidate cannot be called like this: ") as caught:
            candidate_of(function)(*args)
        said.add(str(caught.value))
    assert len(said) == 1


def verdicts_of(find_mistakes):
    found = run(COURSE.hidden_tests("find_mistakes"), find_mistakes, 1)
    # pytest adds lines on what was asserted.
    return {one.name: one.message.partition("\n")[0] for one in found}


def test_a_test_that_exceeds_the_budget_is_told_so():
    def find_mistakes(candidate):
        try:
            candidate(*layer(30, 40, 50))
        except Exception as error:
            return [str(error)]
        return []

    assert verdicts_of(find_mistakes)["test_finds_wrong_shapes"] == (
        "of 4 wrong candidates, 0 passed; of 2 right ones, 2 were refused; in 14 of 14 tries the "
        "candidate was called more often, or with more numbers, than it may be, and ended with an "
        "exception"
    )


def test_one_right_candidate_that_is_refused_was_refused():
    def find_mistakes(candidate):
        answer = candidate(*layer())
        return [] if isinstance(answer, tuple) else ["no tuple"]

    assert verdicts_of(find_mistakes)["test_finds_wrong_shapes"] == (
        "of 4 wrong candidates, 4 passed; of 2 right ones, 1 was refused"
    )


def test_what_a_candidate_raises_is_told_apart_from_what_its_test_raises():
    def find_mistakes(candidate):
        return [] if candidate(*layer(m=1))[2].shape == (2, 1) else ["a shape"]

    card = make_card(find_mistakes)
    (entry,) = (one for one in card.failed if "it ends with an exception" in one.verdict.title)
    assert "the candidate has raised it: cannot access local variable" in entry.verdict.message
    assert entry.verdict.message.endswith("that is a mistake that you have found: catch it")
    assert card.diagnosis.startswith("Your test ends with UnboundLocalError in the case “it ends")
    assert "come back are right" not in card.diagnosis

    def calls_it_wrongly(candidate):
        return [candidate(1)]

    message = make_card(calls_it_wrongly, "find_mistakes").failed[0].verdict.message
    assert "the candidate has raised it" not in message


def test_candidates_have_forgotten_what_was_asked_before():
    dZ, cache = layer()
    first = candidates()["adds_up"](dZ, cache)[1]
    np.testing.assert_array_equal(candidates()["adds_up"](dZ, cache)[1], first)


def test_a_public_case_names_its_candidate_and_what_is_to_be_found():
    case = (CANDIDATES["flat_db"],), Findings(True)
    assert to_json(case) == {"tuple": [{"tuple": [{"function": "flat_db"}]}, {"findings": True}]}
    (candidate,), found = from_json(to_json(case))
    assert candidate is CANDIDATES["flat_db"]
    assert (found, type(found)) == (Findings(True), Findings)


def test_of_findings_only_counts_whether_there_are_any():
    assert in_brief(("a", "b", 3), Findings(True)) == Findings(True)
    assert in_brief([], Findings(True)) == Findings(False)
    assert in_brief("text", Findings(False)) == "text"
    assert in_brief(["a", "b"], ["a", "b"]) == ["a", "b"]


def test_what_would_be_the_answer_is_not_served():
    served = references(COURSE, LAB)
    assert set(served) == {*earlier_functions(LAB)}
    dZ, cache = layer()
    for name, args in (
        ("linear_backward", (dZ, cache)),
        ("linear_activation_backward", (dZ, (cache, dZ), "relu")),
        ("L_model_backward", (dZ, dZ, [(cache, dZ)])),
    ):
        kind, body = serve_reference(served, {"name": name, "args": args, "kwargs": {}})
        assert (kind, body["type"]) == ("raised", "ImportError")
        assert body["message"].startswith(f"{name} is not available while this notebook is graded")
    kind, _ = serve_reference(served, {"name": "linear_forward", "args": cache, "kwargs": {}})
    assert kind == "returned"


def test_a_lab_withholds_nothing_unless_its_header_says_so():
    other = Exercise(99, "made_up", "5_labs", 1, (Function("one", ("a",)),))
    assert other.withheld == ()
    assert LAB.withheld == ("linear_backward", "linear_activation_backward", "L_model_backward")
