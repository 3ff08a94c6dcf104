"""Has entries that are no cells, and cells whose text is a number, a dictionary or a list."""

import json

from tests.attacks.suite import Attack

NO_CELLS = (None, 7, "cell", [], [[]], {}, {"cell_type": "heading"}, {"cell_type": {}, "source": 1})
SOURCES = (7, 1.5, None, True, {"text": "1 + 1"}, [["1"], {"2": 3}, None], [0] * 1000)


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for source in SOURCES:
        cell = {"cell_type": "code", "metadata": {}, "execution_count": None, "outputs": []}
        notebook["cells"].insert(0, {**cell, "source": source})
        notebook["cells"].append({"cell_type": "markdown", "metadata": {}, "source": source})
    for cell in notebook["cells"]:
        # The course's own cells, too: what they hold does not come from here.
        if cell["metadata"].get("nbgrader", {}).get("locked"):
            cell["source"] = {}
    notebook["cells"] = [*NO_CELLS, *notebook["cells"], *NO_CELLS]
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
