"""Displays JavaScript, which notebooks run, saved and again when it is graded."""

import nbformat

from tests.attacks.suite import Attack


def change(notebook, target):
    show = "from IPython.display import Javascript, display\ndisplay(Javascript('attack_script()'))"
    cell = nbformat.v4.new_code_cell(show)
    for kind in ("application/javascript", "text/javascript", "application/x-javascript"):
        cell.outputs.append(nbformat.v4.new_output("display_data", {kind: "attack_script()"}))
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
