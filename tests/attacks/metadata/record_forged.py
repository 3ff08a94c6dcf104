"""Brings a record of an earlier grading with full marks, as the autograded notebook has it."""

import nbformat

from tests.attacks.suite import Attack

TEST = {
    "name": "test_new_arrays", "title": "all is right", "passed": True, "points": 8.0,
    "max_points": 8.0, "message": "attack_script()", "diagnosis": None,
}  # fmt: skip


def change(notebook, target):
    notebook.metadata["workbook"] = {
        "release": "999", "cells": [],
        "graded": {
            "exercise": "update_parameters", "status": "graded", "limits": [], "notes": [],
            "untouched": [], "written": [], "tests": [TEST], "voided": {},
            "lesson": "javascript:attack_script()", "functions": [],
        },
    }  # fmt: skip
    for cell in notebook.cells:
        if cell.metadata.get("nbgrader", {}).get("grade"):
            cell.metadata["workbook"] = {"tests": ["test_new_arrays"]}
            shown = {"text/plain": "8.0"}
            cell.outputs = [nbformat.v4.new_output("execute_result", shown, execution_count=1)]


ATTACK = Attack(harm="marks from a record that the student wrote", change=change)
