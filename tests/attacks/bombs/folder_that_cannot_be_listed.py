"""Makes many files in a folder that can be used, but not be listed."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="more files than are allowed, or a grader that cannot clear up",
    answer=STUB
    + """
import os

os.mkdir("hidden", 0o300)
for number in range(50_000):
    open(f"hidden/{number}", "w").close()
else:
    succeeded("made 50,000 files")
""",
    # As the watch of the folder comes by.
    other_ends=("crashed",),
    limits=("written_files",),
)
