"""Hands in an empty file."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.write_bytes(b"")


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
