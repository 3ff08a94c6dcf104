"""What is rehearsed before there is a student is answered, and leaves nothing behind."""

import subprocess
import sys

# In a process of its own: it changes what notebooks import.
_PROGRAM = """
import socket, sys
from workbook.grade.sandbox import student
from workbook.grade.submissions.limits import Limits
from workbook.grade.sandbox.wire import Connection, WireError

said = sys.stdout
cells = student.warm_up(everything=False)
before = dict(cells.names)
session = student._Session(cells, None, Limits())
kept, make = [], Connection.send
Connection.send = lambda self, message: (kept.append(message), make(self, message))
student._rehearse(session)
assert cells.names == before
assert session.connection is None
print(*[message.kind for message in kept], file=said)
"""


def test_each_request_is_answered():
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=True
    )
    cell, other_cell, defined, *calls = done.stdout.split()
    assert [cell, other_cell, defined] == ["done"] * 3
    assert calls == ["earlier", "returned"] * (len(calls) // 2)
    assert len(calls) > 20
