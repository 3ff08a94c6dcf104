"""Replaces the list of the calls that were sent together by one with a single call."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="tests that pass because their calls were never made",
    answer="""
import sys


def update_parameters(params, grads, learning_rate):
    frame = sys._getframe()
    while frame is not None and "message" not in frame.f_locals:
        frame = frame.f_back
    if frame is not None:
        frame.f_locals["message"].body["each"].clear()
    return {}
""",
    status="timeout",
    other_ends=("graded",),
)
