"""Adds statements by the thousand to the locked cells, some of them deep, some hardly Python."""

from tests.attacks.suite import Attack, cell_of, graded_cells

SIZE = 19_000


def change(notebook, target):
    texts = [
        "a=1\n" * (SIZE // 4),
        "x=" + "-" * SIZE + "1",
        "x=" + "(" * (SIZE // 2) + ")" * (SIZE // 2),
        "x=1" + "+1" * (SIZE // 2),
        "!ls\n" * (SIZE // 4),
        "try:\n pass\nfinally:\n" * (SIZE // 20),
        "lambda:" * (SIZE // 7) + "0",
    ]
    for cell, text in zip(graded_cells(notebook), texts, strict=False):
        cell.source = f"{text}\n"
    cell_of(notebook, "update_parameters-setup").source += "\nimport copy" * 15_000


ATTACK = Attack(
    harm="a judge that is busy for minutes, or a right answer without a mark",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
