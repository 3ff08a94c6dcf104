"""Makes devices, pipes and sockets in its folder, and files that nobody can remove."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a way to a disk or to another process, or a file that stays",
    answer=STUB
    + """
import fcntl
import os
import socket
import stat
import struct


def keep():
    with open("kept", "w") as file:
        # FS_IOC_SETFLAGS, FS_IMMUTABLE_FL
        fcntl.ioctl(file, 0x40086602, struct.pack("l", 16))


for make in (
    lambda: os.mknod("disk", 0o600 | stat.S_IFBLK, os.makedev(8, 0)),
    lambda: os.mknod("memory", 0o600 | stat.S_IFCHR, os.makedev(1, 1)),
    lambda: os.mkfifo("pipe"),
    lambda: socket.socket(socket.AF_UNIX).bind("socket"),
    keep,
):
    try:
        make()
        succeeded("made a special file")
    except (OSError, ValueError):
        pass
""",
)
