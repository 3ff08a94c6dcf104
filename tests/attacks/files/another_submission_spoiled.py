"""Empties, removes, renames or locks what another student has handed in."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="another student's submission changed",
    answer=STUB
    + """
import os

folder = f"{COURSE}/submitted/{NEIGHBOUR}/4_parameter_update"
path = f"{folder}/10_update_parameters.ipynb"


def last_change():
    try:
        return os.stat(path).st_ctime_ns
    except OSError:
        return None


# A call that returns proves nothing: some do nothing here, without a word.
before = last_change()
for spoil in (
    lambda: os.chmod(path, 0o666),
    lambda: os.utime(path, (0, 0)),
    lambda: os.setxattr(path, "user.mark", b"0"),
    lambda: os.link(path, "mine.ipynb"),
    lambda: os.truncate(path, 0),
    lambda: open(path, "w").write("{}"),
    lambda: os.rename(path, path + ".old"),
    lambda: os.remove(path + ".old"),
    lambda: os.rename(folder, folder + ".old"),
):
    try:
        spoil()
    except OSError:
        pass
if last_change() != before:
    succeeded("changed what another one handed in")
""",
)
