"""Says, before it ends, that it has come to statements that no cell has, again and again."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="a judge that stumbles over a place, in the notes or in the second run",
    answer=STUB
    + """
import ctypes

import workbook.earlier

session = getattr(workbook.earlier.__getattr__, "__self__", None)
if type(session).__name__ == "RequestHandler":
    from workbook.grade.sandbox.wire import Message

    for place, line in ((-1, -1), (2**62, 2**62), (10**300, -(10**300)), (0, 0)):
        session.channel.send(Message("statement", session.request, [place, line]))
    session.channel.send(Message("statement", session.request, [10**300, 10**300]))
ctypes.string_at(0)
""",
    status="crashed",
    other_ends=("graded",),
)
