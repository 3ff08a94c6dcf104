"""Displays a picture in SVG, alone and inside of HTML, that runs a script as it loads."""

import nbformat

from tests.attacks.suite import Attack

SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" onload="attack_script()">'
    "<script>attack_script()</script></svg>"
)


def change(notebook, target):
    show = f"from IPython.display import HTML, SVG, display\ndisplay(SVG({SVG!r}), HTML({SVG!r}))"
    cell = nbformat.v4.new_code_cell(show)
    cell.outputs.append(nbformat.v4.new_output("display_data", {"image/svg+xml": SVG}))
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
