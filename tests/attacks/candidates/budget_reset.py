"""Tries to reset a candidate's budget, and to have more calls from copies of it."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="more calls than the budget",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import copy
import pickle

import numpy as np
from workbook.course.given import candidates

candidates.BUDGET["calls"] = candidates.BUDGET["numbers"] = 10**9


def find_mistakes(candidate):
    layer = np.ones((2, 4)), (np.ones((3, 4)), np.ones((2, 3)), np.ones((2, 1)))
    others = [candidate]
    for copied in (copy.copy, copy.deepcopy, lambda one: pickle.loads(pickle.dumps(one))):
        try:
            others.append(copied(candidate))
        except Exception:
            pass
    answered = 0
    for other in others:
        for _ in range(150):
            try:
                other(*layer)
                answered += 1
            except RuntimeError:
                break
            except Exception:
                pass
    if answered > 200:
        succeeded(answered)
    return []
""",
)
