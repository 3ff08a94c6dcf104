"""What newer versions of Python read and older ones do not, as notebooks from elsewhere have it."""

import re
import sys

# The version of Python that something came with, what older ones say of it, and its line.
_NEWER = (
    # An f-string's own quotes in one of its expressions.
    (
        (3, 12),
        "f-string: .*",
        r"""\b(?:[fF][rR]?|[rR][fF])(["'])(?:(?!\1)[^{]|\{\{|\{(?:(?!\1)[^{}])*\})*"""
        r"""\{(?:(?!\1)[^{}])*\1(?:(?!\1)[^{}])*\1[^{}]*\}""",
    ),
    ((3, 12), "f-string .* a backslash", r"""\{[^{}]*["'][^"'{}]*\\"""),
    ((3, 12), "invalid syntax", r"^\s*type\s+\w+\s*(?:\[.*\])?\s*=(?!\s*=)"),
    ((3, 12), r"expected '\('", r"\bdef\s+\w+\s*\[.*\]\s*\("),
    ((3, 12), "invalid syntax", r"\bclass\s+\w+\s*\[.*\]\s*[(:]"),
    # Several exceptions without brackets, and t-strings.
    ((3, 14), "multiple exception types .*", r"\bexcept\b(?!.*\bas\b)"),
    ((3, 14), "invalid syntax", r"""\b(?:[tT][rR]?|[rR][tT])["']"""),
)
_ALIAS = re.compile(r"\s*type\s+(\w+)")


def hint_at_version(error: SyntaxError) -> str:
    """Return a part of a sentence where a text may be of a newer Python than this; else "".

    Parameters
    ----------
    error : SyntaxError
        The error, with the line that it is about.
    """
    if not any(
        sys.version_info < version
        and re.fullmatch(message, error.msg or "")
        and re.search(line, error.text or "")
        for version, message, line in _NEWER
    ):
        return ""
    used = ".".join(map(str, sys.version_info[:2]))
    return f", or Python {used}, which is used here, is too old for this line"


def alias_in(error: SyntaxError) -> str:
    """Return the name of a type alias that could not be read, as in ``type X = int``; else ""."""
    found = _ALIAS.match(error.text or "")
    return found[1] if found else ""
