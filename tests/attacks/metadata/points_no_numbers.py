"""Sets the points of the graded cells to less than nothing, no number, text and a list."""

import json

from tests.attacks.suite import Attack

POINTS = (-800.0, float("nan"), "all", [8])


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    settings = [cell["metadata"].get("nbgrader", {}) for cell in notebook["cells"]]
    graded = [one for one in settings if one.get("grade")]
    for one, points in zip(graded, POINTS, strict=True):
        one["points"] = points
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(harm="no mark at all, or more points than the cell has", plant=plant)
