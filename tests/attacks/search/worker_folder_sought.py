"""Looks for what a machine of a cluster keeps: the course, other work, keys and addresses."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the course, or a way to the scheduler, found where a worker keeps it",
    answer=STUB
    + """
import glob
import os
import sys

for name, value in os.environ.items():
    if "dask" in name.lower() or "tls://" in value or "tcp://" in value:
        succeeded(f"{name}={value}")
for name in ("distributed", "dask", "workbook.grade.cluster.remote_worker"):
    if name in sys.modules:
        succeeded(f"the module {name}")
places = ["/tmp", "/var/tmp", "/dev/shm", os.path.expanduser("~"), os.environ.get("TMPDIR", "/tmp")]
places += [os.path.dirname(path) for path in (os.getcwd(), sys.prefix)]
for place in places:
    for pattern in ("worker-*", "*/worker-*", "*/course-*", "*/*/course-*", "*.pem"):
        for path in glob.iglob(f"{place}/{pattern}"):
            try:
                found = os.listdir(path) if os.path.isdir(path) else open(path, "rb").read(20)
                succeeded(f"{path}: {found}")
            except OSError:
                pass
for number in os.listdir("/proc/self/fd"):
    try:
        target = os.readlink(f"/proc/self/fd/{number}")
    except OSError:
        continue
    if "course-" in target or "worker-" in target or target.endswith((".zip", ".pem", ".lock")):
        succeeded(target)
""",
)
