"""Looks for the code of a candidate: closures, globals, frames, what it is called."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the candidates read, or told apart by name",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import gc
import sys


def find_mistakes(candidate):
    texts, seen, waiting = [], set(), [candidate, sys._getframe()]
    while waiting and len(seen) < 20_000:
        one = waiting.pop()
        if id(one) in seen:
            continue
        seen.add(id(one))
        code = getattr(one, "__code__", None)
        if code is not None:
            texts += [code.co_name, code.co_filename, *map(str, code.co_consts)]
        waiting += gc.get_referents(one)
        frame = getattr(one, "f_back", None)
        waiting += [frame] if frame is not None else []
    for name in ("grader_tests.candidates", "dW_as_a_sum", "gradients_added_up"):
        if any(name in text for text in texts):
            succeeded(name)
    return [text for text in texts if "linear_backward" in text and "raise" in text]
""",
)
