"""Adds a numpy.py that imports the real one, and replaces what counts the points."""

from tests.attacks.suite import Attack

TEXT = """
import sys

sys.path = [path for path in sys.path if path]
del sys.modules["numpy"]
import numpy
from workbook.learn.workspace import plain_nbgrader

plain_nbgrader.mark = lambda _, tests, __: float(sum(points for _, points in tests))
"""


def plant(folder, target):
    (folder / "numpy.py").write_text(TEXT, encoding="utf-8")


ATTACK = Attack(harm="full marks without an implementation", plant=plant)
