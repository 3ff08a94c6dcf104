"""Connects to a service of the machine by its Unix socket, as to a container engine."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a command to a service of the instructor's machine",
    answer=STUB
    + """
import socket

for path in (SOCKET, f"/proc/self/root{SOCKET}", f"/proc/1/root{SOCKET}"):
    for kind in (socket.SOCK_STREAM, socket.SOCK_SEQPACKET):
        try:
            with socket.socket(socket.AF_UNIX, kind) as one:
                one.connect(path)
                one.sendall(b"POST /containers/create HTTP/1.1")
            succeeded("connected to a Unix socket")
        except OSError:
            pass
""",
)
