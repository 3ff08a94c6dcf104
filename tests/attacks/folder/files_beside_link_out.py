"""Adds links to the solutions and to a neighbour's work beside its own, and reads them."""

from tests.attacks.suite import STUB, Attack


def plant(folder, target):
    (folder / "solution.txt").symlink_to(target.course / "solutions" / "update_parameters.py")
    (folder / "solutions").symlink_to(target.course / "solutions")
    (folder / "neighbours").symlink_to(target.course / "submitted")
    (folder / "inside").mkdir()
    (folder / "inside" / "tests.py").symlink_to(
        target.course / "grader_tests" / "update_parameters.py"
    )


ATTACK = Attack(
    harm="hidden tests, solutions or another submission read",
    answer=STUB
    + """
import os

for path in ("solution.txt", "solutions/update_parameters.py", "inside/tests.py"):
    try:
        succeeded(open(path).read())
    except OSError:
        pass
for folder in ("neighbours", "..", os.path.expanduser("~/..")):
    try:
        if set(os.listdir(folder)) - {"submission", "matplotlib"}:
            succeeded(os.listdir(folder))
    except OSError:
        pass
""",
    plant=plant,
)
