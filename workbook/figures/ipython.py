"""The IPython in which a notebook's code runs."""

import sys
from typing import Any


def shell() -> Any:
    """Return the IPython shell that runs this code, or None."""
    # A process that has not imported IPython does not run in it; the import would be slow.
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()


def shows_html() -> bool:
    """Return whether what a cell shows can be HTML; in a terminal, IPython shows plain text."""
    formatter = getattr(shell(), "display_formatter", None)
    return formatter is not None and "text/html" in formatter.active_types


def has_widgets() -> bool:
    """Return whether this kernel can use ipywidgets."""
    # Only a kernel has a front end that can show widgets.
    if getattr(shell(), "kernel", None) is None:
        return False
    from importlib.util import find_spec

    return find_spec("ipywidgets") is not None
