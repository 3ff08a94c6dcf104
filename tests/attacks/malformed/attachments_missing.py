"""Shows pasted pictures whose attachments are there, missing, empty, or of the wrong type."""

import json

from tests.attacks.suite import Attack

PIXEL = (
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJg"
    "gg=="
)
ATTACHMENTS = ({"image.png": {"image/png": PIXEL}}, {}, {"image.png": {}}, ["image.png"], None, 7)


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for one in ATTACHMENTS:
        cell = {"cell_type": "markdown", "metadata": {}, "source": "![p](attachment:image.png)"}
        notebook["cells"].append({**cell, "attachments": one})
    path.write_text(json.dumps(notebook), encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark, or without feedback",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
