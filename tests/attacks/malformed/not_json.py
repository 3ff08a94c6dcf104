"""Hands in a picture under the name of the notebook."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.write_bytes(b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(range(256)) * 100)


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
