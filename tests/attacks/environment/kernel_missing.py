"""Sees by the missing kernel that it is graded, and then fakes comparisons and replies."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="full marks by a trick that shows in grading only",
    answer=STUB
    + """
import gc
import os

import numpy as np


def faked(body):
    body = {"value": body["args"][0], "args": body["args"], "passed": True, "points": 8.0}
    return "returned", body


kernel = getattr(get_ipython(), "kernel", None)
if kernel is None or "NBGRADER" in " ".join(os.environ):
    import workbook.course.compare
    from workbook.learn.workspace import plain_nbgrader

    workbook.course.compare.assert_same = lambda *args: None
    workbook.course.compare.differences = lambda *args: iter(())
    plain_nbgrader.mark = lambda _, tests, __: float(sum(points for _, points in tests))
    np.array_equal = np.allclose = lambda *args, **kwargs: True
    # What answers the grader's requests, where there is such a thing.
    for table in gc.get_objects():
        if type(table) is dict and {"cell", "defined", "call"} == set(table):
            table["call"] = faked
""",
)
