"""What this machine offers for grading, where that makes a difference to a test."""

import os

import pytest

from workbook.grade.sandbox import bubblewrap
from workbook.grade.sandbox.confinement import detect_layers, weaknesses

# CI has everything: what does not work there fails.
needs_bubblewrap = pytest.mark.skipif(
    not bubblewrap.works() and "CI" not in os.environ,
    reason="needs bubblewrap: apt-get install bubblewrap",
)


def without_notes(errors: str) -> list[str]:
    """Return the lines of standard error but for the notes on what this machine leaves open."""
    notes = {f"Note: {note}." for note in weaknesses(detect_layers())}
    return [line for line in errors.splitlines() if line not in notes]
