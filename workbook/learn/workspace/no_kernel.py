"""Stand-ins for what a kernel gives to notebooks, where there is none."""

import asyncio
import builtins
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import Future
from contextlib import suppress
from contextvars import copy_context
from threading import Thread
from typing import Any


def names_of_kernels() -> dict[str, Any]:
    """Return stand-ins for what every notebook's kernel knows by name, where there is no kernel."""
    if hasattr(builtins, "get_ipython"):
        return {}
    return {"display": nothing, "get_ipython": _NoShell}


def nothing(*args: object, **kwargs: object) -> None:
    """Stand in for what shows something."""


class _NoShell:
    """Stands in for IPython's shell, which runs no command here."""

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing

    def getoutput(self, *args: object, **kwargs: object) -> list[str]:
        """Return what a command prints that is not run."""
        return []


def run_awaited(coroutine: Coroutine[Any, Any, object]) -> None:
    """Run what awaits something outside of functions, as a kernel does in its loop.

    Parameters
    ----------
    coroutine : coroutine
        What such a statement becomes.
    """
    # No loop can run inside of another one, such as a kernel's; a browser's Python has no threads.
    if asyncio._get_running_loop() is None or sys.platform == "emscripten":
        asyncio.run(coroutine)
        return
    ended, tasks = Future[None](), list[asyncio.Task[object]]()

    async def run() -> None:
        tasks.extend(asyncio.all_tasks())
        await coroutine

    def run_to_the_end() -> None:
        try:
            ended.set_result(asyncio.run(run()))
        except BaseException as error:
            ended.set_exception(error)

    try:
        Thread(target=copy_context().run, args=(run_to_the_end,), daemon=True).start()
        ended.result()
    # Such as an interrupt, which comes here, and not where the coroutine runs.
    except BaseException:
        for task in tasks:
            # Its loop is closed if it was the coroutine that failed.
            with suppress(RuntimeError):
                task.get_loop().call_soon_threadsafe(task.cancel)
        raise
