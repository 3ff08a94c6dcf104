"""Prints 64 MiB in its cell, to the notebook and to the process's own standard output."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="results and notebooks of many megabytes",
    answer=STUB
    + """
import os
import sys

line = "all work and no play " * 50000
for _ in range(32):
    print(line)
    print(line, file=sys.stderr)
for handle in (1, 2):
    os.write(handle, line.encode())
""",
    limits=("output_characters",),
)
