"""Listens for connections, so that somebody outside can give orders while it is graded."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a door into the instructor's machine",
    answer=STUB
    + """
import socket

for family, address in (
    (socket.AF_INET, ("127.0.0.1", 0)),
    (socket.AF_UNIX, "\\0" + NAME + "-listener"),
    (socket.AF_UNIX, "listener"),
):
    try:
        with socket.socket(family) as door:
            door.bind(address)
            door.listen()
        succeeded(f"listened at {address}")
    except OSError:
        pass
try:
    # An unbound socket that listens gets a port of its own.
    with socket.socket() as door:
        door.listen()
    succeeded("listened at any port")
except OSError:
    pass
""",
)
