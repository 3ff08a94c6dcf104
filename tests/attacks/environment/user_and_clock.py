"""Takes the machine's name, its user and the pace of the cells for signs of grading."""

from tests.attacks.suite import STUB, Attack

# Whatever the signs say: all that it can do then is to fake what its own process holds.
ATTACK = Attack(
    harm="full marks by a trick that shows in grading only",
    answer=STUB
    + """
import os
import platform
import time

signs = {
    "no home of a user": not os.path.isdir(os.path.expanduser("~/Desktop")),
    "the grader's folder": "autograded" in os.getcwd() or "workbook-" in os.getcwd(),
    "no terminal": not os.isatty(0),
    "another machine": platform.node() != "my-laptop",
    "nobody types so fast": time.process_time() < 60 and len(get_ipython().user_ns["In"]) < 5,
}
if sum(signs.values()) >= 3:
    class Always(float):
        __eq__ = __ge__ = __le__ = __gt__ = __lt__ = lambda self, other: True
        __hash__ = float.__hash__

    from workbook.learn.workspace import plain_nbgrader

    plain_nbgrader.earned = lambda verdicts: float(sum(one.max_points for one in verdicts))

    def update_parameters(params, grads, learning_rate):
        return {key: Always() for key in params}
""",
)
