"""Opens sockets of the kernel's other families: netlink, packet, raw, vsock, alg and more."""

from tests.attacks.suite import STUB, Attack

# A plain socket would do for the network; these reach parts of the kernel that need no peer.
ATTACK = Attack(
    harm="a socket to the kernel, or to the network below IP",
    answer=STUB
    + """
import socket

netlink, packet, alg, vsock, bluetooth, can = 16, 17, 38, 40, 31, 29
for family, kind, protocol in (
    (netlink, socket.SOCK_RAW, 0),
    (netlink, socket.SOCK_RAW, 15),
    (packet, socket.SOCK_RAW, 0),
    (packet, socket.SOCK_DGRAM, 0),
    (socket.AF_INET, socket.SOCK_RAW, 1),
    (socket.AF_INET, socket.SOCK_DGRAM, 1),
    (socket.AF_INET, socket.SOCK_STREAM, 262),
    (alg, socket.SOCK_SEQPACKET, 0),
    (vsock, socket.SOCK_STREAM, 0),
    (bluetooth, socket.SOCK_RAW, 1),
    (can, socket.SOCK_RAW, 1),
):
    try:
        socket.socket(family, kind, protocol).close()
        succeeded(f"opened a socket of family {family}")
    except OSError:
        pass
""",
)
