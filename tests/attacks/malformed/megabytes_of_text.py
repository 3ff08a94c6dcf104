"""Holds 30 MB: an output of 15, and a cell's text of another 15."""

import json

from tests.attacks.suite import Attack

MILLIONS = 15


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = ("All work and no play makes Jack a dull boy.".ljust(99) + "\n") * (MILLIONS * 10_000)
    output = {"output_type": "stream", "name": "stdout", "text": text}
    cell = {"cell_type": "code", "metadata": {}, "outputs": [output], "execution_count": 1}
    notebook["cells"].append({**cell, "source": "1 + 1"})
    notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": text})
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark, or a class that waits for minutes",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
