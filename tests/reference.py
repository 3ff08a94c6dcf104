"""The course of this checkout: its reference solutions, and the answers of its catalogue."""

from pathlib import Path
from types import SimpleNamespace

import pytest

from workbook.course.exercises import FUNCTIONS
from workbook.course.folder import Course

ROOT = Path(__file__).resolve().parents[1]
COURSE = Course(ROOT)

#: The reference solutions by their names, as in ``reference.linear_forward(A, W, b)``.
reference = SimpleNamespace(**{name: COURSE.reference(name) for name in FUNCTIONS})

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


def each_entry(kind):
    """Run a test with each entry of one kind, as its arguments `name` and `entry`."""
    found = [(name, entry) for name in FUNCTIONS for entry in entries(name, kind)]
    ids = [f"{name}-{entry.name}" for name, entry in found]
    return pytest.mark.parametrize(("name", "entry"), found, ids=ids)
