"""Has a named pipe under the name of the timestamp, on which a reader waits for ever."""

import os

from tests.attacks.suite import Attack


def plant(folder, target):
    os.mkfifo(folder / "timestamp.txt")


ATTACK = Attack(
    harm="a class that waits for ever",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
