"""Returns arrays of dates, texts, records, objects, quarters of a number and other byte orders."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for what no comparison is made for",
    answer="""
import itertools

import numpy as np

TYPES = itertools.cycle(
    ["M8[s]", "m8[ns]", "U5", "S3", "O", "V16", ">c16", ">f2", "g", "G", "i1,f8", "(2,)f8", "?"]
)


def update_parameters(params, grads, learning_rate):
    answer = {}
    for name, value in params.items():
        try:
            answer[name] = np.zeros(value.shape, next(TYPES))
        except TypeError:
            answer[name] = np.float16(7)
    return answer
""",
)
