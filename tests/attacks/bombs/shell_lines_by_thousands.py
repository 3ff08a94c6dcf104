"""Has thousands of shell commands and magics in a cell, which IPython reads again for each."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    for line in ("!ls", "names = !ls", "%time pass"):
        notebook.cells.insert(2, nbformat.v4.new_code_cell("\n".join([line] * 2000)))


ATTACK = Attack(
    harm="a right answer in another cell without its mark",
    answer="\n".join(["!ls"] * 600) + "\nexec(RIGHT)",
    change=change,
    points=8.0,
)
