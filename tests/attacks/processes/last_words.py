"""Leaves what is to run when its process ends: finalizers, callbacks, exits, hooks of threads."""

from tests.attacks.suite import STUB, Attack

ATTACK = Attack(
    harm="something done when nobody looks any more",
    answer=STUB
    + """
import atexit
import faulthandler
import gc
import os
import signal
import sys
import threading
import weakref

OWN = os.getpid()


def late(*args, **kwargs):
    if threading.main_thread().ident is not None:
        for number in range(3, 256):
            try:
                os.write(number, bytes(64))
            except OSError:
                pass


class Last:
    __del__ = late


keep = Last(), [Last() for _ in range(100)]
keep[1].append(keep)
other = threading.local()
other.last = Last()
atexit.register(late)
threading._register_atexit(late)
weakref.finalize(keep[0], late)
gc.callbacks.append(lambda phase, info: Last() and None)
threading.excepthook = sys.excepthook = sys.unraisablehook = late
for number in range(1, 65):
    try:
        signal.signal(number, late)
    except (OSError, ValueError):
        pass
faulthandler.register(signal.SIGUSR1, open("trace", "w"))
threading.Thread(target=lambda: (threading.main_thread().join(), late()), daemon=False).start()
""",
    status="crashed",
    other_ends=("graded", "timeout"),
)
