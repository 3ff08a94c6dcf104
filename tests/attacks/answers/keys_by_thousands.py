"""Answers with thousands of keys that look almost right, for whoever looks for the mistake."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a judge that looks for a mistake for minutes",
    answer="""
import numpy as np


def update_parameters(params, grads, learning_rate):
    wrong = {f"W{number}": np.ones((3, 3)) * number for number in range(4_000)}
    wrong |= {f"dW0{number}": number for number in range(4_000)}
    wrong |= {"(W|b)+" * 50 + str(number): [[]] * 5 for number in range(500)}
    return wrong | {name: -value for name, value in params.items()}
""",
)
