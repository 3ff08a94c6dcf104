"""Hands in a folder under the name of the notebook, with a notebook in it."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    path.mkdir()
    (path / path.name).write_text("{}", encoding="utf-8")


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
