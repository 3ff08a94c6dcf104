"""Holds halves of characters, which no file can take, in text, outputs, names and errors."""

import json

from tests.attacks.suite import Attack

HALF = "\ud83d"


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"][HALF] = HALF
        if "nbgrader" not in cell["metadata"]:
            cell["source"] = [*cell["source"], HALF]
        if cell["cell_type"] == "code":
            cell["outputs"] = [{"output_type": "stream", "name": "stdout", "text": HALF}]
    for source in (f"raise ValueError('{HALF}')", "raise ValueError('\\ud83d')"):
        notebook["cells"].append({"cell_type": "code", "metadata": {}, "source": source})
    notebook["metadata"] = {"kernelspec": {"name": HALF, "display_name": HALF}}
    path.write_text(json.dumps(notebook), encoding="ascii")


ATTACK = Attack(
    harm="a class that stops, or a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
