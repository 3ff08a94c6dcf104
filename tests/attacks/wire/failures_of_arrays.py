"""Tells of exceptions whose type is an array, and whose text a dictionary."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a grader that fails on them",
    answer=STUB
    + """

import numpy as np

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

for session in [OWNER]:
    if type(session).__name__ == "RequestHandler":
        session._described = lambda error: {"type": np.zeros(3), "message": {"": np.ones(3)}}
1 / 0
""",
)
