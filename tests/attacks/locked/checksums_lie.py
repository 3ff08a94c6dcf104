"""Writes into locked cells and claims, by valid checksums, that this is an older release."""

from nbgrader.utils import compute_checksum

from tests.attacks.suite import Attack, graded_cells

ADDED = """
def mark(*args, **kwargs):
    return 8.0
def update_parameters(params, grads, learning_rate):
    return {name: value for name, value in params.items()}
8.0
"""


def change(notebook, target):
    for cell in notebook.cells:
        if cell in graded_cells(notebook):
            cell.source = ADDED
            cell.metadata.nbgrader["points"] = 800.0
        elif "nbgrader" in cell.metadata:
            cell.source += ADDED
        if "nbgrader" in cell.metadata:
            cell.metadata.nbgrader["checksum"] = compute_checksum(cell)
    notebook.metadata["workbook"] = {"release": "0.0.1", "cells": []}


ATTACK = Attack(harm="points that the metadata name", change=change)
