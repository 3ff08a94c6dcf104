"""Adds links to the gradebook and the solution, and reads what is copied in their place."""

from tests.attacks.suite import STUB, Attack


def plant(folder, target):
    (folder / "grades.dat").symlink_to(target.course / "gradebook.db")
    (folder / "notes.txt").symlink_to(target.course / "solutions" / "update_parameters.py")
    (folder / "all").symlink_to(target.course)


ATTACK = Attack(
    harm="the gradebook or the solution read",
    answer=STUB
    + """
for name in ("grades.dat", "notes.txt", "all/nbgrader_config.py"):
    try:
        with open(name, "rb") as file:
            succeeded(f"read {name}: {file.read(40)!r}")
    except OSError:
        pass
""",
    plant=plant,
)
