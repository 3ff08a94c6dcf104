"""What Python says of a text that it cannot read, in words that say what to do."""

import re
import unicodedata

from workbook.course.newer_python import hint_at_version

_CHARACTER = re.compile(
    r"invalid (?:non-printable )?character .*\(?U\+((?:10|[0-9A-F])?[0-9A-F]{4})\)?"
)
# No place in a text is further on; of longer numbers Python makes no text.
_MOST = 2**31
# What looks like another sign of Python's, and is not made into it by Unicode's own rules.
_LOOKS_LIKE = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    **dict.fromkeys("\u00d7\u2217\u22c5\u00b7", "*"),
    **dict.fromkeys("\u00f7\u2215\u2044", "/"),
    **dict.fromkeys("\u2018\u2019\u201a\u201b\u2032\u00b4", "'"),
    **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
}


def of_plain_parts(error: SyntaxError) -> SyntaxError:
    """Return an error with those parts that are what Python gives one; the others are None.

    A program may raise an error with any parts, and of a class that has others in their place.
    """
    plain = SyntaxError()
    for name, kind in (("msg", str), ("text", str), ("lineno", int), ("offset", int)):
        part = vars(SyntaxError)[name].__get__(error)
        is_plain = type(part) is kind and (isinstance(part, str) or abs(part) < _MOST)
        setattr(plain, name, part if is_plain else None)
    return plain


def in_words(error: SyntaxError) -> str:
    """Return what is wrong with a text, as a part of a sentence, and what to do about it if known.

    Parameters
    ----------
    error : SyntaxError
        The error, with the line that it is about.
    """
    return f"{error.msg}{_about_character(error)}{hint_at_version(error)}"


def _about_character(error: SyntaxError) -> str:
    """Return what a character is that no program has, as text that was copied often does."""
    found = _CHARACTER.fullmatch(error.msg or "")
    if not found:
        return ""
    sign = chr(int(found[1], 16))
    meant = _LOOKS_LIKE.get(sign) or unicodedata.normalize("NFKC", sign)
    where = f", at place {error.offset} of the line" if error.offset else ""
    if unicodedata.category(sign) in ("Zs", "Zl", "Zp"):
        what = "it only looks like a space; type a space there"
    elif unicodedata.category(sign) == "Cf":
        what = "it cannot be seen; delete it"
    elif len(meant) == 1 and meant.isascii() and meant.isprintable():
        what = f"type {meant} there"
    else:
        return where
    return f"{where}: {what} (text that was copied from a web page often has such signs)"
