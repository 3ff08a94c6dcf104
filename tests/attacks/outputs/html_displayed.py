"""Displays HTML, and Markdown with HTML in it, with scripts, saved and again when graded."""

import nbformat

from tests.attacks.suite import Attack, solution_cell

HTML = "<script>attack_script()</script><img src=x onerror=attack_script()>"


def change(notebook, target):
    cell = nbformat.v4.new_code_cell(
        "from IPython.display import HTML, Markdown, display\n"
        f"display(HTML({HTML!r}), Markdown({HTML!r}))"
    )
    for kind in ("text/html", "text/markdown"):
        for isolated in (False, True):
            metadata = {kind: {"isolated": isolated}}
            output = nbformat.v4.new_output("display_data", {kind: HTML}, metadata=metadata)
            cell.outputs.append(output)
            solution_cell(notebook).outputs.append(output)
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
