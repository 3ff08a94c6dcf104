"""Claims to be of a release in which nothing but an empty cell was marked, and lacks the others."""

from tests.attacks.suite import Attack


def change(notebook, target):
    notebook.metadata["workbook"] = {"release": "0.1+00000000", "cells": []}
    for cell in notebook.cells:
        settings = cell.metadata.get("nbgrader", {})
        if settings.get("grade") and settings.get("points"):
            # Without tests: what nbgrader cannot read as points, it would count in full.
            settings |= {"schema_version": 1, "points": 100, "checksum": "0" * 32, "locked": False}
            cell.source, cell.metadata["workbook"] = "", {"tests": [], "released": "0" * 32}
    notebook.cells = [
        cell for cell in notebook.cells if not cell.metadata.get("nbgrader", {}).get("solution")
    ]


ATTACK = Attack(harm="marks for cells that a later release has", change=change, status="invalid")
