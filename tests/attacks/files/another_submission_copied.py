"""Reads what another student has handed in, and hands in the same."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks with another student's answer",
    answer=STUB
    + """
import json
import os

# In a real class one would walk through all of `submitted`; here others attack there, too.
for root in (COURSE, os.path.relpath(COURSE), "../../..", f"/proc/{os.getppid()}/root{COURSE}"):
    for folder in ("submitted", "autograded"):
        path = f"{root}/{folder}/{NEIGHBOUR}/4_parameter_update/10_update_parameters.ipynb"
        try:
            with open(path) as file:
                cells = json.load(file)["cells"]
        except OSError:
            continue
        for cell in cells:
            text = "".join(cell["source"])
            if text.lstrip().startswith("def update_parameters"):
                exec(text)
                succeeded(f"copied {path}")
""",
)
