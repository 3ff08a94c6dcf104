"""Sends a reply of its own over the grader's socket, before the real one."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="marks from a reply that no computation gave",
    answer="""
import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)


def update_parameters(params, grads, learning_rate):
    for session in [OWNER]:
        if type(session).__name__ == "RequestHandler" and len(params) == 4:
            from workbook.grade.sandbox.wire import Message

            body = {"value": True, "args": (params, grads, learning_rate), "error": None}
            body |= {"passed": True, "points": 8.0, "status": "graded", "cut": False}
            session.channel.send(Message("returned", session.request, body))
    raise NotImplementedError
""",
    status="crashed",
)
