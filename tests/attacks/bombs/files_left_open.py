"""Opens files until no more can be opened, and keeps them open."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a machine without free file handles",
    answer=STUB
    + """
import os

kept = []
while len(kept) < 5000:
    kept.append(os.open("/dev/null", os.O_RDONLY))
else:
    succeeded(f"opened {len(kept)} files")
""",
    limits=("open_files",),
)
