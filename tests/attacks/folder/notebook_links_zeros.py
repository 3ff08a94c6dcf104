"""Hands in a link to /dev/zero, a file that is read without end."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    path.symlink_to("/dev/zero")


ATTACK = Attack(harm="a class that stops, with no memory left", plant=plant, status="invalid")
