"""Leaves sitecustomize.py or a .pth file where every later Python would run it."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="code that runs in the instructor's Python",
    answer=STUB
    + """
import os
import site
import sys
import sysconfig

# That the file can be made is enough: it is empty, and removed at once.
folders = {*site.getsitepackages(), *sysconfig.get_paths().values(), *sys.path, COURSE}
# It may write its working folder, in which no later Python starts: that goes away with it.
folders -= {os.getcwd()}
for folder in filter(os.path.isabs, folders):
    for name in (f"{NAME}.pth", "sitecustomize.py", "usercustomize.py"):
        path = os.path.join(folder, name)
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL))
            os.remove(path)
            succeeded(f"made {path}")
        except OSError:
            pass
    try:
        os.makedirs(os.path.join(folder, NAME))
        os.rmdir(os.path.join(folder, NAME))
        succeeded(f"made a package in {folder}")
    except OSError:
        pass
""",
)
