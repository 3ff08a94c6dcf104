"""Tries every port and socket of the machine, where a scheduler, a worker or a judge may listen."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a service of the grader's reached, such as the scheduler of a cluster",
    answer=STUB
    + """
import glob
import os
import socket

# Where there are no sockets at all, the first one tells.
try:
    for port in range(1, 65_536):
        with socket.socket() as one:
            # A port that is closed answers at once.
            one.settimeout(0.5)
            if one.connect_ex(("127.0.0.1", port)) == 0:
                succeeded(f"port {port}")
                break
except OSError:
    pass
paths = ["\\0" + path for path in (SOCKET, "dask", "forkserver")]
for folder in ("/tmp", "/run", "/var/run", os.environ.get("TMPDIR", ".")):
    paths += glob.glob(f"{folder}/*") + glob.glob(f"{folder}/*/*")
for path in paths:
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.settimeout(0.5)
            one.connect(path)
            succeeded(f"socket {path!r}")
    except (OSError, ValueError):
        pass
try:
    from distributed import get_client, get_worker
except (ImportError, OSError):
    pass
else:
    for function in (get_worker, get_client):
        try:
            succeeded(str(function()))
        except Exception:
            pass
""",
)
