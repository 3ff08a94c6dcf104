"""Hands in a link to the notebook of another student, who has it right."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    path.symlink_to(folder.parents[1] / target.neighbour / folder.name / path.name)


ATTACK = Attack(harm="full marks for another student's work", plant=plant, status="invalid")
