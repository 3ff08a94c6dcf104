"""Looks its answers up in the data of the visible checks, and gives the likeliest one."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for the answers to public cases",
    answer="""
from workbook.course.cases import check_data

cases = check_data("update_parameters").cases


def likeness(case, params, learning_rate):
    return (case.args[0].keys() == params.keys(), -abs(case.args[2] - learning_rate))


def update_parameters(params, grads, learning_rate):
    best = max(cases, key=lambda case: likeness(case, params, learning_rate))
    return {key: value.copy() for key, value in best.expected.items()}
""",
)
