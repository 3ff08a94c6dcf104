"""Writes a script into raw cells, which a page takes over as they are."""

import nbformat

from tests.attacks.suite import Attack

TYPES = ("", "text/html", "text/markdown", "application/javascript")


def change(notebook, target):
    text = "<script>attack_script()</script><img src=x onerror=attack_script()>"
    for kind in TYPES:
        metadata = {"raw_mimetype": kind, "format": kind}
        notebook.cells.append(nbformat.v4.new_raw_cell(text, metadata=metadata))


ATTACK = Attack(
    harm="a script in what the instructor opens",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
