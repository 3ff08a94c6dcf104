"""Stand-ins for what a kernel gives to notebooks, where there is none."""

import builtins
from collections.abc import Callable
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
