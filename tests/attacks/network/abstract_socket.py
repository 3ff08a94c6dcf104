"""Connects to a Unix socket that has a name and no file, as desktop services have."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a command to a service of the instructor's desktop",
    answer=STUB
    + """
import multiprocessing.connection
import socket


def by_socket():
    with socket.socket(socket.AF_UNIX) as one:
        one.connect("\\0" + SOCKET)
        one.sendall(b"hello")


def by_multiprocessing():
    multiprocessing.connection.Client("\\0" + SOCKET, "AF_UNIX").close()


for way in (by_socket, by_multiprocessing):
    try:
        way()
        succeeded("connected to an abstract socket")
    except OSError:
        pass
""",
)
