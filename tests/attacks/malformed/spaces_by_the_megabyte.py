"""Puts a megabyte of spaces before a right notebook, which JSON allows."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.write_bytes(b" " * 2**20 + path.read_bytes())


ATTACK = Attack(
    harm="a command that looks for the first letter for an hour, or a right answer lost",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
