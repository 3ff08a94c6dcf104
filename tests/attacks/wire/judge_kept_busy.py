"""Has a thread keep the judge busy on the core that both share, so that both wait for it."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="time without end, since whoever waits for a core gets it back",
    answer=STUB
    + """
import gc
import os
import threading

from workbook.grade.sandbox.wire import Message, encode

(handler,) = [one for one in gc.get_objects() if type(one).__name__ == "RequestHandler"]
data = encode(Message("statement", handler.request, [0, 1])) * 2000
wire = handler.channel._stream.fileno()


def flood():
    while True:
        view = memoryview(data)
        while view:
            view = view[os.write(wire, view) :]


threading.Thread(target=flood, daemon=True).start()
while True:
    try:
        while True:
            sum(range(100_000))
    except BaseException:
        pass
""",
    status="timeout",
    other_ends=("crashed", "graded"),
    limits=("cell_seconds",),
)
