"""Signals the processes above its own, up to a cluster's worker and scheduler, and their groups."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a worker killed, with the submissions that it has in hand",
    answer=STUB
    + """
import os
import signal

numbers, number = {1}, os.getppid()
while number and number not in numbers:
    numbers.add(number)
    try:
        with open(f"/proc/{number}/stat") as file:
            number = int(file.read().rpartition(")")[2].split()[1])
    except (OSError, ValueError):
        break
numbers |= {*range(max(2, os.getpid() - 200), os.getpid() + 50)} - {os.getpid()}
for number in sorted(numbers):
    for send in (os.kill, os.killpg):
        for kind in (0, signal.SIGSTOP, signal.SIGKILL):
            try:
                send(number, kind)
                succeeded(f"{send.__name__}({number}, {kind})")
            except OSError:
                pass
""",
    other_ends=("crashed",),
)
