"""Adds as many lines for IPython to each locked cell as are looked at, in long texts."""

from tests.attacks.suite import Attack, graded_cells


def change(notebook, target):
    added = "\n".join(["%time pass"] * 49 + ["# " + "a" * 120] * 150)
    for cell in graded_cells(notebook):
        cell.source = added


ATTACK = Attack(
    harm="a judge that is busy for minutes before any limit counts",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
