"""Keeps deleted files in messages that nobody reads, where no limit counts them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a full disk, with nothing to be seen there",
    answer=STUB
    + """
import os
import socket

one, other = socket.socketpair()
for number in range(8):
    with open("file", "w+b", buffering=0) as file:
        os.remove("file")
        socket.send_fds(one, [b"x"], [file.fileno()])
else:
    succeeded("sent files away")
""",
)
