"""Has a timestamp that is valid, but lies before the year 1 in UTC."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "timestamp.txt").write_text("0001-01-01 00:00:00 +50000", encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
