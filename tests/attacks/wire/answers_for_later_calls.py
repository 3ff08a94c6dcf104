"""Sends, in the first of several calls, replies to the others, which are made as well."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks for calls that were not made, or a session that goes on with replies to spare",
    answer="""
import sys

import numpy as np

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)


def update_parameters(params, grads, learning_rate):
    if type(OWNER).__name__ == "RequestHandler":
        from workbook.grade.sandbox.wire import Message

        value = {key: np.zeros_like(one) for key, one in params.items()}
        for _ in range(3):
            body = {"value": value, "effects": None}
            OWNER.channel.send(Message("returned", OWNER.request, body))
    return {key: np.zeros_like(one) for key, one in params.items()}
""",
    status="crashed",
)
