"""Gives all cells one and the same identifier, which is none by the format's rules either."""

import json

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for number, cell in enumerate(notebook["cells"]):
        cell["id"] = "../../x y" if number else 7
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
