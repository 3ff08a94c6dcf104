"""Python in a browser's tab: what a kernel there begins with."""

import os
from pathlib import Path

#: Where JupyterLite mounts the learner's notebooks, if it can.
_DRIVE = Path("/drive")


def begin() -> None:
    """Keep outcomes of checks where they are found again after the tab was closed."""
    if _DRIVE.is_dir():
        os.environ["XDG_CACHE_HOME"] = str(_DRIVE / ".cache")
