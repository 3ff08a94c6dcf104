"""Loops without end in its cell, ignores all signals and swallows every exception."""

from tests.attacks.suite import Attack

# It gives up after five minutes, in case that nobody ends it.
ATTACK = Attack(
    harm="a grader that hangs",
    answer="""
import signal
import time

for number in signal.valid_signals():
    try:
        signal.signal(number, signal.SIG_IGN)
    except (OSError, ValueError):
        pass
end = time.monotonic() + 300
while time.monotonic() < end:
    try:
        while time.monotonic() < end:
            pass
    except BaseException:
        continue
""",
    status="timeout",
    limits=("cell_seconds",),
)
