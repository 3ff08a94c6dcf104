"""Hands in a named pipe, on which a reader waits for ever."""

import os

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    os.mkfifo(path)


ATTACK = Attack(harm="a class that waits for ever", plant=plant, status="invalid")
