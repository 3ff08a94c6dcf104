"""Asks the grader for arrays of terabytes, with the sizes in places that it may not look at."""

from tests.attacks.suite import STUB, Attack

# Sizes that no machine can have: it is the grader that must refuse them, not its last memory.
ATTACK = Attack(
    harm="a grader that runs out of memory",
    answer=STUB
    + """
import numpy as np

try:
    from workbook.earlier import initialize_parameters, initialize_parameters_deep, linear_forward
except ImportError:
    initialize_parameters = initialize_parameters_deep = linear_forward = None

HUGE = 2**24
ones = np.ones((1, 1), "i1")
for ask in (
    lambda: initialize_parameters_deep(np.array([HUGE, HUGE])),
    lambda: initialize_parameters(np.array(HUGE), np.array(HUGE), 1),
    lambda: initialize_parameters(n_x=np.array(HUGE), n_h=HUGE, n_y=1),
    lambda: initialize_parameters(True, HUGE * HUGE, 1),
    lambda: initialize_parameters_deep({0: HUGE, 1: HUGE}),
    lambda: initialize_parameters_deep(f"{HUGE}"),
    lambda: linear_forward(np.ones((1, 2**13), "i1"), np.ones((2**13, 1), "i1"),
                           np.ones((2**24, 1, 1), "i1")),
):
    try:
        ask()
    except Exception as error:
        if "nable to allocate" in str(error):
            succeeded(f"asked for too much: {error}")
""",
)
