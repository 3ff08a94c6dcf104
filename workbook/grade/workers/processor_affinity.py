"""Binds each judge, with its students' processes, to a processor core.

Judge and student take turns: one waits while the other works. On one core each switch costs a third
of what it costs between two, since no core has to be woken up.

Nor does either interrupt the other: several answers wait in the wire until all are there.
"""

import contextlib
import os
import socket

# Each reserves a core's name as long as this process lives.
_HELD: list[socket.socket] = []


def take_turns() -> None:
    """Keep processes that this thread starts later from preempting a running one."""
    # It may be forbidden: then it takes a little longer.
    with contextlib.suppress(OSError):
        os.sched_setscheduler(0, os.SCHED_BATCH, os.sched_param(0))


def bind_to_free_core() -> int | None:
    """Bind this thread, and what it starts later, to a core that no other judge has reserved.

    Returns
    -------
    core : int or None
        Number of the core; None if all are taken, and the thread goes where there is room.
    """
    for core in sorted(os.sched_getaffinity(0), reverse=True):
        name = socket.socket(socket.AF_UNIX)
        try:
            # A name that one process can have at a time, and that ends with it, however it ends.
            name.bind(f"\0backprop-workbook-core-{core}")
            # A container may forbid it: then nobody has a core to itself, and nothing is lost.
            os.sched_setaffinity(0, {core})
        except OSError:
            name.close()
            continue
        _HELD.append(name)
        return core
    return None
