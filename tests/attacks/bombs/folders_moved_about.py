"""Makes many files in folders that it renames all the time, so that nobody can count them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="more files than are allowed",
    answer=STUB
    + """
import os

os.makedirs("a/inside")
folder = os.open("a/inside", os.O_RDONLY)
for number in range(50_000):
    os.rename(*("ab" if number % 2 == 0 else "ba"))
    os.close(os.open(str(number), os.O_CREAT | os.O_WRONLY, dir_fd=folder))
else:
    succeeded("made 50,000 files")
""",
    # As the watch of the folder comes by.
    other_ends=("crashed",),
    limits=("written_files",),
)
