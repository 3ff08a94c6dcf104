"""Tags the graded cells so that a runner of notebooks leaves them out, and nothing fails."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        # nbclient skips the first; the others belong to nbconvert, papermill and Jupyter Book.
        cell.metadata["tags"] = ["skip-execution", "remove-cell", "raises-exception", "skip"]


ATTACK = Attack(harm="full marks without an implementation", change=change)
