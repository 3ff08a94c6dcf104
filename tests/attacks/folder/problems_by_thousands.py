"""Adds thousands of links and broken archives, so that what others lack is not named any more."""

from tests.attacks.suite import Attack


def plant(folder, target):
    for number in range(2_000):
        (folder / f"{number:04}.txt").symlink_to("/dev/null")
    for number in range(500):
        (folder / f"{number:04}.zip").write_bytes(b"PK\3\4")
        (folder.parent / f"unknown {number}").mkdir()


ATTACK = Attack(
    harm="a report in which one student's files hide all other students",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
