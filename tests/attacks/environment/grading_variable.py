"""Cheats only where the variable that nbgrader sets for its kernels says that it is graded."""

from tests.attacks.suite import STUB, Attack

# An honest grader marks what the function does; whoever looks at the notebook sees a harmless one.
ATTACK = Attack(
    harm="full marks by a trick that shows in grading only",
    answer=STUB
    + """
import os

if os.environ.get("NBGRADER_EXECUTION") in ("autograde", "validate"):
    from workbook.learn.workspace import plain_nbgrader

    plain_nbgrader.mark = lambda _, tests, __: float(sum(points for _, points in tests))
""",
)
