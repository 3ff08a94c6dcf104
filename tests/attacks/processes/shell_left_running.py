"""Starts a shell in the background, in every way that Python knows, and leaves it running."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a process that outlives the grading",
    answer=STUB
    + """
import importlib
import multiprocessing
import os
import posix
import subprocess

# Without the stand-ins of the grader.
importlib.reload(subprocess)


def by_the_c_library():
    if posix.system("sleep 10 &"):
        raise OSError


for start in (
    lambda: subprocess.Popen(["sh", "-c", "sleep 10"], start_new_session=True),
    lambda: os.posix_spawn("/bin/sleep", ["sleep", "10"], {}),
    lambda: os.spawnv(os.P_NOWAIT, "/bin/sleep", ["sleep", "10"]),
    lambda: os.popen("sleep 10 &"),
    lambda: multiprocessing.get_context("fork").Process(target=os.getpid).start(),
    by_the_c_library,
):
    try:
        if start() != 127:
            succeeded("started a process")
    except Exception:
        pass
""",
)
