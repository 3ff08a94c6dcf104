"""What an answer earns: a single mistake at least half, and what ignores its inputs hardly any."""

import copy
import warnings
from functools import partial

import numpy as np

from grader_tests.catalogue import Misconception
from tests.reference import COURSE, each_entry, each_function
from tests.seeds import verdicts
from workbook.course.cases import check_data
from workbook.course.exercises import FUNCTIONS, find_function
from workbook.course.findings import Findings
from workbook.course.scripted import as_function
from workbook.course.visible import part_differences, wanted_parts

#: What these take are sizes: an answer of the right shapes does not ignore them.
INITIALISERS = [name for name in FUNCTIONS if name.startswith("initialize_")]


def right_parts(name, function):
    """Return the parts of an answer that are right wherever a public case asks for them.

    What stands in the inputs, or is 0 or 1 throughout, is right before anything is computed: it is
    none of them. So everything is wrong if parameters come back unmoved, or no penalty is added.
    """
    known, right, wrong = find_function(name), set(), set()
    for case in check_data(name).cases:
        got = answer_to(function, case)
        for part, at, want in wanted_parts(known.returns, case.expected):
            value = got if len(known.returns) == 1 else part_of(got, at, len(known.returns))
            is_wrong = list(part_differences(known.returns[at], value, want, case))
            if is_wrong:
                wrong.add(part)
            elif is_computed(want, case.args):
                right.add(part)
    right -= wrong
    # The numbers of a class are right as soon as it stores them: not so if all gradients are wrong.
    lost = {attribute_of(part) for part in wrong} - {attribute_of(part) for part in right}
    return set() if known.is_class and lost else right


def is_computed(want, args):
    """Return whether a part of a right answer is neither an input nor 0 or 1 throughout."""
    if isinstance(want, dict | list | tuple):
        parts = want.values() if isinstance(want, dict) else want
        return any(is_computed(one, args) for one in parts)
    array = np.asarray(want)
    is_input = any(np.array_equal(array, given) for given in leaves(args))
    return not (is_input or np.all(array == 0) or np.all(array == 1))


def attribute_of(part):
    """Return ``grad`` for a part such as ``x.grad after z.backward()``."""
    return part.partition(" ")[0].rpartition(".")[2]


def answer_to(function, case):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return as_function(function)(*copy.deepcopy(case.args))
        except Exception:
            return None


def part_of(got, at, count):
    is_whole = isinstance(got, tuple | list) and len(got) == count
    return got[at] if is_whole else None


def earned(name, function):
    """Return the share of a function's points that an answer earns."""
    found = verdicts(name, function, 1)
    return sum(one.points for one in found) / sum(one.max_points for one in found)


@each_entry(Misconception, step=8)
def test_a_single_mistake_costs_at_most_half_unless_everything_is_wrong(name, entry):
    if right_parts(name, entry.function):
        assert earned(name, entry.function) >= 0.5


def leaves(value):
    """Yield the arrays of a tree of containers."""
    if isinstance(value, dict | list | tuple):
        for one in value.values() if isinstance(value, dict) else value:
            yield from leaves(one)
    elif isinstance(value, np.ndarray):
        yield value


def filled(value, new):
    """Return a tree of containers with other numbers in it: those that ``new`` makes of each."""
    if isinstance(value, dict):
        return {key: filled(one, new) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(filled(one, new) for one in value)
    if isinstance(value, np.ndarray):
        return new(value)
    return type(value)(new(np.array(value))) if isinstance(value, int | float) else value


def answers_that_ignore_their_inputs(name):
    """Yield answers that compute nothing, each with what it does."""
    reference = as_function(COURSE.reference(name))
    first = check_data(name).cases[0].args
    yield "one fixed answer", lambda *args: reference(*copy.deepcopy(first))
    yield "None", lambda *args: None
    yield "the first input", lambda *args: args[0]
    yield "all inputs", lambda *args: args
    # Of a list of findings there are no numbers to replace.
    finds = isinstance(check_data(name).cases[0].expected, Findings)
    if finds:
        yield "a finding, whatever is asked", lambda *args: ["something is wrong"]
        yield "a draw", lambda *args: ["luck"] * np.random.randint(2)
        yield "nothing", lambda *args: []
    elif name not in INITIALISERS:
        for title, new in (
            ("zeros", np.zeros_like),
            ("ones", np.ones_like),
            ("random numbers", lambda one: np.random.standard_normal(one.shape)),
        ):
            yield title, lambda *args, new=new: filled(reference(*args), new)
        yield "the inputs of these shapes", partial(of_the_inputs, reference)


def of_the_inputs(reference, *args):
    """Return in place of each array of the right answer an input of its shape, if there is one."""
    given = list(leaves(args))

    def like(one):
        alike = (array for array in given if array.shape == one.shape)
        return next(alike, np.zeros_like(one))

    return filled(reference(*args), like)


@each_function
def test_an_answer_that_ignores_its_inputs_earns_at_most_a_fifth(name):
    found = {title: earned(name, one) for title, one in answers_that_ignore_their_inputs(name)}
    assert not {title: share for title, share in found.items() if share > 0.2}
