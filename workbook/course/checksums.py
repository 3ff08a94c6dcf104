"""Checksums of released cells, which tell which cells nobody has touched since.

nbgrader writes one into each of its cells. Its own function needs nbgrader, which a learner does
not have, and well-formed metadata, which a submission may lack. The build writes one into the cells
of text and the experiments.
"""

import hashlib
import re
from collections.abc import Callable
from typing import Any

# Spaces at the end of a line, and what some systems write there. From the first of them, or else a
# million of them would be looked at a million times.
_LINE_ENDS = re.compile(r"(?<![ \t])[ \t]*\r?\n")


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
        return _holds(settings, source, lambda text: checksum(cell, text))
    ours = metadata.get("workbook")
    return isinstance(ours, dict) and _holds(ours, source, plain_checksum)


def _holds(settings: dict[str, Any], source: str, sum_of: Callable[[str], str]) -> bool:
    """Tell whether a checksum is that of a text, whatever an editor has made of its line ends."""
    found = settings.get("checksum")
    if not found or not isinstance(found, str):
        return False
    return found == sum_of(source) or found == sum_of(_LINE_ENDS.sub("\n", source).rstrip())
