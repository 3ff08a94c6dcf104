"""Nests metadata and outputs so deeply that they can be read, but not copied or written."""

import json
from functools import reduce

from tests.attacks.suite import Attack

# Reading takes one level of Python's stack for each; copying takes two.
DEPTH = 600


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    nested = reduce(lambda inner, _: {"x": inner}, range(DEPTH), {})
    output = {"output_type": "display_data", "data": {"text/plain": "x"}, "metadata": nested}
    for cell in notebook["cells"]:
        cell["metadata"]["x"] = nested
        if cell["cell_type"] == "code":
            cell["outputs"] = [output]
    notebook["metadata"]["x"] = nested
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
