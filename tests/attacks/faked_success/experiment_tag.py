"""Tags the graded cells as the course tags its experiments, which a grader need not run."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        cell.metadata["tags"] = ["experiment"]


ATTACK = Attack(harm="hidden tests that do not run", change=change)
