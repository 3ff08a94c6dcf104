"""Explanations by several mistakes: each part of an answer has its own cause."""

import copy
import re
from itertools import combinations

import numpy as np
import pytest

from grader_tests.catalogue import Misconception
from tests.reference import catalogue, each_function, entries, reference, sample
from tests.test_diagnosis import named
from workbook.course.cases import check_data
from workbook.course.exercises import is_class
from workbook.diagnosis.deviations import Deviation, Deviations, deviations
from workbook.diagnosis.explain import explain
from workbook.diagnosis.fingerprints import Fingerprint
from workbook.diagnosis.known import Known, known_mistakes
from workbook.diagnosis.observation import observe
from workbook.diagnosis.parts import wrong_parts
from workbook.diagnosis.view import put

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")


def together(name, one, other):
    """Return an answer with the mistakes of both, each in the parts where it shows."""

    def answer(*args):
        found = one(*copy.deepcopy(args))
        right = getattr(reference, name)(*copy.deepcopy(args))
        for place, part in wrong_parts(other(*copy.deepcopy(args)), right).items():
            found = put(found, place, part)
        return found

    return answer


def apart(name):
    """Yield pairs of known mistakes that touch different parts of an answer, and nothing else."""
    first = check_data(name).cases[0]
    parts = first.expected if isinstance(first.expected, tuple) else (first.expected,)
    # Of a few whole numbers, two mistakes are a guess.
    if is_class(name) or first.is_random or all(isinstance(one, int) for one in parts):
        return
    known = {one.sentences[0]: one for one in known_mistakes(check_data(name)) if one.written}
    plain = [
        (entry, {place for case in does.cases for place in case.wrong})
        for entry in entries(name, Misconception)
        for does in [known[entry.sentence].does]
        if not does.second_call
        and not any(c.raised or c.changed or c.extra or () in c.wrong for c in does.cases)
        and not any(m.structure == "missing" for c in does.cases for m in c.wrong.values())
        and not re.search("right, but|^This is ", entry.sentence)
    ]
    for (one, places), (other, others) in combinations(plain, 2):
        inside = any(a[: len(b)] == b or b[: len(a)] == a for a in places for b in others)
        if not inside:
            yield one, other


@each_function
def test_two_mistakes_in_different_parts_are_both_named(name):
    # Two may together be a third, which is named then.
    whole = [entry.sentence for entry in entries(name, Misconception)]
    for one, other in sample(apart(name), 4):
        found = named(name, together(name, one.function, other.function))
        both = one.sentence in found and other.sentence in found
        assert both or found in whole, (one.name, other.name, found)


# What explains what.


def known(sentence, *cases, written=True, second_call=""):
    """Return a known mistake by the number that it gives in each part of each case."""
    return Known((sentence,), does(*cases, second_call=second_call), written)


def does(*cases, second_call=""):
    return Deviations(tuple(map(deviation, cases)), second_call)


def deviation(numbers):
    return Deviation({(part,): Fingerprint("number", n, 1.0) for part, n in numbers.items()})


WHOLE = known("All are twice.", {"W1": 2, "b1": 4}, {"W1": 6, "b1": 8})
FIRST = known("W1 stays.", {"W1": 1}, {"W1": 1})
BIAS = known("b1 is 9.", {"b1": 9}, {"b1": 9})
MADE = known("b1 comes out as 9.", {"b1": 9}, {"b1": 9}, written=False)
OTHER = known("W1 is 5.", {"W1": 5}, {"W1": 5})


@pytest.mark.parametrize(
    ("mistakes", "seen", "said"),
    [
        # One mistake that explains all.
        ([FIRST, WHOLE], does({"W1": 2, "b1": 4}, {"W1": 6, "b1": 8}), ["All are twice."]),
        # One in each part, in the order of the parts.
        ([BIAS, FIRST], does({"W1": 1, "b1": 9}, {"W1": 1, "b1": 9}), ["W1 stays.", "b1 is 9."]),
        # One hides a part of the other.
        (
            [WHOLE, FIRST],
            does({"W1": 1, "b1": 4}, {"W1": 1, "b1": 8}),
            ["W1 stays.", "All are twice."],
        ),
        # A mistake that should show in the second case, and does not, explains nothing.
        ([FIRST], does({"W1": 1}, {}), []),
        # A written mistake is better than one made by a rule.
        ([MADE, BIAS], does({"b1": 9}, {"b1": 9}), ["b1 is 9."]),
        ([MADE], does({"b1": 9}, {"b1": 9}), ["b1 comes out as 9."]),
        # What nothing tells apart is not said.
        ([BIAS, known("b1 is odd.", {"b1": 9}, {"b1": 9})], does({"b1": 9}, {"b1": 9}), []),
        # A part in which nothing is known stays unexplained.
        ([FIRST, BIAS], does({"W1": 1, "b1": 7}, {"W1": 1, "b1": 7}), ["W1 stays."]),
    ],
)
def test_the_smallest_set_of_mistakes_explains_an_answer(mistakes, seen, said):
    assert list(explain(mistakes, seen).sentences) == said


def test_what_is_not_explained_is_told():
    found = explain([FIRST, OTHER], does({"W1": 1, "b1": 7}, {"W1": 1}))
    assert (found.sentences, found.unexplained) == (("W1 stays.",), (("b1",),))
    assert not found.complete


def test_an_exception_in_some_cases_does_not_hide_the_parts_of_others():
    wrong = catalogue("linear_backward").dW_transposed

    def answer(dZ, cache):
        if dZ.shape[1] == 1:
            raise ValueError("could not broadcast")
        return wrong(dZ, cache)

    assert named("linear_backward", answer) == wrong.declared.sentence


def test_a_mistake_is_found_in_low_precision_too():
    wrong = catalogue("linear_backward").dW_transposed

    def answer(dZ, cache):
        found = wrong(dZ.astype(np.float32), tuple(one.astype(np.float32) for one in cache))
        return tuple(one.astype(np.float64) for one in found)

    assert named("linear_backward", answer) == wrong.declared.sentence


def test_a_right_answer_does_nothing_else():
    cases = check_data("linear_backward").cases
    assert not deviations(observe(reference.linear_backward, cases), cases)
