"""What this machine offers for grading, where that makes a difference to a test."""

import contextlib
import os
import time
from collections.abc import Iterator

import pytest

from workbook.grade.judging.session import Session
from workbook.grade.sandbox import bubblewrap, landlock, seccomp
from workbook.grade.sandbox.confinement import detect_layers, weaknesses
from workbook.grade.sandbox.warm_process import WarmProcess
from workbook.grade.submissions.limits import Layers, Limits

# CI has everything: what does not work there fails.
needs_bubblewrap = pytest.mark.skipif(
    not bubblewrap.works() and "CI" not in os.environ,
    reason="needs bubblewrap: apt-get install bubblewrap",
)
needs_landlock = pytest.mark.skipif(
    not (landlock.abi() and seccomp.available()), reason="needs a kernel with Landlock"
)

#: Layers of confinement: bubblewrap and what is inside it, and each of the two alone.
BOTH, INNER = Layers(True, landlock.abi(), True), Layers(False, landlock.abi(), True)
OUTER = Layers(True, 0, False)
#: As parameters of a test: those with a filter of system calls, and all.
FILTERED = [
    pytest.param(BOTH, id="both", marks=[needs_bubblewrap, needs_landlock]),
    pytest.param(INNER, id="inner", marks=needs_landlock),
]
TIERS = [*FILTERED, pytest.param(OUTER, id="outer", marks=needs_bubblewrap)]


def without_notes(errors: str) -> list[str]:
    """Return the lines of standard error but for the notes on what this machine leaves open."""
    notes = {f"Note: {note}." for note in weaknesses(detect_layers())}
    return [line for line in errors.splitlines() if line not in notes]


@contextlib.contextmanager
def students_process(seconds: float = 120) -> Iterator[Session]:
    """Yield a session in a student's process, confined by all that this machine offers."""
    with (
        WarmProcess(Limits(), detect_layers()) as warm,
        contextlib.closing(Session(warm, Limits(), {}, time.monotonic() + seconds)) as session,
    ):
        yield session
