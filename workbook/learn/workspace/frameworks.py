"""The frameworks of a lab, each if it is installed: PyTorch, TensorFlow and JAX."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any

from workbook.learn.check.display import AskedWronglyError


@dataclass(frozen=True)
class _Framework:
    """Facts about a framework that are needed before it is imported.

    Attributes
    ----------
    title : str
        How it is called.
    package : str
        What pip installs.
    settings : mapping of str to str
        Environment variables that it reads while it is imported.
    """

    title: str
    package: str
    settings: Mapping[str, str] = field(default_factory=dict)


_KNOWN = {
    "torch": _Framework("PyTorch", "torch"),
    # Without these, it writes lines about the processor into the notebook.
    "tensorflow": _Framework(
        "TensorFlow", "tensorflow", {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"}
    ),
    "jax": _Framework("JAX", "jax", {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"}),
}


def framework(name: str) -> Any:
    """Import a framework, ready to be compared with NumPy: on the processor, with 64 bits.

    Parameters
    ----------
    name : {"torch", "tensorflow", "jax"}
        Its name in Python.

    Returns
    -------
    module or None
        The framework; None if it is not installed, after a sentence that says how to get it.
    """
    if name not in _KNOWN:
        raise AskedWronglyError(f"there is no framework {name!r} here, but: {', '.join(_KNOWN)}")
    known = _KNOWN[name]
    for variable, value in known.settings.items():
        os.environ.setdefault(variable, value)
    try:
        module = import_module(name)
    except ImportError as error:
        print(_missing(known, name, error))
        return None
    _set_up(name, module)
    print(f"{known.title} {module.__version__}")
    return module


def _missing(known: _Framework, name: str, error: ImportError) -> str:
    """Return the message for a framework that is not installed, with what to do."""
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        return (
            f"{known.title} is not installed here, so this part is skipped. To see it, run "
            f"`pip install {known.package}` in a terminal, restart the kernel, and run all cells."
        )
    return f"{known.title} is installed but cannot be imported, so this part is skipped: {error}"


def _set_up(name: str, module: Any) -> None:
    """Make a framework compute as NumPy does, even if it was imported with other settings."""
    if name == "jax":
        module.config.update("jax_enable_x64", True)
    elif name == "torch":
        # Such small arrays take longer to hand out to threads than to compute.
        module.set_num_threads(1)
