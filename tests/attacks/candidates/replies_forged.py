"""Writes replies and requests of its own on the wire while a candidate is asked."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="a verdict that nobody has given",
    exercise="test_it",
    function="find_mistakes",
    status="crashed",
    answer="""
import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)
count = 0


def find_mistakes(candidate):
    global count
    count += 1
    for handler in [OWNER]:
        if type(handler).__name__ == "RequestHandler":
            from workbook.grade.sandbox.wire import Message

            said = {"value": ["forged"] if count % 2 else [], "effects": None}
            for body in ({"name": "argument 0", "args": 3, "kwargs": [1]}, said, None):
                for kind in ("earlier", "returned", "statement", "given"):
                    handler.channel.send(Message(kind, handler.request, body))
    return []
""",
)
