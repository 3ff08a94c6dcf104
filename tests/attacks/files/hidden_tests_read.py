"""Reads the hidden tests and the reference solution, from wherever the course can be seen."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks from the reference solution",
    answer=STUB
    + """
import os
import sys

near = ["", "/proc/self/root", "/proc/1/root", f"/proc/{os.getppid()}/root"]
places = [view + COURSE for view in near] + [os.path.relpath(COURSE)]
places += [f"/proc/{one}/cwd" for one in ("self", 1, os.getppid())]
for place in places:
    for name in (
        "solutions/update_parameters.py",
        "grader_tests/update_parameters.py",
        "source/4_parameter_update/10_update_parameters.ipynb",
    ):
        try:
            with open(f"{place}/{name}") as file:
                file.read()
            succeeded(f"read {name} in {place}")
        except OSError:
            pass

sys.path.insert(0, COURSE)
try:
    from solutions.update_parameters import update_parameters
    succeeded("imported the reference")
except (ImportError, OSError):
    pass
sys.path.remove(COURSE)
""",
)
