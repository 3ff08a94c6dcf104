"""Calls a candidate from many threads at once, so that answers cross."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="answers to one candidate taken for those to another",
    exercise="test_it",
    function="find_mistakes",
    other_ends=("crashed", "timeout"),
    answer="""
import threading

import numpy as np


def find_mistakes(candidate):
    def call():
        for _ in range(20):
            try:
                candidate(np.ones((2, 4)), (np.ones((3, 4)), np.ones((2, 3)), np.ones((2, 1))))
            except BaseException:
                return

    threads = [threading.Thread(target=call, daemon=True) for _ in range(8)]
    for thread in threads:
        thread.start()
    return [] if len(threads) % 2 else ["threads"]
""",
)
