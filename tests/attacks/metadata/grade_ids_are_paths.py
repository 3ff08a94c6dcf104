"""Renames the graded cells to paths that lead out of the folder, to SQL, to HTML."""

from tests.attacks.suite import Attack, graded_cells

NAMES = (
    "../../../gradebook.db",
    "/etc/passwd\0",
    "x'); UPDATE grade SET manual_score = 8; --",
    "<script>attack_script()</script>",
)


def change(notebook, target):
    for cell, name in zip(graded_cells(notebook), NAMES, strict=True):
        cell.metadata.nbgrader["grade_id"] = name


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
