"""Tags the graded cells so that nbclient does not run them: no result means full marks."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        cell.metadata["tags"] = ["skip-execution"]


ATTACK = Attack(harm="full marks without an implementation", change=change)
