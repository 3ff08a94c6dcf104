"""Unlocks the graded cells, says that they are not graded, and replaces what they hold."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    for cell in graded_cells(notebook):
        points = cell.metadata.nbgrader["points"]
        cell.source = f"print('all tests passed')\n{points}"
        cell.metadata.pop("editable", None)
        cell.metadata.pop("deletable", None)
        for flag in ("grade", "locked"):
            cell.metadata.nbgrader[flag] = False
        cell.metadata.nbgrader["checksum"] = ""


ATTACK = Attack(harm="full marks without an implementation", change=change)
