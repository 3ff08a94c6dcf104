"""Puts hidden tests of its own, between nbgrader's marks, into the cells of the real ones."""

from tests.attacks.suite import Attack, graded_cells

OWN = """### BEGIN HIDDEN TESTS
def hidden_tests():
    return [(lambda function: None, 8.0)], {}

def mark(*args):
    print("passed")
    return 8.0

mark(update_parameters, *hidden_tests())
### END HIDDEN TESTS
8.0"""


def change(notebook, target):
    for cell in graded_cells(notebook):
        cell.source = OWN


ATTACK = Attack(harm="tests that always pass", change=change)
