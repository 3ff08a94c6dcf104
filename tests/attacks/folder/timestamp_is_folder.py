"""Has a folder, with a file in it, under the name of the timestamp."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "timestamp.txt").mkdir()
    (folder / "timestamp.txt" / "x").write_text("x\n", encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
