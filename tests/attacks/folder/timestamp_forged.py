"""Says that it was handed in two thousand years ago."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "timestamp.txt").write_text("0001-01-01 00:00:00 UTC", encoding="utf-8")


ATTACK = Attack(
    harm="a right answer without a mark, or a class that stops",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
