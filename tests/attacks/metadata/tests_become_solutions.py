"""Flags the graded cells as the student's to write, and writes their points into them."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        settings = cell.metadata.nbgrader
        cell.source = str(settings["points"])
        settings["solution"], settings["locked"] = True, False


ATTACK = Attack(harm="the student's text in place of the tests", change=change)
