"""Looks through all that its process has open for a folder, a file or a socket of the grader's."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="what the process from which it was forked has open",
    answer=STUB
    + """
import os
import socket
import stat

sockets = 0
for handle in range(3, 70_000):
    try:
        mode = os.fstat(handle).st_mode
    except OSError:
        continue
    if stat.S_ISDIR(mode):
        succeeded(f"a folder, {handle}")
    elif stat.S_ISREG(mode):
        succeeded(f"a file, {handle}")
    elif stat.S_ISSOCK(mode):
        sockets += 1
    for above in ("..", "/proc/self/root", "."):
        try:
            os.close(os.open(above, os.O_RDONLY, dir_fd=handle))
            succeeded(f"{above} from {handle}")
        except (OSError, NotImplementedError):
            pass
if sockets > 1:
    succeeded(f"{sockets} sockets")
""",
)
