"""Does the same with the same text in the cell for the answer: only a helper above it differs."""

from nbformat.v4 import new_code_cell

from tests.attacks.replay import ANSWER, LEAK, POINTS, attempt, learnt
from tests.attacks.suite import Attack, cell_of
from workbook.course.folder import Course


def change(notebook, target):
    helper = new_code_cell(LEAK)
    notebook.cells.insert(notebook.cells.index(cell_of(notebook, "update_parameters")), helper)
    helper.source = learnt(Course(target.course), attempt(notebook, target.name))


ATTACK = Attack(
    harm="marks for the answers of an earlier attempt",
    answer=ANSWER,
    change=change,
    points=POINTS,
)
