"""Connects to the scheduler of a Dask cluster, and checks whether its workers can judge."""

import asyncio
import json
import logging
import time
import warnings
from collections import defaultdict
from collections.abc import Callable
from typing import Any

import dask
from distributed import Client, Security
from distributed.comm import connect

from workbook.grade.cluster import remote_worker
from workbook.grade.cluster.local_cluster import LOCAL, SILENT, start_cluster

# How long a scheduler may take to answer.
_CONNECT_SECONDS = 5
#: How often to look whether there are workers.
RETRY_SECONDS = 1.0

_CONFIG = {
    # A large notebook is one.
    "distributed.admin.large-graph-warning-threshold": "1 GiB",
    # Messages that are kept, to look at when something goes wrong: with them, all notebooks were.
    "distributed.admin.low-level-log-length": 10,
}

_ONE_AT_A_TIME = (
    "a worker judges one submission at a time, however many threads it has; "
    "`dask worker --nworkers N --nthreads 1` uses N cores"
)


class ClusterError(Exception):
    """The cluster cannot be used, or not for a submission; the text says why."""


class ClusterClient:
    """A client of a scheduler.

    Parameters
    ----------
    address : str
        The scheduler's address, or `LOCAL`.
    processes : int
        Number of workers, if the cluster is `LOCAL`.

    Raises
    ------
    ClusterError
        If no scheduler answers.
    """

    def __init__(self, address: str, processes: int) -> None:
        for name in ("distributed", "distributed.client", "tornado.application"):
            logging.getLogger(name).setLevel(SILENT)
        dask.config.set(_CONFIG)
        self._address = address
        self._cluster = start_cluster(processes) if address == LOCAL else None
        self.client = _client(self._cluster or address, address)

    def check_workers(self, unconfined: bool, say: Callable[[str], None]) -> list[str]:
        """Wait for workers, see that they can judge, and return their addresses.

        Raises
        ------
        ClusterError
            If one cannot.
        """
        try:
            threads = self.client.nthreads()
            if not threads:
                say(f"Waiting: the scheduler {self._address} has no workers yet.")
            while not threads:
                time.sleep(RETRY_SECONDS)
                threads = self.client.nthreads()
            answers = self.client.run(remote_worker.worker_facts, unconfined, on_error="return")
        except OSError as error:
            raise ClusterError(f"the connection to {self._address} has ended: {error}") from error
        notes: defaultdict[str, list[str]] = defaultdict(list)
        for worker, answer in answers.items():
            for note in _notes(worker, answer):
                notes[note].append(worker)
            if threads.get(worker, 1) > 1:
                notes[_ONE_AT_A_TIME].append(worker)
        for note, workers in notes.items():
            say(f"Note: {note} ({', '.join(workers)}).")
        say(f"Workers of {self._address}: {len(answers)}.")
        return list(answers)

    def close(self) -> None:
        """Leave the cluster; end it if it is a local one."""
        self.client.close()
        if self._cluster is not None:
            self._cluster.close()


def _client(scheduler: Any, address: str) -> Any:
    """Return a client of a scheduler, which is an address or a local cluster."""
    try:
        if scheduler == address:
            # A client that finds no scheduler would hang for long when the command ends.
            asyncio.run(_try_out(address))
        with warnings.catch_warnings():
            # Of differing versions, which are looked at below.
            warnings.simplefilter("ignore")
            # Answers are text; an object that a worker has pickled is not opened.
            return Client(scheduler, set_as_default=False, deserializers=["dask", "msgpack"])
    except (OSError, ValueError, TypeError, RuntimeError) as error:
        why = str(error) or f"silence for {_CONNECT_SECONDS} seconds"
        raise ClusterError(
            f"no Dask scheduler answers at {address} ({why}). Is it running "
            "(`dask scheduler`), and is the address right, such as tcp://host:8786?"
        ) from error


async def _try_out(address: str) -> None:
    keys = Security().get_connection_args("client")
    trying = connect(address, timeout=_CONNECT_SECONDS, **keys)
    # A program of another kind may accept the connection, and say nothing.
    connection = await asyncio.wait_for(trying, _CONNECT_SECONDS + 1)
    await connection.close()


def _notes(worker: str, answer: Any) -> list[str]:
    """Return notes for the instructor about a worker; raise ClusterError if it cannot judge."""
    if isinstance(answer, BaseException):
        raise ClusterError(
            f"the worker {worker} cannot judge ({type(answer).__name__}: {answer}); it needs the "
            'same program as this machine: `pip install "backprop-workbook[cluster]"`'
        )
    facts = json.loads(answer)
    if facts["problem"]:
        raise ClusterError(f"the worker {worker} cannot judge: {facts['problem']}")
    there, here = facts["versions"], remote_worker.worker_versions()
    return [*facts["notes"]] + [
        f"{name} is {there.get(name)} there and {number} here, so marks may differ"
        for name, number in here.items()
        if there.get(name) != number
    ]
