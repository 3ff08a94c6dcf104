"""Replaces, removes or makes readable the secret from which the seeds come."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="seeds that the attacker has chosen",
    answer=STUB
    + """
import os
import shutil

folder = f"{COURSE}/.workbook-secret"
for attempt in (
    lambda: os.makedirs(folder),
    lambda: open(f"{folder}/key", "wb").write(bytes(32)),
    lambda: os.chmod(folder, 0o777),
    lambda: os.rename(folder, f"{folder}-old"),
    lambda: os.symlink(os.getcwd(), folder),
    lambda: os.link(f"{folder}/key", "key"),
    lambda: shutil.rmtree(folder),
    lambda: open(f"{COURSE}/nbgrader_config.py", "a").close(),
):
    try:
        # In the memory that bubblewrap shows in place of the disk, some of it may be possible.
        attempt()
    except OSError:
        pass
""",
)
