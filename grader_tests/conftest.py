"""`pytest grader_tests` runs the hidden tests on the reference."""

import importlib
import secrets
from pathlib import Path

import pytest

from workbook.course.hidden_tests import generator
from workbook.course.scripted import as_function
from workbook.grade.judging.reference_calls import too_large

SEED = secrets.randbits(32)


def pytest_report_header():
    return f"seed of the hidden tests: {SEED}"


@pytest.fixture
def student(request):
    """The function under test: here, the reference of the same name; a class takes scripts."""
    name = Path(request.path).stem
    reference = as_function(getattr(importlib.import_module(f"solutions.{name}"), name))

    def function(*args, **kwargs):
        # An answer may hand sizes and arrays on to an earlier function, which the judge serves.
        handed_on = [one for one in args if not isinstance(one, float | int)]
        assert not too_large(handed_on, kwargs), "the judge would serve nothing of this size"
        return reference(*args, **kwargs)

    return function


@pytest.fixture
def rng(request):
    """A random generator of this test's own, from a seed that differs in every run."""
    return generator(SEED, request.node.name)
