"""Leaves folders nested so deep that clearing them away ends in an error."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that cannot clear up, or ends",
    answer=STUB
    + """
import atexit
import os
import time

top = os.getcwd()
depth = 0
try:
    while depth < 3000:
        os.mkdir("d")
        os.chdir("d")
        depth += 1
except OSError:
    pass


# A kernel that ends in peace takes them away, for whoever clears this machine up.
@atexit.register
def clear():
    for _ in range(depth):
        os.chdir("..")
        os.rmdir("d")
    os.chdir(top)


time.sleep(0.3)
""",
    # As the watch of the folder comes by.
    other_ends=("crashed",),
    limits=("written_files",),
)
