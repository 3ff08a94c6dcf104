"""Checksums of released cells, which tell which cells nobody has touched since.

nbgrader writes one into each of its cells. Its own function needs nbgrader, which a learner does
not have, and well-formed metadata, which a submission may lack. The build writes one into the cells
of text and the experiments.
"""

import hashlib
from typing import Any


def checksum(cell: Any, source: str) -> str:
    """Return the checksum of a cell, as nbgrader computes it; "" if its metadata do not allow it.

    Parameters
    ----------
    cell : dict
        The cell, as it stands in a notebook's file.
    source : str
        Its text.
    """
    try:
        settings = cell["metadata"]["nbgrader"]
        parts = [source, cell["cell_type"]]
        parts += [str(settings[flag]) for flag in ("grade", "solution", "locked")]
        parts.append(settings["grade_id"])
        if settings["grade"]:
            parts.append(str(float(settings["points"])))
        text = "".join(parts)
    except (KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return ""
    return _hashed(text)


def plain_checksum(source: str) -> str:
    """Return the checksum that the build writes into a cell that is none of nbgrader's."""
    return _hashed(source)


def _hashed(text: str) -> str:
    return hashlib.md5(text.encode(errors="replace"), usedforsecurity=False).hexdigest()


def is_as_released(cell: Any, source: str) -> bool:
    """Tell whether a cell is as it was released, by the checksum in its own metadata.

    Anybody can write such a checksum: it says what a note may leave out, and never what counts.
    """
    metadata = cell.get("metadata")
    if not isinstance(metadata, dict):
        return False
    if isinstance(settings := metadata.get("nbgrader"), dict):
        found = checksum(cell, source)
        return bool(found) and settings.get("checksum") == found
    ours = metadata.get("workbook")
    return isinstance(ours, dict) and ours.get("checksum") == plain_checksum(source)
