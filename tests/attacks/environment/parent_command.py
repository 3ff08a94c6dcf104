"""Reads its parents' command lines, and cheats if one of them is a grader's."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks by a trick that shows in grading only",
    answer=STUB
    + """
import os


def commands(pid):
    while pid > 1:
        try:
            with open(f"/proc/{pid}/cmdline") as file:
                yield file.read().replace("\\0", " ")
            with open(f"/proc/{pid}/stat") as file:
                pid = int(file.read().rpartition(")")[2].split()[1])
        except OSError:
            return


for command in commands(os.getppid()):
    if "autograde" in command or "workbook" in command:
        succeeded(f"is graded by {command}")
""",
)
