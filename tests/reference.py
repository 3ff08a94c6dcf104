"""The course of this checkout: its reference solutions, and the answers of its catalogue."""

import contextlib
import functools
import itertools
import os
import subprocess
from collections import defaultdict
from pathlib import Path
from types import SimpleNamespace

import pytest

from workbook.course.exercises import FUNCTIONS
from workbook.course.folder import Course

ROOT = Path(__file__).resolve().parents[1]
COURSE = Course(ROOT)

#: The reference solutions by their names, as in ``reference.linear_forward(A, W, b)``.
reference = SimpleNamespace(**{name: COURSE.reference(name) for name in FUNCTIONS})

#: Whether everything is tried, as before a release, and not a sample of what takes long.
WHOLE = os.environ.get("WORKBOOK_TESTS") == "all"

#: Whether nothing waits for its turn, as before a change lands: `.ci/run` says `ci`.
NONE_WAITS = WHOLE or os.environ.get("WORKBOOK_TESTS") == "ci"

#: What takes long, and whose subject other tests look at as well: a release runs it, CI does not.
before_a_release = pytest.mark.skipif(not WHOLE, reason="only with WORKBOOK_TESTS=all")


def sample(things, step):
    """Return all of some things before a release, and else one in so many."""
    return list(things)[:: 1 if WHOLE else step]


def by_commit(things, step):
    """Return all of some things before a release, and else one in so many: others by each commit.

    It is for one rule that holds for many things, each of which might break it.
    """
    things = list(things)
    return things if WHOLE else things[turn() % min(step, len(things)) :: step]


def by_turns(things, step):
    """Return all of some things before a change lands, and else one in so many, as `by_commit`."""
    return list(things) if NONE_WAITS else by_commit(things, step)


def waiting(items, number):
    """Return the tests that wait for their turn: of those marked `in_turns(n)`, all but one in n.

    With each number others have their turn, and each test has it with one in n. Those of one
    function take turns, or those of several whose marks have the same second word.
    """
    together = defaultdict(list)
    for item in items:
        if mark := item.get_closest_marker("in_turns"):
            step, *group = mark.args
            together[step, *(group or (item.path, item.originalname))].append(item)
    return [
        item
        for (step, *_), some in together.items()
        for place, item in enumerate(some)
        if (place - number) % min(step, len(some))
    ]


@functools.cache
def turn():
    """Return a number of this commit; 0 where there is no repository."""
    asked = ["git", "-C", str(ROOT), "rev-parse", "HEAD"]
    with contextlib.suppress(OSError):
        return int(subprocess.run(asked, capture_output=True, check=False).stdout[:7] or b"0", 16)
    return 0


def in_turn(things, others):
    """Return each thing with each of some others before a release, and else with one, in turn."""
    others = list(others)
    if WHOLE:
        return list(itertools.product(things, others))
    return [(thing, others[number % len(others)]) for number, thing in enumerate(things)]


each_function = pytest.mark.parametrize("name", FUNCTIONS)


def catalogue(name):
    """Return the module that declares the wrong and the other right answers to an exercise."""
    return COURSE.module(f"grader_tests.misconceptions.{name}")


def entries(name, kind):
    """Return the entries of one kind of the catalogue of a function."""
    module = catalogue(name)
    # A test that has opened another course makes this one be imported anew, with new classes.
    declarations = COURSE.module("grader_tests.catalogue")
    return declarations.declared(module, getattr(declarations, kind.__name__))


def each_entry(kind, step=1):
    """Run a test with a sample of the entries of one kind, as its arguments `name` and `entry`."""
    found = sample(((name, entry) for name in FUNCTIONS for entry in entries(name, kind)), step)
    ids = [f"{name}-{entry.name}" for name, entry in found]
    return pytest.mark.parametrize(("name", "entry"), found, ids=ids)
