"""Writes a text cell of 100 kB that takes half a minute to turn into HTML."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    # nbconvert looks for the end of each from where it begins: quadratic in their number.
    notebook.cells.append(nbformat.v4.new_markdown_cell("\\begin{a} " * 10_000))


ATTACK = Attack(
    harm="a class that waits for minutes",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
