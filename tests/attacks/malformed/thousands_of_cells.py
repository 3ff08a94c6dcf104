"""Adds 10,000 empty cells: 30 kB as a file, and a large object each when it is read."""

from tests.attacks.suite import Attack

CELLS = 10_000


def plant(folder, target):
    (path,) = folder.glob("*.ipynb")
    text = path.read_text(encoding="utf-8")
    end = text.rindex("]")
    path.write_text(text[:end] + ",{}" * CELLS + text[end:], encoding="utf-8")


ATTACK = Attack(
    harm="a class that waits for minutes",
    answer="exec(RIGHT)",
    plant=plant,
    points=8.0,
)
