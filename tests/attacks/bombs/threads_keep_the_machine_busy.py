"""Keeps every core busy with its own threads, so that its main thread waits, and asks for time."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the time that it takes from itself given back, and a class that waits for minutes",
    answer=STUB
    + """
import hashlib
import threading

DATA = bytes(2**20)


def burn():
    while True:
        hashlib.sha256(DATA).digest()


for _ in range(60):
    threading.Thread(target=burn, daemon=True).start()
while True:
    hashlib.sha256(DATA).digest()
""",
    status="timeout",
    other_ends=("graded", "crashed"),
)
