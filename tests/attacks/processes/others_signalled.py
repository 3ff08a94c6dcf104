"""Finds out which of the grader's processes it can signal, by the signal that does nothing."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="signals to processes of other submissions and of the instructor",
    answer=STUB
    + """
import os

for other in range(1, 2**15):
    if other != os.getpid():
        try:
            os.kill(other, 0)
            succeeded(f"could signal process {other}")
            break
        except OSError:
            pass
try:
    os.killpg(os.getpgid(os.getppid()), 0)
    succeeded("could signal the group of its parent")
except OSError:
    pass
""",
)
