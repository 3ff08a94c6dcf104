"""Empties the lists of hidden tests that this course keeps in the graded cells' metadata."""

import itertools

from tests.attacks.suite import Attack, graded_cells

# Without a test, and so without an output, a cell earns all of its points in nbgrader.
LISTS = ([], None, "test_W", ["test_of_mine"])


def change(notebook, target):
    for cell, tests in zip(graded_cells(notebook), itertools.cycle(LISTS), strict=False):
        cell.metadata["workbook"] = {"tests": tests}


ATTACK = Attack(harm="full marks without an implementation", change=change)
