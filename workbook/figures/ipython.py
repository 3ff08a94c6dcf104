"""The IPython in which a notebook's code runs."""

import sys
from typing import Any


def shell() -> Any:
    """Return the IPython shell that runs this code, or None."""
    # A process that has not imported IPython does not run in it; the import would be slow.
    ipython = sys.modules.get("IPython")
    return None if ipython is None else ipython.get_ipython()
