"""Fills cells of text with answers that are almost Python, each of them with lines for IPython."""

import nbformat

from tests.attacks.suite import STUB, Attack


def change(notebook, target):
    lines = ["%time pass"] * 49 + ["# " + "a" * 120] * 150
    text = "\n".join([STUB.strip(), *lines, "def ("])
    notebook.cells = [one for one in notebook.cells if not one.metadata.get("nbgrader", {}).get(
        "solution")] + [nbformat.v4.new_markdown_cell(text) for _ in range(25)]  # fmt: skip


ATTACK = Attack(
    harm="a judge that is busy for minutes before any limit counts",
    change=change,
    status="invalid",
)
