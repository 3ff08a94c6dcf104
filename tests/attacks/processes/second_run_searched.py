"""Ends the first run, and searches the second one for what differs and who knows the answer."""

from tests.attacks.suite import Attack

ATTACK = Attack(
    harm="the reference found by way of what the second run changes",
    answer="""
import gc
import os
import signal
import sys

first = signal.getsignal(signal.SIGALRM) is signal.SIG_DFL
if first:
    os._exit(1)

waiting = [signal.getsignal(signal.SIGALRM), os._exit, *gc.get_objects()]
found = [
    one
    for one in waiting
    if callable(one)
    and getattr(one, "__name__", "") in ("update_parameters", "reference", "hidden_tests")
]
for frame in sys._current_frames().values():
    while frame is not None:
        found += [frame.f_locals[n] for n in ("tests", "reference") if n in frame.f_locals]
        frame = frame.f_back
if found:
    succeeded(found)
""",
    status="crashed",
)
