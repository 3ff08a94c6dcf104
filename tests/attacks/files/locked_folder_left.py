"""Fills the disk in a folder that cannot be listed, so that it outlives the clean-up."""

from tests.attacks.suite import Attack

# If the files are still there when the notebook is run again, after the endless call, then they
# are there for the next student, too.
ATTACK = Attack(
    harm="no room on the disk for the next submission",
    answer="""
import os


def update_parameters(params, grads, learning_rate):
    while True:
        pass


disk = os.statvfs(".")
if disk.f_blocks < 2**18 and disk.f_bfree < disk.f_blocks / 2:
    succeeded("found the disk full from before")
else:
    try:
        os.mkdir("kept", 0o300)
        for number in range(100):
            with open(f"kept/{number}", "wb") as file:
                file.write(bytes(2**20))
    except OSError:
        pass
""",
    status="timeout",
    limits=("call_seconds",),
)
