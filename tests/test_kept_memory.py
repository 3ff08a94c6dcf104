"""Memory that is free stays with a process that has many short messages."""

import platform
import subprocess
import sys

import pytest

PROGRAM = """
from resource import RUSAGE_SELF, getrusage

from workbook.grade.sandbox.kept_memory import keep_memory

keep_memory()
faults = []
for _ in range(3):
    message = [b"x" * 100_000 for _ in range(5)]
    del message
    faults.append(getrusage(RUSAGE_SELF).ru_minflt)
print(faults[2] - faults[1])
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="of the GNU C library")
def test_memory_of_a_message_is_used_for_the_next_one():
    command = [sys.executable, "-c", PROGRAM]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    # Else they are 120, its pages.
    assert int(done.stdout) < 20
