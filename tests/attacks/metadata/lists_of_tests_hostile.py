"""Gives the lists of hidden tests, and what holds them, types that no list has."""

from tests.attacks.suite import Attack

LISTS = (
    7,
    {"a": 1},
    [["test_a"], {}],
    "test_a",
    None,
    [None] * 50_000,
    {"tests": [[]]},
    [1.5, True],
)


def change(notebook, target):
    for number, cell in enumerate(notebook.cells):
        hostile = LISTS[number % len(LISTS)]
        cell.metadata["workbook"] = {"tests": hostile} if number % 2 else hostile


ATTACK = Attack(
    harm="a judge that stumbles, or right work without a mark",
    answer="exec(RIGHT)",
    change=change,
    points=8.0,
)
