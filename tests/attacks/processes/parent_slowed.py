"""Takes processors and priority away from its parent, so that the class is graded slowly."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader with other scheduling than before",
    answer=STUB
    + """
import os

parent = os.getppid()
if parent > 1:
    before = os.sched_getaffinity(parent)
    for slow_down in (
        lambda: os.sched_setaffinity(parent, {min(before)}),
        lambda: os.setpriority(os.PRIO_PROCESS, parent, 19),
        lambda: os.sched_setscheduler(parent, os.SCHED_IDLE, os.sched_param(0)),
    ):
        try:
            slow_down()
            succeeded("slowed its parent down")
        except OSError:
            pass
    try:
        # That it could be done has been seen.
        os.sched_setaffinity(parent, before)
    except OSError:
        pass
""",
)
