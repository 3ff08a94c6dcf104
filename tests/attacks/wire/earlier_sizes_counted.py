"""Asks the grader for the cost of sixteen million whole numbers, each perhaps a size."""

from tests.attacks.suite import STUB, Attack

# Whoever looks at each of them in Python, to see how large the answer may be, takes seconds.
ATTACK = Attack(
    harm="a grader that works without end for one submission",
    answer=STUB
    + """
import numpy as np

try:
    from workbook.earlier import compute_cost

    compute_cost(np.zeros(2**24, "i1"), 1)
except Exception:
    pass
""",
)
