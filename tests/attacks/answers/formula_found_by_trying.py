"""Tries formulas on the public cases and keeps the one that fits: a right one, it counts."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a right answer refused",
    points=8,
    answer="""
from itertools import product

from workbook.course.cases import check_data

FORMULAS = [
    lambda value, slope, rate, i=i, j=j, sign=sign: value + sign * slope**i * rate**j
    for i, j, sign in product((0, 1, 2), (0, 1, 2), (1, -1))
]


def step(formula, params, grads, learning_rate):
    return {key: formula(params[key], grads["d" + key], learning_rate) for key in params}


def fits(formula):
    return all(
        np.allclose(step(formula, *case.args)[key], case.expected[key])
        for case in check_data("update_parameters").cases
        for key in case.expected
    )


found = next(filter(fits, FORMULAS))


def update_parameters(params, grads, learning_rate):
    return step(found, params, grads, learning_rate)
""",
)
