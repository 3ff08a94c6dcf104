"""Starts threads until there are no more, here at most 500, and keeps them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine without free processes",
    answer=STUB
    + """
import threading
import time

for _ in range(500):
    threading.Thread(target=time.sleep, args=(60,), daemon=True).start()
if threading.active_count() > 300:
    succeeded(f"{threading.active_count()} threads")
""",
    limits=("processes",),
)
