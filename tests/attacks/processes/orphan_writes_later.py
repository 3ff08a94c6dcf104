"""Leaves an orphan, by a double fork and a session of its own, that writes when it is over."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a process that outlives the grading",
    answer=STUB
    + """
import os
import time

try:
    child = os.fork()
except OSError:
    child = None
if child == 0:
    os.setsid()
    if os.fork() == 0:
        # It gives up by itself after some seconds: nobody may be there to end it.
        for _ in range(12):
            time.sleep(0.5)
            try:
                with open(WITNESS + "/" + NAME, "a") as file:
                    file.write("still there\\n")
            except OSError:
                pass
    os._exit(0)
elif child is not None:
    os.waitpid(child, 0)
""",
)
