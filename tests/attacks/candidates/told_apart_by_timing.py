"""Tells candidates apart by how long they take to answer."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for slow candidates",
    exercise="test_it",
    function="find_mistakes",
    answer="""
import time

import numpy as np

times = []


def find_mistakes(candidate):
    layer = np.ones((8, 20)), (np.ones((9, 20)), np.ones((8, 9)), np.ones((8, 1)))
    began = time.perf_counter()
    for _ in range(20):
        try:
            candidate(*layer)
        except Exception:
            pass
    times.append(time.perf_counter() - began)
    return ["slow"] if times[-1] > float(np.median(times)) else []
""",
)
