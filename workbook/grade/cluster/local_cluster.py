"""A Dask cluster on this machine, started for one run.

Its workers are forked from a process that has imported what they need, which would take each new
process nearly a second. It imports while this process does: hence nothing of Dask is imported here
before it has begun.
"""

import logging
import multiprocessing
import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any

from workbook.grade.workers.executor import ONE_THREAD

#: The address that asks for a cluster on this machine.
LOCAL = "local"

#: A level of Dask's own messages that none of them has: what matters is said in a sentence.
SILENT = logging.CRITICAL + 1

# How this cluster differs from Dask's defaults.
_CONFIG = {
    "distributed.worker.multiprocessing-method": "forkserver",
    # Where a worker dies before its answer was fetched, this is how long its address is tried.
    "distributed.comm.timeouts.connect": "10 s",
    # What each process does many times a second, for a dashboard that is not there.
    "distributed.admin.system-monitor.interval": "10 s",
    "distributed.admin.tick.interval": "1 s",
    "distributed.worker.memory.monitor-interval": "1 s",
    "distributed.worker.profile.enabled": False,
}


def start_preloading() -> None:
    """Start the process that workers are forked from, which imports what they need."""
    multiprocessing.set_forkserver_preload(["workbook.grade.cluster.local_worker"])
    # From the working folder, they import nothing: a submission there may be called numpy.py.
    with _environment({"PYTHONSAFEPATH": "1", **ONE_THREAD}), _interrupts_blocked():
        forkserver.ensure_running()


def start_cluster(processes: int) -> Any:
    """Return a cluster of so many workers on this machine."""
    start_preloading()
    import dask
    from distributed import LocalCluster

    dask.config.set(_CONFIG)
    with _interrupts_blocked():
        # On loopback, but other users of the machine could connect as well: hence the keys, which
        # Dask makes for this cluster alone.
        return LocalCluster(
            n_workers=processes,
            threads_per_worker=1,
            processes=True,
            security=True,
            dashboard_address=None,
            scheduler_kwargs={"dashboard_address": "127.0.0.1:0"},
            silence_logs=SILENT,
        )


@contextmanager
def _interrupts_blocked() -> Iterator[None]:
    """Block Ctrl+C in processes that are started in this context: the command ends them itself."""
    # Python's own helper process, if it were started later, would undo that.
    resource_tracker.ensure_running()
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)


@contextmanager
def _environment(values: dict[str, str]) -> Iterator[None]:
    """Set environment variables for processes that are started in this context."""
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
