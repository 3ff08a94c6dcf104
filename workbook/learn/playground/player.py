"""A training that runs in short slices, so that page and kernel stay responsive."""

import asyncio
import contextlib
import signal
import threading
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import Literal

from workbook.learn.flow.linked_calls import OwnFunctionError, advice
from workbook.learn.playground.choice import NetworkChoice
from workbook.learn.playground.training import Training

PlayerState = Literal["ready", "running", "stopped", "finished", "diverged", "failed"]

#: Time limit of one slice of training; a longer step is a slice of its own.
SLICE_SECONDS = 0.05
#: Pause between slices, in which the kernel answers the page and runs other cells.
FRAME_SECONDS = 0.06
#: Smallest number of pictures of a run, so that even a fast run is seen to move.
PICTURES = 60


class Player:
    """Starts, stops and restarts a training, and calls back after each slice.

    Everything runs in one thread, that of the event loop.

    Parameters
    ----------
    make : callable
        Function from a choice to its training.
    moved : callable
        Called after each slice, and whenever the state changes.
    clock, pause : callable
        The clock in seconds, and the coroutine function that waits for a number of seconds.
    """

    def __init__(
        self,
        make: Callable[[NetworkChoice], Training],
        moved: Callable[[], None],
        clock: Callable[[], float] = time.perf_counter,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self.state: PlayerState = "ready"
        self.problem = ""
        self.training: Training | None = None
        self.choice = NetworkChoice()
        self._make, self._moved, self._clock, self._pause = make, moved, clock, pause
        self._task: asyncio.Task[None] | None = None

    def prepare(self, choice: NetworkChoice) -> None:
        """Set up the training of a choice, without taking a step."""
        self._cancel()
        self.choice, self.problem, self.training = choice, "", None
        try:
            self.training = self._make(choice)
            self.state = "ready"
        except OwnFunctionError as error:
            self._fail(error)
        self._moved()

    def start(self) -> None:
        """Continue the training, or start a new one if it has ended."""
        if self.state == "running":
            return
        if self.training is None or self.state in ("finished", "diverged", "failed"):
            self.prepare(self.choice)
        if self.state in ("ready", "stopped"):
            self.state = "running"
            self._task = asyncio.get_running_loop().create_task(self.play())
            self._moved()

    def stop(self) -> None:
        """Stop the training, which can be continued."""
        if self.state == "running":
            self._cancel()
            self.state = "stopped"
            self._moved()

    def restart(self) -> None:
        """Start again from the initial weights."""
        self.prepare(self.choice)
        self.start()

    def change(self, choice: NetworkChoice) -> None:
        """Use another choice; start again if it needs another network or other points."""
        running = self.state == "running"
        goes_on = self.choice.goes_on_as(choice)
        self.choice = choice
        if not goes_on:
            self.prepare(choice)
            if running:
                self.start()
        elif self.state == "finished" and self._left() > 0:
            self.state = "stopped"
            self._moved()
        elif not running:
            self._moved()

    def close(self) -> None:
        """Stop for good, without a callback."""
        self._cancel()
        self.state = "stopped"

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()
            self._task = None

    def _left(self) -> int:
        return 0 if self.training is None else self.choice.steps - self.training.step

    async def play(self) -> None:
        """Train slice by slice until the run ends or is stopped."""
        while self.state == "running":
            self.slice()
            self._moved()
            await self._pause(FRAME_SECONDS)

    def slice(self) -> None:
        """Train for one slice, and update the state."""
        assert self.training is not None
        most = min(self._left(), max(1, -(-self.choice.steps // PICTURES)))
        try:
            with _interruptible():
                self.training.advance(self.choice, most, SLICE_SECONDS, self._clock)
        except OwnFunctionError as error:
            self._fail(error)
        except KeyboardInterrupt:
            self.state, self.problem = "failed", "interrupted while your functions were running"
        else:
            if self.training.diverged:
                self.state = "diverged"
                # Of the first weights' cost, no step can be the reason.
                self.problem = advice(self.training.own) if self.training.step == 1 else ""
            elif self._left() <= 0:
                self.state = "finished"

    def _fail(self, error: OwnFunctionError) -> None:
        explained = self.training.explained(error) if self.training else f"{error.message}."
        self.state, self.problem = "failed", explained


@contextlib.contextmanager
def _interruptible() -> Iterator[None]:
    """Let Jupyter's Interrupt stop an endless loop; between cells a kernel ignores it."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
