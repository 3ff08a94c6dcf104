"""Has the grader run a network of a hundred thousand layers, each of a single number."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a grader that runs out of memory for arguments that seem small",
    answer="""
import numpy as np
from workbook.earlier import L_model_forward

ONES = np.ones((240, 240))


def L_model_backward(AL, Y, caches):
    for W, layers in ((1.0, 90_000), (np.float64(1), 90_000), (np.eye(240)[:1] * 0 + 1, 30)):
        parameters = {}
        for layer in range(1, layers):
            parameters[f"W{layer}"] = W
            parameters[f"b{layer}"] = 0.0
        try:
            L_model_forward(ONES, parameters)
        except Exception:
            pass
    return {}
""",
    exercise="L_model_backward",
    other_ends=("timeout", "out_of_memory"),
)
