"""Stand-ins for what a kernel gives to notebooks, where there is none."""

import asyncio
import builtins
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
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
    with ThreadPoolExecutor(1) as pool:
        pool.submit(copy_context().run, asyncio.run, coroutine).result()
