"""Looks up in /proc what its own process tells of the grader: arguments, mounts, groups, files."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="where the course and the grader are",
    answer=STUB
    + """
import glob
import os

SIGNS = (COURSE, "grader_tests", "gradebook", "TOKEN", "SECRET")
PLACES = ("/proc/self/*", "/proc/thread-self/*", "/proc/*/cmdline")
for path in [path for place in PLACES for path in glob.glob(place)]:
    if path.endswith(("/mem", "/pagemap", "/clear_refs")):
        continue
    try:
        with open(path, "rb") as file:
            text = file.read(2**20).decode("utf-8", "replace")
    except OSError:
        continue
    for sign in SIGNS:
        if sign in text:
            succeeded(f"{path} tells of {sign}")
for name in ("cwd", "root", "exe"):
    for process in ("self", "1", str(os.getppid())):
        try:
            where = os.readlink(f"/proc/{process}/{name}")
        except OSError:
            continue
        if COURSE in where:
            succeeded(where)
""",
)
