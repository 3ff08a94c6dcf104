"""Modules whose import waits until something is asked of them."""

import importlib
import sys
import types
from typing import Any


def defer(package: str, *submodules: str) -> None:
    """Let imports of a package and of some of its submodules give stand-ins, which cost nothing.

    What is asked of a stand-in, or an import of another submodule, imports the package itself,
    which takes the stand-ins' place.

    Parameters
    ----------
    package : str
        Name of the package; nothing happens if it has been imported already.
    *submodules : str
        Names of modules right below it.
    """
    if package in sys.modules:
        return
    names = (package, *(f"{package}.{name}" for name in submodules))
    stand_ins = {name: _StandIn(name, names) for name in names}
    for name in submodules:
        setattr(stand_ins[package], name, stand_ins[f"{package}.{name}"])
    sys.modules.update(stand_ins)


class _StandIn(types.ModuleType):
    """Stands in for a module.

    Parameters
    ----------
    name : str
        The module's full name.
    names : tuple of str
        Names of all modules that have stand-ins together with it.
    """

    def __init__(self, name: str, names: tuple[str, ...]) -> None:
        super().__init__(name)
        self.__dict__["_names"] = names

    def __getattr__(self, name: str) -> Any:
        # The import system asks for the path, too, before it imports another submodule.
        real = self._real()
        if name == "__all__" and not hasattr(real, name):
            # For `import *`, which would look for the names in the stand-in itself.
            return [one for one in vars(real) if not one.startswith("_")]
        return getattr(real, name)

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, _StandIn):
            super().__setattr__(name, value)
        else:
            setattr(self._real(), name, value)

    def _real(self) -> types.ModuleType:
        for name in self.__dict__["_names"]:
            if isinstance(sys.modules.get(name), _StandIn):
                del sys.modules[name]
        return importlib.import_module(self.__name__)
