"""Fills cells of text with newer Python of which every line wants another one below it."""

import nbformat

from tests.attacks.suite import STUB, Attack


def change(notebook, target):
    text = STUB.replace("raise NotImplementedError", "return f'{'a'}'") + "@a\n" * 6000
    notebook.cells = [one for one in notebook.cells if not one.metadata.get("nbgrader", {}).get(
        "solution")] + [nbformat.v4.new_markdown_cell(text) for _ in range(3)]  # fmt: skip


ATTACK = Attack(
    harm="a judge that is busy for hours before any limit counts",
    change=change,
    status="invalid",
)
