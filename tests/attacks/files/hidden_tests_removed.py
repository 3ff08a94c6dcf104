"""Takes the hidden tests out of the source notebooks, so that later ones pass without them."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="the course's own files changed",
    answer=STUB
    + """
import json
import os

try:
    with open(f"{COURSE}/source/4_parameter_update/10_update_parameters.ipynb", "r+") as file:
        notebook = json.load(file)
        for cell in notebook["cells"]:
            if "def hidden_tests():" in "".join(cell["source"]):
                cell["source"] = ["pass"]
        file.seek(0)
        file.truncate()
        json.dump(notebook, file)
    succeeded("removed the hidden tests")
except OSError:
    pass
for name in ("solutions", "grader_tests"):
    try:
        with open(f"{COURSE}/{name}/update_parameters.py", "a") as file:
            file.write("\\n")
        succeeded(f"changed {name}")
    except OSError:
        pass
try:
    os.mkdir(f"{COURSE}/release/{NAME}")
    succeeded("made a folder in release")
except OSError:
    pass
""",
)
