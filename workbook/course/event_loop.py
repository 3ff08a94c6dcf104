"""The event loop in which a kernel runs the cells of a notebook."""

import ast
import asyncio
import inspect
import re
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Coroutine
from types import CodeType
from typing import Any

from workbook.course.statements import DEFINITION

# What Python says of code that wants to run a loop of its own.
_RUNS = re.compile(
    r".*(?:cannot be called from a running event loop|event loop is already running"
    r"|while another loop is running)"
)
# For the tasks that cells have made, before the next cell.
_SECONDS = 0.01
# For a coroutine that was cancelled.
_WAIT_SECONDS = 1.0


def _here(function: Callable[[], Any]) -> Any:
    return function()


class NotebookLoop:
    """One loop for all cells of a notebook, so that a cell can await what another one has begun.

    It is there from the first cell on that awaits something or mentions `asyncio`.

    Parameters
    ----------
    apart : callable, optional
        Calls a function where no loop runs.
    """

    def __init__(self, apart: Callable[[Callable[[], Any]], Any] = _here) -> None:
        self._apart = apart
        self._loop: asyncio.AbstractEventLoop | None = None

    def prepare(self, source: str) -> None:
        """Have the loop at hand for a cell that may ask for it."""
        # A browser has one that always runs.
        if self._loop is None and "asyncio" in source and sys.platform != "emscripten":
            self._loop = asyncio.new_event_loop()

    def __bool__(self) -> bool:
        return self._loop is not None

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine to its end, and return its result."""
        if sys.platform == "emscripten":
            return asyncio.run(coroutine)
        self.prepare("asyncio")
        loop = self._loop
        assert loop is not None
        try:
            return self._apart(lambda: loop.run_until_complete(coroutine))
        # Such as an interrupt, which may come here, and not where the coroutine runs.
        except BaseException:
            if loop.is_running():
                for task in asyncio.all_tasks(loop):
                    loop.call_soon_threadsafe(task.cancel)
            raise

    def execute(self, code: CodeType, names: dict[str, Any]) -> None:
        """Execute the code of a statement, in the loop if there is one.

        Parameters
        ----------
        code : CodeType
            The code.
        names : dict
            The notebook's namespace.
        """
        awaits = bool(code.co_flags & inspect.CO_COROUTINE)

        async def in_loop() -> None:
            if awaits:
                await eval(code, names)
            else:
                exec(code, names)

        if not self and not awaits:
            exec(code, names)
            return
        try:
            self.run(in_loop())
        except RuntimeError as error:
            if awaits or not runs_a_loop(error):
                raise
            # A kernel refuses it. It costs nobody anything here, and its coroutine is made again.
            with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
                traceback.clear_frames(error.__traceback__)
            self._apart(lambda: exec(code, names))

    def go_on(self) -> None:
        """Let tasks go on for a moment, as they do in a kernel between two cells."""
        if self._loop is not None and asyncio.all_tasks(self._loop):
            self.run(asyncio.sleep(_SECONDS))

    def close(self) -> None:
        """End the loop with its tasks, if there is one."""
        if self._loop is None:
            return
        tasks = asyncio.all_tasks(self._loop)

        async def cancelled() -> None:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)

        end = time.monotonic() + _WAIT_SECONDS
        while self._loop.is_running() and time.monotonic() < end:
            # What was interrupted is about to end.
            time.sleep(_SECONDS)
        if not self._loop.is_running():
            self.run(cancelled())
            self._loop.close()


def runs_a_loop(error: BaseException | None) -> bool:
    """Tell whether something has failed since it wanted to run a loop of its own."""
    return isinstance(error, RuntimeError) and _RUNS.match(str(error)) is not None


def waits(statement: ast.stmt) -> bool:
    """Tell whether a statement awaits something outside of functions."""
    return not isinstance(statement, DEFINITION) and any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in ast.walk(statement)
    )
