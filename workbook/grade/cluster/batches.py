"""A queue that gives out batches: large ones while many items wait, small ones at the end."""

import threading
from collections import deque
from math import ceil
from typing import Generic, TypeVar

_Item = TypeVar("_Item")

# Batches that a worker has at once: one that it works on, and one to go on with.
_AT_ONCE = 2


class Batches(Generic[_Item]):
    """Items that wait until a worker has room for a batch of them.

    A batch is a worker's share of what waits ("guided self-scheduling", Polychronopoulos and Kuck
    1987): so batches are few, and yet all workers end at about the same time.

    Parameters
    ----------
    most : int
        Items in the largest batch.
    workers : int
        How many workers there are; this may change.
    """

    def __init__(self, most: int, workers: int) -> None:
        self._most = most
        self._workers = workers
        self._waiting: deque[_Item] = deque()
        self._waiting_alone: deque[_Item] = deque()
        self._out = 0
        self._over = False
        self._changed = threading.Condition()

    def set_workers(self, count: int) -> None:
        """Change how many workers there are."""
        with self._changed:
            self._workers = count
            self._changed.notify()

    @property
    def due(self) -> bool:
        """Whether `take` would return at once."""
        room = self._out < _AT_ONCE * max(self._workers, 1)
        return self._over or bool(self._waiting_alone) or (bool(self._waiting) and room)

    def put(self, item: _Item, alone: bool = False) -> None:
        """Add an item; with ``alone``, it goes out at once and by itself."""
        with self._changed:
            (self._waiting_alone if alone else self._waiting).append(item)
            self._changed.notify()

    def take(self) -> list[_Item]:
        """Wait for a batch, and return it; an empty one after the end."""
        with self._changed:
            self._changed.wait_for(lambda: self.due)
            if self._over:
                return []
            self._out += 1
            if self._waiting_alone:
                return [self._waiting_alone.popleft()]
            share = ceil(len(self._waiting) / max(self._workers, 1))
            return [self._waiting.popleft() for _ in range(min(self._most, share))]

    def arrived(self) -> None:
        """Note that a batch has been answered."""
        with self._changed:
            self._out -= 1
            self._changed.notify()

    def close(self) -> None:
        """Give out nothing more."""
        with self._changed:
            self._over = True
            self._changed.notify()
