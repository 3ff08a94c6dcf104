"""Calls the right version of a lab's function, which is lent to another one, to be right itself."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="points for a function that the grader has answered",
    exercise="check_it",
    function="gradient_check",
    answer="""
import threading

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

lent = [workbook.earlier.gradient_difference]


def asked(*args):
    from workbook.grade.sandbox.wire import Message

    for session in [OWNER]:
        if type(session).__name__ == "RequestHandler":
            for body in (
                {"name": "gradient_difference", "args": args, "kwargs": {}},
                {"name": "gradient_difference", "args": args, "kwargs": {},
                 "beside": ["gradient_difference"]},
                {"name": "argument 0", "args": args, "kwargs": {}},
            ):
                session.channel.send(Message("earlier", session.request, body))
                reply = session.channel.receive()
                if reply.kind == "returned":
                    return reply.body["value"]
    raise NotImplementedError


def gradient_difference(one, other):
    for function in (*lent, asked):
        try:
            return function(one, other)
        except Exception:
            pass
    raise NotImplementedError


mine = gradient_difference


def numerical_gradient(f, theta, h):
    lent.append(f)
    raise NotImplementedError


def gradient_check(parameters, grads, X, Y):
    # In a plain nbgrader nothing is lent: it is the function of this very notebook.
    if gradient_difference is not mine:
        lent.append(gradient_difference)
        threading.Thread(target=mine, args=(X, X), daemon=True).start()
    raise NotImplementedError
""",
    # Two threads that speak at once break the wire.
    status="crashed",
)
