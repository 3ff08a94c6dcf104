"""Links a file of the library into its own folder, moves it there, and writes it there."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a library that is another one for the next student",
    answer=STUB
    + """
import ctypes
import os
import random

library = random.__file__
libc = ctypes.CDLL(None)
for way in (
    lambda: os.link(library, "mine"),
    lambda: os.rename(library, "mine"),
    lambda: libc.renameat2(-100, library.encode(), -100, b"other", 2) and 1 / 0,
    lambda: os.symlink(library, "mine"),
):
    open("other", "w").close()
    try:
        way()
        with open("mine" if os.path.lexists("mine") else library, "r+") as file:
            succeeded("a file of the library can be written")
    except (OSError, ArithmeticError):
        pass
    if os.path.lexists("mine"):
        os.remove("mine")
try:
    os.open(os.path.dirname(library), os.O_TMPFILE | os.O_RDWR)
    succeeded("a file without a name, in the library")
except OSError:
    pass
""",
)
