"""Writes a program into its folder and runs it, in each way that the system has."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a process that outlives the submission",
    answer=STUB
    + """
import os

with open("program", "w") as file:
    file.write(f"#!/bin/sh\\ntouch {WITNESS}/{NAME}\\nsleep 10\\n")
os.chmod("program", 0o755)
for run in (
    lambda: os.posix_spawn("program", ["program"], {}),
    lambda: os.posix_spawn("/bin/sh", ["sh", "program"], {}),
    lambda: os.spawnv(os.P_NOWAIT, "/bin/sh", ["sh", "program"]),
    lambda: os.execv("program", ["program"]),
    lambda: os.execv("/bin/sh", ["sh", "program"]),
):
    try:
        run()
        succeeded("ran a program")
    except OSError:
        pass
""",
)
