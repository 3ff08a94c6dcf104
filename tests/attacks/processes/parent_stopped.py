"""Stops its parent with SIGSTOP, so that the grading waits for ever."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that hangs",
    answer=STUB
    + """
import os
import signal
import threading

parent = os.getppid()


def go_on():
    os.kill(parent, signal.SIGCONT)


# For ever is too long for a test.
timer = threading.Timer(10, go_on)
timer.daemon = True
if parent > 1:
    try:
        os.kill(parent, 0)
        timer.start()
        os.kill(parent, signal.SIGSTOP)
        succeeded("stopped its parent")
    except OSError:
        pass
""",
)
