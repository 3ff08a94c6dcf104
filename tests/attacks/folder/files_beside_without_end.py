"""Adds pipes, thousands of files and a file of a gigabyte beside a right answer."""

import os

from tests.attacks.suite import Attack


def plant(folder, target):
    os.mkfifo(folder / "data.csv")
    (folder / "inside").mkdir()
    os.mkfifo(folder / "inside" / "helpers.py")
    for number in range(3000):
        (folder / "inside" / f"{number}.csv").touch()
    with (folder / "huge.bin").open("wb") as file:
        file.truncate(2**30)


ATTACK = Attack(
    harm="a grader that waits for ever, or runs out of memory",
    answer="exec(RIGHT)\n",
    plant=plant,
    points=8.0,
)
