"""The messages of the warm-up are answered, and leave nothing behind."""

import subprocess
import sys

# In a process of its own: it changes what notebooks import.
_PROGRAM = """
import socket, sys
from workbook.grade.submissions.limits import Limits
from workbook.grade.sandbox.channel import Channel
from workbook.grade.sandbox.imports import import_for_notebooks
from workbook.grade.sandbox.requests import RequestHandler
from workbook.grade.sandbox.student import warm_up

said = sys.stdout
runner = import_for_notebooks(with_ipython=False)
before = dict(runner.names)
handler = RequestHandler(runner, None, Limits())
kept, make = [], Channel.send
Channel.send = lambda self, message: (kept.append(message), make(self, message))
warm_up(handler)
assert runner.names == before
assert handler.channel is None
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
