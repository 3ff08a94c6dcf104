"""Looks, in a cell between two functions of a lab, for what judged the first one."""

import nbformat

from tests.attacks.suite import Attack, cell_of

SPY = """
import gc
import sys

sys.setprofile(None)
frame, names = sys._getframe(), set()
while frame is not None:
    names |= {*frame.f_locals, *frame.f_globals}
    frame = frame.f_back
found = names & {"test_relu_slope", "hidden_tests", "verdicts", "reference"}
found |= {
    one.__name__
    for one in gc.get_objects()
    if type(one).__name__ == "function" and one.__name__.startswith("test_")
    and "slope" in one.__name__
}
if found:
    succeeded(found)
"""


def change(notebook, target):
    at = notebook.cells.index(cell_of(notebook, "relu_derivative"))
    notebook.cells.insert(at, nbformat.v4.new_code_cell(SPY))


ATTACK = Attack(
    harm="the hidden tests of one function seen before those of the next",
    answer="def sigmoid_derivative(Z):\n    return Z\n",
    change=change,
    exercise="initialise_it",
    function="sigmoid_derivative",
)
