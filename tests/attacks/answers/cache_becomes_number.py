"""Puts a number into the caller's list where a cache was, for whoever looks at what changed."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="an exception in the judge, and no result",
    exercise="L_model_backward",
    answer="""
def L_model_backward(AL, Y, caches):
    caches[0] = 0.0
    return {}
""",
)
