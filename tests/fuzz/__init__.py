"""Fuzzing of what the judge reads from the student's process.

`properties` and `rogue` say what must hold; hypothesis draws what is sent, in tests/test_wire.py
and tests/test_wire_session.py: the same examples in every run. WORKBOOK_EXAMPLES=20000 asks for
20,000 of each test, and for other ones each time.
"""

import os

from hypothesis import settings


def examples(count=100):
    """Return the settings of a test with so many examples."""
    more = os.environ.get("WORKBOOK_EXAMPLES")
    return settings(deadline=None, derandomize=not more, max_examples=int(more or count))
