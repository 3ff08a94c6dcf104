"""Makes many files in folders that it renames all the time, so that nobody can count them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="more files than are allowed",
    answer=STUB
    + """
import os
import threading

os.makedirs("a/inside")


def move():
    while True:
        os.rename("a", "b")
        os.rename("b", "a")


threading.Thread(target=move, daemon=True).start()
folder = os.open("a/inside", os.O_RDONLY)
for number in range(50_000):
    os.close(os.open(str(number), os.O_CREAT | os.O_WRONLY, dir_fd=folder))
else:
    succeeded("made 50,000 files")
""",
    status="crashed",
    limits=("written_files",),
)
