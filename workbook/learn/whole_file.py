"""Small files of the program's own, written whole."""

import os
import tempfile
from pathlib import Path


def write_whole(file: Path, text: str) -> None:
    """Write a text file; its name never stands for half of it.

    Parameters
    ----------
    file : Path
        The file; its folder is made where it is missing.
    text : str
        What it holds from now on.

    Raises
    ------
    OSError
        If it cannot be written; then it is as it was.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    handle, partial = tempfile.mkstemp(dir=file.parent, prefix=f".{file.stem}")
    try:
        with open(handle, "w", encoding="utf-8") as opened:
            opened.write(text)
        os.replace(partial, file)
    except OSError:
        os.unlink(partial)
        raise
