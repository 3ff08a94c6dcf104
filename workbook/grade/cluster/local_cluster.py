"""A Dask cluster of this machine's own.

Its workers are forked from a process that has imported what they need, where each that is started
anew would take nearly a second for it. That process imports while this one does: hence nothing of
Dask is imported here before it has begun.
"""

import logging
import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing import forkserver, resource_tracker
from typing import Any

from workbook.grade.workers.environment import environment

#: The address that means: a cluster of this machine's own.
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


def start_importing() -> None:
    """Start the process that workers will be forked from, and let it import what they need."""
    multiprocessing.set_forkserver_preload(["workbook.grade.cluster.local_worker"])
    # From the working folder, they import nothing: a submission there may be called numpy.py.
    with environment(PYTHONSAFEPATH="1"), _deaf_to_interrupts():
        forkserver.ensure_running()


def own_cluster(processes: int) -> Any:
    """Return a cluster with so many workers of this machine."""
    start_importing()
    import dask
    from distributed import LocalCluster

    dask.config.set(_CONFIG)
    with _deaf_to_interrupts():
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
def _deaf_to_interrupts() -> Iterator[None]:
    """Let what is started meanwhile not hear Ctrl+C, which is for the command: it ends them."""
    # Python's own helper process, if it were started later, would undo that.
    resource_tracker.ensure_running()
    heard = signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGINT])
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, heard)
