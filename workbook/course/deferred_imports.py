"""Defers the import of modules until something in them is used.

`importlib.util.LazyLoader` does not do: a lazy `matplotlib.pyplot` needs the `__path__` of its
package, which is thereby imported, and Python 3.11 loads a lazy module when it is imported a second
time, as by the first cell of each notebook.
"""

import importlib
import sys
import types
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import Any


def defer(
    package: str,
    *submodules: str,
    functions: Sequence[str] = (),
    then: Callable[[types.ModuleType], None] = lambda module: None,
) -> None:
    """Put stand-ins in the place of a package and of some of its submodules.

    To use a stand-in, or to import another submodule, imports the package itself, which takes the
    place of the stand-ins.

    Parameters
    ----------
    package : str
        Name of the package; nothing happens if it has been imported already.
    *submodules : str
        Names of modules right below it.
    functions : sequence of str, optional
        Names of functions of the package. To ask for one imports nothing yet, to call it does.
    then : callable, optional
        Called with the package once it has been imported.
    """
    if package in sys.modules:
        return
    names = (package, *(f"{package}.{name}" for name in submodules))
    stand_ins = {name: _StandIn(name, names, then) for name in names}
    vars(stand_ins[package])["__path__"] = _Path(stand_ins[package])
    for function in functions:
        vars(stand_ins[package])[function] = partial(_call, stand_ins[package], function)
    for name in submodules:
        setattr(stand_ins[package], name, stand_ins[f"{package}.{name}"])
    sys.modules.update(stand_ins)


def _call(stand_in: "_StandIn", function: str, *args: Any, **kwargs: Any) -> Any:
    """Import a module, and call a function of it."""
    real: Callable[..., Any] = getattr(stand_in.real(), function)
    return real(*args, **kwargs)


class _Path:
    """The `__path__` of a stand-in, at which each import of a name from the package looks.

    An import of another submodule iterates over it, for which the package itself is imported.
    """

    def __init__(self, package: "_StandIn") -> None:
        self._package = package

    def __iter__(self) -> Iterator[str]:
        return iter(self._package.real().__path__)


class _StandIn(types.ModuleType):
    """Stands in for a module.

    Parameters
    ----------
    name : str
        The module's full name.
    names : tuple of str
        Names of all modules that have stand-ins together with it, the package first.
    then : callable
        Called with the package once it has been imported.
    """

    def __init__(
        self, name: str, names: tuple[str, ...], then: Callable[[types.ModuleType], None]
    ) -> None:
        super().__init__(name)
        self.__dict__.update(_names=names, _then=then)

    def __getattr__(self, name: str) -> Any:
        real = self.real()
        if name == "__all__" and not hasattr(real, name):
            # For `import *`, which would look for the names in the stand-in itself.
            return [one for one in vars(real) if not one.startswith("_")]
        return getattr(real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, _StandIn):
            super().__setattr__(name, value)
        else:
            setattr(self.real(), name, value)

    def real(self) -> types.ModuleType:
        """Import the module, which takes the place of this one, and return it."""
        for name in self.__dict__["_names"]:
            if isinstance(sys.modules.get(name), _StandIn):
                del sys.modules[name]
        package = self.__dict__["_names"][0]
        if package not in sys.modules:
            self.__dict__["_then"](importlib.import_module(package))
        return importlib.import_module(self.__name__)
