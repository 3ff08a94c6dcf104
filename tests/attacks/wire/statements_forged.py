"""Says that other statements run than do, in great number, and then that all tests have passed."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="marks from what the process says of its statements",
    answer=STUB
    + """

import workbook.earlier

OWNER = getattr(workbook.earlier.__getattr__, "__self__", None)

for session in [OWNER]:
    if type(session).__name__ == "RequestHandler":
        from workbook.grade.sandbox.wire import Message

        for number in range(20_000):
            session.channel.send(Message("statement", session.request, [number, -number]))
        told = ["passed", "points", 8.0]
        session.channel.send(Message("statement", session.request, told))
""",
    status="crashed",
    other_ends=("graded",),
)
