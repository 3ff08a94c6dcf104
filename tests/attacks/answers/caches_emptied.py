"""Empties the caller's list of caches: of a network without layers, no gradient is missing."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks without an implementation",
    exercise="L_model_backward",
    answer="""
def L_model_backward(AL, Y, caches):
    caches.clear()
    return {}
""",
)
