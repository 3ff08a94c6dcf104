"""Adds a named pipe and a socket to the files beside the notebook."""

import os
import socket

from tests.attacks.suite import Attack


def plant(folder, target):
    os.mkfifo(folder / "data.csv")
    # A socket's path has 107 bytes at most: this one is given from inside the folder.
    here = os.open(folder, os.O_RDONLY)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(f"/proc/self/fd/{here}/data.txt")
    finally:
        os.close(here)


ATTACK = Attack(
    harm="a right answer without a mark, or a class that waits for ever",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
