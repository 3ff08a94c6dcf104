"""Stand-ins for what a kernel gives to notebooks, where there is none."""

import asyncio
import builtins
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from contextvars import copy_context
from threading import Thread
from timeit import timeit
from types import ModuleType
from typing import Any


def names_of_kernels(namespace: dict[str, Any]) -> dict[str, Any]:
    """Return stand-ins for what every notebook's kernel knows by name.

    Parameters
    ----------
    namespace : dict
        The notebook's own. The shell of a kernel that runs here has another notebook's.
    """
    shell = _NoShell(namespace)
    found = {"get_ipython": lambda: shell}
    return found if hasattr(builtins, "get_ipython") else {**found, "display": nothing}


@contextmanager
def as_main(module: ModuleType) -> Iterator[ModuleType]:
    """Let a module be `__main__`, where a notebook's code may look for itself and set names."""
    before, sys.modules["__main__"] = sys.modules["__main__"], module
    try:
        yield module
    finally:
        sys.modules["__main__"] = before


def nothing(*args: object, **kwargs: object) -> None:
    """Stand in for what shows something."""


def timed(function: Callable[[], object]) -> Any:
    """Call a function once, and return what ``%timeit -o`` says of that."""
    from IPython.core.magics.execution import TimeitResult

    seconds = timeit(function, number=1)
    return TimeitResult(1, 1, seconds, seconds, [seconds], 0.0, 3)


class _NoShell:
    """Stands in for IPython's shell, which runs no command here.

    Parameters
    ----------
    namespace : dict
        The notebook's own, which it gives away and adds to.
    """

    def __init__(self, namespace: dict[str, Any]) -> None:
        self.user_ns = self.user_global_ns = namespace

    def push(self, variables: Any, interactive: bool = True) -> None:
        """Give values to names of the notebook."""
        self.user_ns.update(variables)

    def ex(self, code: str) -> None:
        """Run a text in the notebook."""
        exec(code, self.user_ns)

    def ev(self, expression: str) -> Any:
        """Return the value of a text in the notebook."""
        return eval(expression, self.user_ns)

    def __getattr__(self, name: str) -> Callable[..., None]:
        if name.startswith("__"):
            raise AttributeError(name)
        return nothing

    def getoutput(self, *args: object, **kwargs: object) -> list[str]:
        """Return what a command prints that is not run."""
        return []


def apart(function: Callable[[], Any]) -> Any:
    """Call a function where no loop runs, and return its result.

    No loop can run inside of another one, such as a kernel's.

    Parameters
    ----------
    function : callable
        The function.
    """
    if asyncio._get_running_loop() is None:
        return function()
    ended = Future[Any]()

    def run_to_the_end() -> None:
        try:
            ended.set_result(function())
        except BaseException as error:
            ended.set_exception(error)

    Thread(target=copy_context().run, args=(run_to_the_end,), daemon=True).start()
    return ended.result()
