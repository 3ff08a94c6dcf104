"""Asks the grader for one product of small arrays that takes minutes: of half precision."""

from tests.attacks.suite import Attack

# NumPy multiplies such matrices entry by entry, a thousand times slower than others of this size.
# The third argument does not fit, so that the reply is small and quickly sent.
ATTACK = Attack(
    harm="a grader that works without end for one submission",
    answer="""
import time

import numpy as np

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)


def update_parameters(params, grads, learning_rate):
    for session in [OWNER]:
        if type(session).__name__ == "RequestHandler":
            multiply(session.channel, session.request, (params, grads, learning_rate))
    raise NotImplementedError


def multiply(connection, number, args):
    from workbook.grade.sandbox.wire import Message

    def ask(name, *args):
        body = {"name": name, "args": args, "kwargs": {}}
        connection.send(Message("earlier", number, body))

    def reply(number, args):
        value = {"value": update_parameters(*args), "args": args}
        connection.send(Message("returned", number, value))

    square = np.ones((900, 900), "f2")
    began = time.monotonic()
    ask("linear_forward", square, square, np.ones(3))
    ask("initialize_parameters", 2**12, 2**12, "x")
    connection.receive()
    if time.monotonic() - began > 15:
        succeeded("kept the grader busy for 15 seconds with one product")
        # There is time for it: the second request is still being worked on.
        reply(number, args)
        while True:
            message = connection.receive()
            if message.kind == "call":
                reply(message.id, message.body["args"])
""",
    status="crashed",
)
