"""Adds lines to the imports that put fakes under the names of NumPy, `check` and the course."""

from tests.attacks.suite import Attack, cell_of

ADDED = """
import sys, types
class Fake(types.ModuleType):
    def __getattr__(self, name):
        return lambda *args, **kwargs: True
    def __call__(self, *args, **kwargs):
        return 8.0
for name in ("numpy", "workbook", "workbook.earlier", "workbook.course.compare", "pytest"):
    sys.modules[name] = Fake(name)
np = check = mark = hidden_tests = Fake("np")
def update_parameters(*args):
    return np
"""


def change(notebook, target):
    cell_of(notebook, "update_parameters-setup").source += ADDED


ATTACK = Attack(harm="marks for an answer that is none", answer="", change=change)
