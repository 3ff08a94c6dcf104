"""Adds an ipykernel_launcher.py, which a kernel that starts in the folder takes for its own."""

from tests.attacks.suite import Attack

TEXT = """
import sys

del sys.path[0]
from workbook.learn.workspace import plain_nbgrader
from ipykernel import kernelapp

plain_nbgrader.mark = lambda _, tests, __: float(sum(points for _, points in tests))
kernelapp.launch_new_instance()
"""


def plant(folder, target):
    (folder / "ipykernel_launcher.py").write_text(TEXT, encoding="utf-8")


ATTACK = Attack(harm="full marks without an implementation", plant=plant)
