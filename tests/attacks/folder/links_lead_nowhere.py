"""Adds links that lead nowhere, to themselves, and in a circle."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (folder / "figure.png").symlink_to("C:/Users/student/figure.png")
    (folder / "itself").symlink_to("itself")
    (folder / "up").symlink_to(".")
    (folder / "data").mkdir()
    (folder / "data" / "parent").symlink_to("..")


ATTACK = Attack(
    harm="a right answer without a mark, or a class that stops",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
