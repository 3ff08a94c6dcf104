"""The frameworks of a lab, each if it is installed: PyTorch, TensorFlow and JAX."""

import os
import sys
from importlib import import_module
from typing import Any

from workbook.learn.check.display import AskedWronglyError

# What each framework is called; pip installs it under its name in Python.
_TITLES = {"torch": "PyTorch", "tensorflow": "TensorFlow", "jax": "JAX"}

# Environment variables that a framework reads while it is imported.
_SETTINGS = {
    # Without these, it writes lines about the processor into the notebook.
    "tensorflow": {"TF_CPP_MIN_LOG_LEVEL": "3", "TF_ENABLE_ONEDNN_OPTS": "0"},
    "jax": {"JAX_PLATFORMS": "cpu", "JAX_ENABLE_X64": "1"},
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
    if name not in _TITLES:
        raise AskedWronglyError(
            f"there is no framework {name!r} here; there are {', '.join(_TITLES)}"
        )
    for variable, value in _SETTINGS.get(name, {}).items():
        os.environ.setdefault(variable, value)
    try:
        module = import_module(name)
    except ImportError as error:
        print(_missing(name, error))
        return None
    _set_up(name, module)
    print(f"{_TITLES[name]} {module.__version__}")
    return module


def _missing(name: str, error: ImportError) -> str:
    """Return the message for a framework that is not installed, with what to do."""
    if sys.platform == "emscripten":
        return (
            f"There is no {_TITLES[name]} in a browser's Python, so this part is skipped. To see "
            f"it, run this notebook in JupyterLab on your computer, after `pip install {name}`."
        )
    if isinstance(error, ModuleNotFoundError) and error.name == name:
        return (
            f"{_TITLES[name]} is not installed here, so this part is skipped. To see it, run "
            f"`pip install {name}` in a terminal, restart the kernel, and run all cells."
        )
    return f"{_TITLES[name]} is installed but cannot be imported, so this part is skipped: {error}"


def _set_up(name: str, module: Any) -> None:
    """Make a framework compute as NumPy does, even if it was imported with other settings."""
    if name == "jax":
        module.config.update("jax_enable_x64", True)
    elif name == "torch":
        # Such small arrays take longer to hand out to threads than to compute.
        module.set_num_threads(1)
