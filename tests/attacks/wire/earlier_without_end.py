"""Hands the grader a queue of long computations, worked off long after the time is up."""

from tests.attacks.suite import Attack

# Each request is small, draws millions of random numbers, and fails in the end: a small reply.
ATTACK = Attack(
    harm="a grader that works without end for one submission",
    answer="""
import time

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)


def update_parameters(params, grads, learning_rate):
    for session in [OWNER]:
        if type(session).__name__ == "RequestHandler" and len(params) == 2:
            work_off(session.channel, session.request, (params, grads, learning_rate))
    raise NotImplementedError


def work_off(connection, number, args):
    from workbook.grade.sandbox.wire import Message

    def reply(number, args):
        value = {"value": update_parameters(*args), "args": args}
        connection.send(Message("returned", number, value))

    body = {"name": "initialize_parameters", "args": (2000, 2000, "x"), "kwargs": {}}
    began = time.monotonic()
    for _ in range(201):
        connection.send(Message("earlier", number, body))
    for _ in range(200):
        connection.receive()
    if time.monotonic() - began < 15:
        connection.receive()
    else:
        succeeded("kept the grader busy for 15 seconds with one call")
        # There is time for it: the last one is still being worked on.
        reply(number, args)
        while True:
            message = connection.receive()
            if message.kind == "call":
                reply(message.id, message.body["args"])
""",
    status="timeout",
    limits=("call_seconds",),
)
