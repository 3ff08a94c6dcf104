"""Sends a datagram from a pair of its own to the socket of a service, by its path and its name."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="words with a service of this machine",
    answer=STUB
    + """
import errno
import socket

for address in (SOCKET, chr(0) + SOCKET):
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    try:
        ours.sendto(b"hello", address)
        succeeded(f"reached {address!r}")
    except OSError as error:
        # The service was found, and listens in another way.
        if error.errno == errno.EPROTOTYPE:
            succeeded(f"found {address!r}")
""",
)
