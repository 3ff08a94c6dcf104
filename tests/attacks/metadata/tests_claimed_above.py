"""Claims in the first cells that all hidden tests stand there, before there is an answer."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    tests = [
        test
        for cell in graded_cells(notebook)
        for test in cell.metadata.get("workbook", {}).get("tests", [])
    ]
    for cell in notebook.cells[:3]:
        cell.metadata["workbook"] = {"tests": tests}


ATTACK = Attack(
    harm="a right answer that is judged where it does not stand",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
