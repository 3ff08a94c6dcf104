"""Displays pictures whose data, size and description end the tag that shows them."""

import nbformat

from tests.attacks.suite import Attack

END = '"><script>attack_script()</script><img src=x onerror="attack_script()'


def change(notebook, target):
    metadata = {"width": f"1{END}", "height": END, "alt": END, "filenames": {"image/png": END}}
    show = (
        "from IPython.display import display\n"
        f"display({{'image/png': {END!r}}}, raw=True, metadata={metadata!r})"
    )
    cell = nbformat.v4.new_code_cell(show)
    for kind in ("image/png", "image/jpeg"):
        given = {kind: metadata, **metadata}
        cell.outputs.append(nbformat.v4.new_output("display_data", {kind: END}, metadata=given))
    notebook.cells.append(cell)


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
