"""Turns the graded cells into text, which nobody runs, so that nothing in them can fail."""

import itertools

import nbformat

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    kinds = itertools.cycle([nbformat.v4.new_raw_cell, nbformat.v4.new_markdown_cell])
    for cell, new_cell in zip(graded_cells(notebook), kinds, strict=False):
        cell.metadata.nbgrader["cell_type"] = new_cell().cell_type
        text = new_cell(cell.source, metadata=cell.metadata)
        notebook.cells[notebook.cells.index(cell)] = text


ATTACK = Attack(harm="full marks without an implementation", change=change)
