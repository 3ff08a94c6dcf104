"""Fuzzing of all that reads what a student has made: files, the wire; and of a grading at that.

Modules that draw stand beside those that say what must hold: `damaged` and `archived` beside
`reading`; `frames` and `plays` beside `properties` and `rogue`; `grading` has both. `python -m
tests.fuzz` runs them for minutes, each time with other examples; tests/test_fuzz.py, test_wire.py
and test_wire_session.py with the same few in every run.
"""

from hypothesis import settings


def examples(count=100):
    """Return the settings of a test with so many examples; tests/conftest.py has the others."""
    return settings(max_examples=count)
