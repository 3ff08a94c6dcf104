"""Hands in a link to the instructor's own notebook, which holds the solution."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.unlink()
    path.symlink_to(target.course / "source" / folder.name / path.name)


ATTACK = Attack(
    harm="full marks for the instructor's work, shown in feedback", plant=plant, status="invalid"
)
