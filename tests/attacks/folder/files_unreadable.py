"""Adds files that nobody may read, or nobody may change."""

from tests.attacks.suite import Attack


def plant(folder, target):
    for name, mode in (("data.csv", 0o000), ("notes.txt", 0o444), ("run", 0o4755)):
        (folder / name).write_text("x\n", encoding="utf-8")
        (folder / name).chmod(mode)


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
