"""Names a kernel that is not installed, in another language, and loses all other metadata."""

import json

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    notebook["metadata"] = {"kernelspec": {"name": "../../bin/sh"}, "language_info": ["R"]}
    for cell in notebook["cells"]:
        cell.pop("id")
        if "nbgrader" not in cell["metadata"]:
            del cell["metadata"]
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
