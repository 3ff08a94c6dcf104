"""Waits at all of its sockets for open files that the grader's other end might pass on."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="an open file of the grader's",
    answer=STUB
    + """
import ctypes
import os
import socket

WITHOUT_WAITING = socket.MSG_PEEK | socket.MSG_DONTWAIT
libc = ctypes.CDLL(None, use_errno=True)
for handle in range(3, 256):
    try:
        one = socket.socket(fileno=os.dup(handle))
    except OSError:
        continue
    try:
        _, passed, *_ = one.recvmsg(1, socket.CMSG_SPACE(64 * 4), WITHOUT_WAITING)
        if passed:
            succeeded("an open file")
    except OSError:
        pass
    # pidfd_getfd, pidfd_open, kcmp: files of other processes
    for call in ((438, os.getppid(), handle, 0), (434, os.getppid(), 0)):
        if libc.syscall(*call) >= 0:
            succeeded(str(call))
""",
)
