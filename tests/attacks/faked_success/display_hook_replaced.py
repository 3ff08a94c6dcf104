"""Replaces the display hooks, so that no points are ever shown: no result means full marks."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import sys


def show_nothing(value=None):
    pass


sys.displayhook = sys.__displayhook__ = show_nothing
get_ipython().display_trap.hook = show_nothing
""",
)
