"""Leases, locks and watches files of the library, for which everybody who opens them waits."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a class that waits while it imports, or is watched",
    answer=STUB
    + """
import fcntl
import os

import numpy

SET_LEASE, NOTIFY = 1024, 1026
library = os.open(numpy.__file__, os.O_RDONLY)
folder = os.open(os.path.dirname(numpy.__file__), os.O_RDONLY)
for what, hold in {
    "a lease": lambda: fcntl.fcntl(library, SET_LEASE, fcntl.F_RDLCK),
    "a lease for writing": lambda: fcntl.fcntl(library, SET_LEASE, fcntl.F_WRLCK),
    "a notice": lambda: fcntl.fcntl(folder, NOTIFY, fcntl.DN_ACCESS),
}.items():
    try:
        hold()
        succeeded(what)
    except OSError:
        pass
# A lock that says that it is one, and is none, is seen when it is taken twice.
fcntl.flock(library, fcntl.LOCK_EX)
try:
    fcntl.flock(os.open(numpy.__file__, os.O_RDONLY), fcntl.LOCK_EX | fcntl.LOCK_NB)
except OSError:
    succeeded("a lock")
""",
)
