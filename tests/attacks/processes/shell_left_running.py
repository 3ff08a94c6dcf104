"""Starts a shell in the background, in every way that Python knows, and leaves it running."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a process that outlives the grading",
    answer=STUB
    + """
import multiprocessing
import os
import subprocess

for start in (
    lambda: subprocess.Popen(["sh", "-c", "sleep 10"], start_new_session=True),
    lambda: os.posix_spawn("/bin/sleep", ["sleep", "10"], {}),
    lambda: os.spawnv(os.P_NOWAIT, "/bin/sleep", ["sleep", "10"]),
    lambda: os.popen("sleep 10 &"),
    lambda: multiprocessing.get_context("fork").Process(target=os.getpid).start(),
    lambda: get_ipython().system("sleep 10 &"),
):
    try:
        if start() != 127 and get_ipython().user_ns.get("_exit_code", 0) == 0:
            succeeded("started a process")
    except Exception:
        pass
""",
)
