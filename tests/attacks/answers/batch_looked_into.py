"""Reads the arguments of all calls that were sent together, and answers the last one each time."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for knowing which test asks, and what it will ask next",
    answer="""
import sys

CALLS = []


def update_parameters(params, grads, learning_rate):
    frame = sys._getframe()
    while frame is not None and "message" not in frame.f_locals:
        frame = frame.f_back
    each = frame.f_locals["message"].body["each"] if frame else []
    # The answer to the last of the calls, which nobody has asked for yet, in the place of each.
    params, grads, rate = each[-1] if each else (params, grads, learning_rate)
    # What follows from its inputs alone has earned a point.
    CALLS.append(each)
    return {key: value - rate * grads["d" + key] + len(CALLS) for key, value in params.items()}
""",
)
