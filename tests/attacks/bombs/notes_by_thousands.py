"""Says of a hundred lines in each of 300 cells that they did nothing."""

import nbformat

from tests.attacks.suite import Attack

FORGE = """
from workbook.grade.sandbox import skipped


note = skipped.note


def forged(lines):
    note(lines)
    if lines is not None:
        lines += [("shell", line + 1) for line in range(100)]


skipped.note = forged
"""


def change(notebook, target):
    lines = "\n".join(f"# {'x' * 70} {line}" for line in range(100))
    cells = [FORGE, *([lines] * 300)]
    notebook.cells[1:1] = [nbformat.v4.new_code_cell(text) for text in cells]


ATTACK = Attack(
    harm="results and pages of megabytes, and a judge that is busy with them",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
