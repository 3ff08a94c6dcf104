"""Returns values that hold themselves, or are nested a hundred thousand times."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that recurses without end",
    answer="""
import numpy as np


def update_parameters(params, grads, learning_rate):
    value = {}
    if len(params) == 6:
        value["W1"] = value["W2"] = value["b2"] = value
    elif len(params) == 4:
        for _ in range(10**5):
            value = {"W1": value, "b1": [value]}
    else:
        value["W1"] = np.empty(1, object)
        value["W1"][0] = value
    return value
""",
)
