"""Looks for the secret from which the seeds come: in the course, in processes, in itself."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the secret known, and with it all inputs of the tests",
    answer=STUB
    + """
import gc
import glob
import os
import sys

PLACES = (
    f"{COURSE}/.workbook-secret/key", f"{COURSE}/.workbook-secret", f"{COURSE}/.workbook-secret-*",
    "/proc/*/cwd/.workbook-secret/key", "/proc/*/root/" + f"{COURSE}/.workbook-secret/key",
    "/tmp/*/.workbook-secret/key", "/dev/shm/*",
)
for pattern in PLACES:
    for path in [pattern, *glob.glob(pattern)]:
        try:
            if os.path.isdir(path):
                succeeded(os.listdir(path))
            else:
                with open(path, "rb") as file:
                    succeeded(f"{len(file.read(40))} bytes of it")
        except OSError:
            pass

for module in list(sys.modules.values()):
    if "course_secret" in vars(module):
        succeeded(f"the function that reads it: {module}")
for one in gc.get_objects():
    if type(one).__name__ in ("Job", "Course", "Judge"):
        succeeded(f"an object of the judge's: {type(one)}")
""",
)
