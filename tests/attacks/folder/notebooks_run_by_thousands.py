"""Names commands that run other notebooks by thousands in one line, with others beside it."""

from tests.attacks.suite import Attack

COMMANDS = 100_000


def change(notebook, target):
    notebook.cells[0].source = "%run " * COMMANDS


def plant(folder, target):
    for number in range(20):
        (folder / f"part {number}.ipynb").write_text("{}", encoding="utf-8")


ATTACK = Attack(
    harm="a class that waits for hours, before any limit counts",
    answer="exec(RIGHT)",
    change=change,
    plant=plant,
    points=8.0,
)
