"""Hides its right answer among 100,000 worksheets of the old format, and cells of odd parts."""

import json

import nbformat

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    old = nbformat.convert(nbformat.read(path, as_version=4), 3)
    cells = old.worksheets[0].cells
    odd = [
        {"cell_type": "heading", "level": True, "source": [None, 1, "x", []]},
        {"cell_type": "code", "input": ["1"], "source": None, "outputs": {"png": "x"}},
        {"cell_type": "html", "source": "<script>attack_script()</script>"},
        {"cell_type": "code", "outputs": [{"text": {"a": 1}, "png": ["x"], "data": 1}]},
    ]
    sheets = [{"cells": {}}, None, *[{}] * 100_000, {"cells": [*cells, *odd, 1, None]}]
    old["worksheets"] = sheets
    path.write_text(json.dumps(old), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer lost, a script in the pages, or a class that waits",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
