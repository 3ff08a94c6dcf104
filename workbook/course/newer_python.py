"""What newer versions of Python read and older ones do not, as notebooks from elsewhere have it.

Most of it is written in a way that this Python reads, too. Of the rest, messages say what it is.
"""

import re
import sys
from collections.abc import Sequence

# What something is, the Python that it came with, what older ones say of it, and its line.
_NEWER = (
    # An f-string's own quotes in one of its expressions.
    (
        "quotes inside an f-string's braces that are the same as around it",
        (3, 12),
        "f-string: .*",
        r"""\b(?:[fF][rR]?|[rR][fF])(["'])(?:(?!\1)[^{]|\{\{|\{(?:(?!\1)[^{}])*\})*"""
        r"""\{(?:(?!\1)[^{}])*\1(?:(?!\1)[^{}])*\1[^{}]*\}""",
    ),
    (
        "a backslash inside an f-string's braces",
        (3, 12),
        "f-string .* a backslash",
        r"""\{[^{}]*["'][^"'{}]*\\""",
    ),
    (
        "`type` for the name of a type",
        (3, 12),
        "invalid syntax",
        r"^\s*type\s+\w+\s*(?:\[.*\])?\s*=(?!\s*=)",
    ),
    ("type parameters", (3, 12), r"expected '\('", r"\bdef\s+\w+\s*\[.*\]\s*\("),
    ("type parameters", (3, 12), "invalid syntax", r"\bclass\s+\w+\s*\[.*\]\s*[(:]"),
    (
        "several exceptions without brackets",
        (3, 14),
        "multiple exception types .*",
        r"\bexcept\b(?!.*\bas\b)",
    ),
    ("a t-string", (3, 14), "invalid syntax", r"""\b(?:[tT][rR]?|[rR][tT])["']"""),
)
# As Python 2 gives an exception its name.
_NAMED_EXCEPTION = re.compile(r"\bexcept\s+([\w.]+)\s*,\s*([a-z]\w*)\s*:")
_ALIAS = re.compile(r"\s*type\s+(\w+)")


def hint_at_version(error: SyntaxError) -> str:
    """Return a part of a sentence where a text may be of a newer Python than this; else "".

    Parameters
    ----------
    error : SyntaxError
        The error, with the line that it is about.
    """
    for what, version, message, line in _NEWER:
        if (
            sys.version_info < version
            and re.fullmatch(message, error.msg or "")
            and re.search(line, error.text or "")
        ):
            return (
                f", or Python {_dotted(sys.version_info)}, which is used here, is too old for this "
                f"line: {what} came with Python {_dotted(version)}"
            )
    return ""


def refusal(error: SyntaxError) -> str:
    """Return a part of a sentence: that this Python refuses a cell that is read all the same.

    Parameters
    ----------
    error : SyntaxError
        What it says of the cell, with the line that it is about.
    """
    advice = "write the line for that version, or use a newer Python in Jupyter"
    if found := _NAMED_EXCEPTION.search(error.text or ""):
        advice = f"if `{found[2]}` names the exception, write `except {found[1]} as {found[2]}:`"
    return f"Python {_dotted(sys.version_info)} refuses the whole cell: {advice}"


def _dotted(version: Sequence[object]) -> str:
    return ".".join(map(str, version[:2]))


def alias_in(error: SyntaxError) -> str:
    """Return the name of a type alias that could not be read, as in ``type X = int``; else ""."""
    found = _ALIAS.match(error.text or "")
    return found[1] if found else ""
