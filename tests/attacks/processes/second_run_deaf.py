"""Ends the first run, and in the second one turns off the timer and loops without end."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a class that waits for ever",
    answer=STUB
    + """
import ctypes
import os
import signal
import sys

try:
    os._exit(0)
except RuntimeError:
    # In the second run.
    pass
signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
signal.setitimer(signal.ITIMER_REAL, 0)
ctypes.CDLL(None).alarm(0)
sys.setswitchinterval(1e6)
while True:
    try:
        while True:
            pass
    except BaseException:
        sys.settrace(None)
""",
    status="timeout",
    other_ends=("crashed",),
)
