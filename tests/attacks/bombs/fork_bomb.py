"""Forks as often as it can, here at most 100 times."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine without free processes",
    answer=STUB
    + """
import os
import time

for _ in range(100):
    try:
        child = os.fork()
    except OSError:
        break
    if child == 0:
        time.sleep(5)
        os._exit(0)
    succeeded("forked")
""",
)
