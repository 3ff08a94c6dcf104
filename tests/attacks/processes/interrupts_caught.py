"""Ends the first run, and in the second catches interruptions in its own loops and methods."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a second run that is never interrupted, and a class that waits",
    answer=STUB
    + """
import os
import signal

try:
    os._exit(0)
except RuntimeError:
    pass


class Stubborn:
    def __del__(self):
        while True:
            pass

    def __getattr__(self, name):
        while True:
            try:
                while True:
                    pass
            except BaseException:
                continue


signal.signal = lambda *args: None
globals()["__name__"] = "workbook.grade.sandbox.requests"
Stubborn().x
""",
    status="timeout",
    other_ends=("crashed", "graded"),
)
