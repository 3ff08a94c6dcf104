"""The event loop in which a kernel runs the cells of a notebook."""

import ast
import asyncio
import inspect
import sys
import time
import traceback
import warnings
from collections.abc import Callable, Collection, Coroutine, Iterator
from contextlib import contextmanager, suppress
from types import CodeType
from typing import Any

from workbook.course.named_in_code import DEFINITION

# What Python says where only a loop that runs will do, such as for `asyncio.create_task`.
_NO_LOOP = "no running event loop"
# For the tasks that a statement has made, before the next statement.
_SECONDS = 0.01
# For a coroutine that was cancelled.
_WAIT_SECONDS = 1.0


def _here(function: Callable[[], Any]) -> Any:
    return function()


class NotebookLoop:
    """One loop for all cells of a notebook, so that a cell can await what another one has begun.

    It is there from the first cell on that awaits something or mentions `asyncio`. What awaits
    nothing is executed where no loop runs, as in a program: there `asyncio.run` works as well.

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
        if "asyncio" in source and sys.platform != "emscripten":
            self._open()

    def _open(self) -> asyncio.AbstractEventLoop:
        """Return the loop, a new one where the notebook has closed it; make it the current one."""
        if self._loop is None or self._loop.is_closed():
            self._loop = asyncio.new_event_loop()
        if asyncio._get_running_loop() is None:
            asyncio.set_event_loop(self._loop)
        return self._loop

    def run(self, coroutine: Coroutine[Any, Any, Any]) -> Any:
        """Run a coroutine to its end, and return its result."""
        if sys.platform == "emscripten":
            return asyncio.run(coroutine)
        loop = self._open()
        try:
            return self._apart(lambda: loop.run_until_complete(coroutine))
        # Such as an interrupt, which may come here, and not where the coroutine runs.
        except BaseException:
            if loop.is_running():
                cancel_all(loop=loop)
            raise

    def execute(self, code: CodeType, names: dict[str, Any]) -> None:
        """Execute the code of a statement.

        Parameters
        ----------
        code : CodeType
            The code.
        names : dict
            The notebook's namespace.
        """

        async def awaited() -> None:
            await eval(code, names)

        if code.co_flags & inspect.CO_COROUTINE:
            self.run(awaited())
        elif self._loop is None:
            exec(code, names)
        else:
            loop, before = self._open(), self.tasks()
            with self._as_current(loop if "create_task" in code.co_names else None):
                lacks_loop = not _executed(code, names)
            if lacks_loop:
                with self._as_current(loop):
                    exec(code, names)
            self.go_on(before)

    @contextmanager
    def running(self) -> Iterator[None]:
        """Let the loop seem to run, where none does."""
        with self._as_current(self._open()):
            yield

    @contextmanager
    def _as_current(self, seems_to_run: asyncio.AbstractEventLoop | None) -> Iterator[None]:
        """Have the notebook's loop as the current one, and let this one seem to run, or none."""
        running = asyncio._get_running_loop()
        asyncio.set_event_loop(self._loop)
        asyncio._set_running_loop(seems_to_run)
        try:
            yield
        finally:
            asyncio._set_running_loop(running)
            if running is not None:
                asyncio.set_event_loop(running)

    def tasks(self) -> set[asyncio.Task[Any]]:
        """Return the tasks that have not ended."""
        return set() if self._loop is None else asyncio.all_tasks(self._loop)

    def go_on(self, before: Collection[asyncio.Task[Any]]) -> None:
        """Let calls that wait, and tasks that were not there before, go on for a moment.

        A kernel's loop does so between two cells.

        Those that take longer go on where a cell awaits something: no other statement has to wait
        for them.
        """
        loop = self._loop
        if loop is None or loop.is_closed() or loop.is_running():
            return
        # Those of `call_soon`, for which a loop has no list to be asked for.
        if self.tasks() <= set(before) and not getattr(loop, "_ready", None):
            return
        # A kernel goes on, too.
        with suppress(SystemExit):
            self.run(asyncio.sleep(_SECONDS))

    def close(self) -> None:
        """End the loop with its tasks, if there is one."""
        loop = self._loop
        if loop is None:
            return
        end = time.monotonic() + _WAIT_SECONDS
        while loop.is_running() and time.monotonic() < end:
            # What was interrupted is about to end.
            time.sleep(_SECONDS)
        if not loop.is_running() and not loop.is_closed():
            with suppress(SystemExit):
                self.run(_cancelled(self.tasks()))
            loop.close()
        if asyncio._get_running_loop() is None:
            asyncio.set_event_loop(None)


def cancel_all(why: str | None = None, loop: asyncio.AbstractEventLoop | None = None) -> None:
    """Cancel all that is awaited in a loop: from another thread, or while a signal is handled.

    Parameters
    ----------
    why : str, optional
        What the exception says that is raised where something is awaited.
    loop : asyncio.AbstractEventLoop, optional
        The loop; the one that runs in this thread if not given.
    """
    loop = loop or asyncio.get_running_loop()
    for task in asyncio.all_tasks(loop):
        loop.call_soon_threadsafe(task.cancel, why)


async def _cancelled(tasks: Collection[asyncio.Task[Any]]) -> None:
    for task in tasks:
        task.cancel()
    if tasks:
        # One may refuse to end.
        await asyncio.wait(tasks, timeout=_WAIT_SECONDS)


def _executed(code: CodeType, names: dict[str, Any]) -> bool:
    """Execute a statement; return False if it needs a loop that runs."""
    try:
        exec(code, names)
    except RuntimeError as error:
        if not wants_a_loop(error):
            raise
        # Its coroutine is made again.
        with warnings.catch_warnings(action="ignore", category=RuntimeWarning):
            traceback.clear_frames(error.__traceback__)
        return False
    return True


def wants_a_loop(error: BaseException | None) -> bool:
    """Tell whether something has failed since no loop runs."""
    return isinstance(error, RuntimeError) and str(error) == _NO_LOOP


def waits(statement: ast.stmt) -> bool:
    """Tell whether a statement awaits something outside of functions."""
    return not isinstance(statement, DEFINITION) and any(
        isinstance(node, ast.Await | ast.AsyncFor | ast.AsyncWith) for node in ast.walk(statement)
    )
