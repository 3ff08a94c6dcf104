"""Has the shell write every number that a cell shows as full points."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks without an implementation",
    answer=STUB
    + """
import re


def forged(number, printer, cycle):
    points = re.search("Hidden tests, ([0-9]+)", In[-1])
    printer.text(f"{points[1]}.0" if points else repr(number))


get_ipython().display_formatter.formatters["text/plain"].for_type(float, forged)
""",
)
