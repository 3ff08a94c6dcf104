"""Nests a few folders with names so long that no path leads to the innermost."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the process that watches the folder ended, or a folder that stays",
    answer=STUB
    + """
import atexit
import os
import time

top = os.getcwd()
depth = 0
for _ in range(40):
    os.mkdir("d" * 250)
    os.chdir("d" * 250)
    depth += 1


# A kernel that ends in peace takes them away, for whoever clears this machine up.
@atexit.register
def clear():
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d" * 250)
    os.chdir(top)


time.sleep(0.3)
""",
    status="crashed",
    # As the watch of the folder comes by.
    other_ends=("graded",),
    limits=("written_files",),
)
