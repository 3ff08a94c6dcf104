"""Has a timestamp with a clock of so many digits that decimal numbers cannot hold it."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "timestamp.txt").write_text(f"10:{'9' * 30} UTC", encoding="utf-8")


ATTACK = Attack(
    harm="a class that stops",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
