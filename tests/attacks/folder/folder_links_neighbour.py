"""Hands in a link to another student's whole folder, so that the notebook in it is no link."""

import shutil

from tests.attacks.suite import Attack


def plant(folder, target):
    shutil.rmtree(folder)
    folder.symlink_to(folder.parents[1] / target.neighbour / folder.name)


ATTACK = Attack(harm="full marks for another student's work", plant=plant, status="missing")
