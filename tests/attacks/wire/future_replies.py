"""Answers requests that have not come yet: its cell, whether there is a function, calls."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="marks from replies that no computation gave",
    answer=STUB
    + """

import numpy as np

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

for session in [OWNER]:
    if type(session).__name__ == "RequestHandler":
        from workbook.grade.sandbox.wire import Message

        send, number = session.channel.send, session.request
        send(Message("done", number, {"failures": [], "cut": False}))
        send(Message("done", number + 1, True))
        value = {f"{kind}{layer}": np.zeros((1, 1)) for kind in "Wb" for layer in range(1, 5)}
        for later in range(2, 40):
            body = {"value": value, "args": (value, value, 0.0), "passed": True, "points": 1.0}
            send(Message("returned", number + later, body))
""",
    status="crashed",
)
