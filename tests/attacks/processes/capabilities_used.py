"""Uses what root may do: other users, clocks, names, limits, accounts and the kernel's log."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine that belongs to the student",
    answer=STUB
    + """
import ctypes
import os
import resource

libc = ctypes.CDLL(None, use_errno=True)
name = os.uname().nodename.encode()


def unlimited():
    resource.setrlimit(resource.RLIMIT_AS, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    return 0


for what, use in {
    "another user": lambda: os.setresuid(1, 1, 0) or 0,
    "a name for the machine": lambda: libc.sethostname(name, len(name)),
    "accounts": lambda: libc.acct(None),
    "the kernel's log": lambda: libc.klogctl(10, None, 0),
    "more memory": unlimited,
    "another root": lambda: os.chroot(".") or 0,
    "less of other processes": lambda: os.nice(-1) * 0,
}.items():
    try:
        if use() >= 0:
            succeeded(what)
    except (OSError, ValueError):
        pass
""",
)
