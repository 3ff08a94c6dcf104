"""Clears each graded cell's outputs in a hook after it, and shows full points instead."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import re

shell = get_ipython()


def forge(result=None):
    points = re.search("Hidden tests, ([0-9]+)", In[-1])
    if points:
        shell.display_pub.clear_output()
        shell.displayhook(float(points[1]))


shell.events.register("post_execute", forge)
shell.events.register("post_run_cell", forge)
""",
)
