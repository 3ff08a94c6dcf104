"""Puts an object in the place of sys.stdout that changes the verdicts of who prints them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import dataclasses
import sys


class Output:
    def write(self, text):
        frame = sys._getframe(1)
        while frame is not None:
            verdicts = frame.f_locals.get("verdicts")
            if isinstance(verdicts, list):
                verdicts[:] = [
                    dataclasses.replace(v, passed=True, points=v.max_points) for v in verdicts
                ]
            frame = frame.f_back
        return len(text)

    def flush(self):
        pass


sys.stdout = sys.__stdout__ = Output()
""",
)
