"""Saves a right answer in UTF-16 with a byte order mark, as an editor on Windows may."""

from tests.attacks.suite import Attack


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    path.write_bytes(path.read_text(encoding="utf-8").encode("utf-16"))


ATTACK = Attack(
    harm="a right answer without a mark",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
