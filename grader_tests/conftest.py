"""`pytest grader_tests` runs the hidden tests on the reference."""

import importlib
import secrets
from pathlib import Path

import pytest

from workbook.course.hidden_tests import generator
from workbook.course.scripted import as_function

SEED = secrets.randbits(32)


def pytest_report_header():
    return f"seed of the hidden tests: {SEED}"


@pytest.fixture
def student(request):
    """The function under test: here, the reference of the same name; a class takes scripts."""
    name = Path(request.path).stem
    return as_function(getattr(importlib.import_module(f"solutions.{name}"), name))


@pytest.fixture
def rng(request):
    """A random generator of this test's own, from a seed that differs in every run."""
    return generator(SEED, request.node.name)
