"""Keeps its cells in a dictionary, where a notebook has a list."""

import json

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["cells"] = {str(number): cell for number, cell in enumerate(notebook["cells"])}
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(harm="a class that stops", plant=plant, status="invalid")
