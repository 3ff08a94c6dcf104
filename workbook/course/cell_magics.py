"""Magics for a whole cell, such as ``%%time``: what of such a cell counts."""

import re

#: The line with which a cell is handed to a magic; its group is the magic's name.
CELL_MAGIC = re.compile(r"\A\s*%%(\S*)[^\n]*")

#: Magics that keep nothing of what their cell defines: they run it apart, or not as Python.
KEEP_NOTHING = frozenset(
    {"HTML", "bash", "html", "javascript", "js", "latex", "markdown", "perl", "python", "python3",
     "ruby", "script", "sh", "svg", "timeit"}
)  # fmt: skip


def magic_of(source: str) -> str:
    """Return the name of the magic that a cell is handed to, or ""."""
    found = CELL_MAGIC.match(source)
    return found[1] if found else ""


def without_magic(source: str) -> str:
    """Return a cell without the line of its magic, which stays as an empty line."""
    return CELL_MAGIC.sub(lambda magic: "\n" * magic[0].count("\n"), source)
