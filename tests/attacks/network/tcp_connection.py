"""Connects to a service by TCP and tells it who is being graded."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a connection out of the grading",
    answer=STUB
    + """
import asyncio
import socket


async def connect():
    _, writer = await asyncio.open_connection("127.0.0.1", PORT)
    writer.write(NAME.encode())
    await writer.drain()


def at_once():
    with socket.create_connection(("127.0.0.1", PORT), 1) as one:
        one.sendall(NAME.encode())


def fast_open():
    with socket.socket() as one:
        one.sendto(NAME.encode(), socket.MSG_FASTOPEN, ("127.0.0.1", PORT))


for way in (at_once, fast_open, lambda: asyncio.run(connect())):
    try:
        way()
        succeeded("connected by TCP")
    except (OSError, RuntimeError):
        pass
""",
)
