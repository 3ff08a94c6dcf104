"""An answer by heart: all that an earlier attempt was asked, with what it should have answered.

The attacker is better off than any student: nothing of the first attempt's inputs is lost on the
way, and for each the right answer is known.
"""

import base64
import pickle
from typing import Any

import nbformat

from workbook.course.exercises import find
from workbook.course.folder import Course
from workbook.course.hidden_tests import run
from workbook.grade.judging.judge import Judge
from workbook.grade.submissions.jobs import Job

#: The mark of an answer by heart to other inputs: it follows from its arguments, and leaves them as
#: they are, as one hidden test asks.
POINTS = 1.0

#: The name of the function that the answers below call.
ANSWER = """
def update_parameters(params, grads, learning_rate):
    return by_heart(params, grads, learning_rate)
"""

#: What the first attempt does with its inputs.
LEAK = """
def by_heart(*inputs):
    raise ValueError(repr(inputs))
"""

_BY_HEART = """
import base64
import pickle

import numpy as np

KNOWN = pickle.loads(base64.b64decode({known!r}))


def by_heart(params, grads, learning_rate):
    def distance(one):
        (p, g, rate), _ = one
        if {{k: v.shape for k, v in p.items()}} != {{k: v.shape for k, v in params.items()}}:
            return np.inf
        far = [np.abs(p[k] - v).sum() + np.abs(g["d" + k] - grads["d" + k]).sum()
               for k, v in params.items()]
        return sum(far) + abs(rate - learning_rate)

    return {{key: value.copy() for key, value in min(KNOWN, key=distance)[1].items()}}
"""


def learnt(course: Course, first: Job) -> str:
    """Return the code that knows by heart what an attempt was asked."""
    judge = Judge(course)
    try:
        seed = judge.judge(first).seed
    finally:
        judge.close()
    right = course.reference("update_parameters")
    known: list[Any] = []

    def recorded(*inputs: Any) -> Any:
        known.append((inputs, right(*inputs)))
        return known[-1][1]

    run(course.hidden_tests("update_parameters"), recorded, seed)
    return _BY_HEART.format(known=base64.b64encode(pickle.dumps(known)).decode())


def attempt(notebook: Any, name: str) -> Job:
    """Return the job of a notebook of update_parameters."""
    return Job(name, find("update_parameters"), nbformat.writes(notebook).encode())
