"""What newer versions of Python read and older ones do not, as notebooks from elsewhere have it."""

import re
import sys

# Quotes in an f-string's expression, type aliases and parameters, several exceptions without
# brackets, t-strings: what came with Python 3.12 to 3.14.
_NEWER = re.compile(
    r"\b(?:[fF][rR]?|[rR]?[fFtT])[\"']|^\s*type\s+\w|\b(?:def|class)\s+\w+\s*\[|\bexcept\s+[\w.]+\s*,"
)
_ALIAS = re.compile(r"\s*type\s+(\w+)")
_NEWEST = (3, 14)


def hint_at_version(error: SyntaxError) -> str:
    """Return a part of a sentence where a text may be of a newer Python than this; else "".

    Parameters
    ----------
    error : SyntaxError
        The error, with the line that it is about.
    """
    if sys.version_info >= _NEWEST or not _NEWER.search(error.text or ""):
        return ""
    used = ".".join(map(str, sys.version_info[:2]))
    return f", or Python {used}, which is used here, is too old for this line"


def alias_in(error: SyntaxError) -> str:
    """Return the name of a type alias that could not be read, as in ``type X = int``; else ""."""
    found = _ALIAS.match(error.text or "")
    return found[1] if found else ""
