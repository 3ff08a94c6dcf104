"""Has a timestamp of binary rubbish."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "timestamp.txt").write_bytes(b"\xff\xfe yesterday \x1b[2J\0")


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
