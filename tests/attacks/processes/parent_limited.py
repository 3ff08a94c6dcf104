"""Sets its parent's limits, so that the grader can open and write no file any more."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that cannot write results",
    answer=STUB
    + """
import os
import resource

parent = os.getppid()
if parent > 1:
    for kind in (resource.RLIMIT_FSIZE, resource.RLIMIT_NOFILE):
        try:
            hard = resource.prlimit(parent, kind)[1]
            resource.prlimit(parent, kind, (0, hard))
            succeeded("limited its parent")
        except (OSError, ValueError):
            pass
""",
)
