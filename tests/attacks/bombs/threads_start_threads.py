"""Has threads with tiny stacks start further ones, all at once, until it has thousands."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine without free processes",
    answer=STUB
    + """
import threading
import time

threading.stack_size(2**15)


def start_others():
    try:
        while threading.active_count() < 3000:
            threading.Thread(target=start_others, daemon=True).start()
    except RuntimeError:
        time.sleep(30)


starter = threading.Thread(target=start_others, daemon=True)
starter.start()
starter.join(0.3)
if threading.active_count() > 300:
    succeeded(f"{threading.active_count()} threads")
threading.Thread(target=print).start()
""",
    limits=("processes",),
)
