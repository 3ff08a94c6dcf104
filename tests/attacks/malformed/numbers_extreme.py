"""Holds NaN, infinities, and numbers of 4,000 digits, wherever a notebook has a number."""

import json

from tests.attacks.suite import Attack

# One digit more than 4,300 and Python refuses to read it.
HUGE = "9" * 4000


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    notebook = json.loads(path.read_text(encoding="utf-8"))
    for cell in notebook["cells"]:
        cell["metadata"] |= {"x": float("nan"), "y": [float("inf"), -float("inf")], "z": "HUGE"}
        if cell["cell_type"] == "code":
            cell["execution_count"] = "HUGE"
    notebook["nbformat_minor"] = "HUGE"
    notebook["metadata"]["orig_nbformat"] = 1e300
    text = json.dumps(notebook).replace('"HUGE"', HUGE).replace("1e+300", "1e999")
    path.write_text(text, encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
