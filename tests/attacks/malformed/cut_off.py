"""Hands in the first half of a notebook, as a full disk or a lost connection leaves it."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
