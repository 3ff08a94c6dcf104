"""Goes around rules for IPv4 with the same address in IPv6's clothes."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a connection out of the grading",
    answer=STUB
    + """
import socket

for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
    try:
        with socket.socket(socket.AF_INET6, kind) as one:
            one.settimeout(1)
            one.connect(("::ffff:127.0.0.1", PORT))
            one.sendall(NAME.encode())
        succeeded("connected by IPv6")
    except OSError:
        pass
""",
)
