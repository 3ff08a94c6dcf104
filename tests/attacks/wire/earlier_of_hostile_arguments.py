"""Calls earlier functions with arguments of every kind that can cross, none of them expected."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that dies of what it is asked, or prints to the instructor",
    answer="""
import itertools

import numpy as np
import workbook.earlier

HOSTILE = (
    None, True, -1, 10**300, 1e308, float("nan"), "", "W" * 50_000, [], {}, (), {1: 2, None: 3},
    np.zeros((0, 8000)), np.zeros((2, 2, 2, 2)), np.ones(3, "c16"), np.array(7), np.float16(3),
    np.full((4, 4), np.inf), {"W1": None, "b1": {}}, {f"W{n}": 1.0 for n in range(500)},
    [[[[]]]] * 9, object(), len, {"dA0": object()}, np.arange(3, dtype="u1"), [1.5, 2],
    {"": np.zeros(1)},
)
NAMES = ("linear_forward", "compute_cost", "L_model_forward", "initialize_parameters_deep",
         "linear_activation_backward", "__class__", "argument 0", "update_parameters", "")
for name, (one, other) in itertools.product(NAMES, zip(HOSTILE, HOSTILE[::-1])):
    for args in ((), (one,), (one, other), (one, other, one)):
        try:
            getattr(workbook.earlier, name)(*args, **({} if args else {"X": one}))
        except Exception:
            pass


def update_parameters(params, grads, learning_rate):
    return workbook.earlier.compute_cost(params, grads)
""",
    other_ends=("timeout",),
)
