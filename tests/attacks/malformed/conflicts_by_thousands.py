"""Fills its notebook with Git's conflict markers, of which there are thousands."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    text = path.read_text(encoding="utf-8").rstrip()
    marks = "<<<<<<< a\n=======\n>>>>>>> b\n" * 20_000 + "<<<<<<< a\n" * 20_000
    path.write_text(f"{text}\n{marks}", encoding="utf-8")


ATTACK = Attack(
    harm="a class that waits while the sides are put together",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
