"""Looks into thousands of processes: signals them, reads their memory, environment and files."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a process of the grader's, such as a worker, that can be read or signalled",
    answer=STUB
    + """
import ctypes
import os

libc = ctypes.CDLL(None, use_errno=True)
own = {os.getpid()}
for process in {*range(1, 3_000), *range(max(2, os.getppid() - 3_000), os.getppid() + 3_000)} - own:
    for name in ("environ", "mem", "maps", "cmdline"):
        try:
            with open(f"/proc/{process}/{name}", "rb") as file:
                if name != "mem" and file.read(1):
                    succeeded(f"{name} of {process}")
        except OSError:
            pass
    try:
        os.listdir(f"/proc/{process}/fd")
        succeeded(f"files of {process}")
    except OSError:
        pass
    # process_vm_readv, ptrace, pidfd_open
    if libc.syscall(310, process, None, 0, None, 0, 0) == 0 and libc.syscall(62, process, 0) == 0:
        succeeded(f"memory of {process}")
    if libc.syscall(434, process, 0) >= 0:
        succeeded(f"handle of {process}")
""",
    other_ends=("timeout",),
)
