"""Hands in a link to a file that does not exist."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    path.symlink_to("/home/student/10_update_parameters.ipynb")


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
