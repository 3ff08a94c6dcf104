"""Hands in right notebooks only, but under names that nobody expects or can print."""

import os

from tests.attacks.suite import Attack

NAMES = (
    "10_update_parameters.ipynb.ipynb", "10_update_parameters\n.ipynb", "-.ipynb",
    "10_update_parameters\x1b[2J.ipynb", "[1]0_update_parameters.ipynb",
    os.fsdecode(b"10_update_parameters\xff.ipynb"),
)  # fmt: skip


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    data = path.read_bytes()
    path.unlink()
    for name in NAMES:
        (folder / name).write_bytes(data)


ATTACK = Attack(
    harm="a class that stops, or a submission lost without a word",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
