"""Writes code of a newer Python as this one reads it: it does what it did for its author.

Only what changes no meaning: quotes around f-strings, brackets around exceptions. Type parameters
are left out. Every line keeps its number.
"""

import re
import sys

# What a scan of Python stops at: a comment, a string, with its prefix, or a bracket.
_STOP = re.compile(
    r"""#[^\n]*|(?:(?<!\w)(?P<prefix>[A-Za-z]{1,2}))?(?P<quote>\'\'\'|\"\"\"|'|")|[][(){}:]"""
)
_BRACE = re.compile(r"[{}]")
_PARAMETERS = re.compile(
    r"^([ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+)\[((?:[^][]|\[[^][]*\])*)\](?=[ \t]*[(:])",
    re.M,
)
_EXCEPTIONS = re.compile(
    r"^([ \t]*except\*?[ \t]+)([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)[ \t]*(?=:)", re.M
)


class _NoFStringError(Exception):
    """What looks like a string does not end."""


def for_this_python(source: str) -> tuple[str, set[str]]:
    """Return a text of Python as this version reads it, and the type parameters that it has lost.

    Parameters
    ----------
    source : str
        A text that this Python cannot parse; it is returned as it is if there is nothing newer in
        it.
    """
    parameters = set[str]()
    if sys.version_info < (3, 12):
        source = _with_other_quotes(source)
        for found in _PARAMETERS.finditer(source):
            parameters |= {*re.findall(r"(?:^|,)[\s*]*(\w+)", found[2])}
        source = _PARAMETERS.sub(lambda found: found[1] + "\n" * found[2].count("\n"), source)
    if sys.version_info < (3, 14):
        source = _EXCEPTIONS.sub(r"\1(\2)", source)
    return source, parameters


def _with_other_quotes(source: str) -> str:
    """Return a text with three quotes around each f-string that has its own in its braces."""
    pieces, at = list[str](), 0
    try:
        while (found := _STOP.search(source, at)) is not None:
            end = _end_of(source, found)
            quote, text = found["quote"], source[found.end() : end]
            inner = text[: -len(quote)] if quote else ""
            if _is_f(found) and len(quote) == 1 and (quote in inner or "\n" in inner):
                text = f"{quote * 2}{inner}{quote * 3}"
            pieces += [source[at : found.end()], text]
            at = end
    except (_NoFStringError, RecursionError):
        pass
    return "".join((*pieces, source[at:]))


def _is_f(found: re.Match[str]) -> bool:
    return "f" in (found["prefix"] or "").lower()


def _end_of(source: str, found: re.Match[str]) -> int:
    """Return where what a scan has found ends: after a string, or after the comment or bracket."""
    quote = found["quote"]
    if not quote:
        return found.end()
    at = found.end()
    while at < len(source):
        if source.startswith(quote, at):
            return at + len(quote)
        if _is_f(found) and source[at] == "{":
            at = at + 2 if source.startswith("{{", at) else _end_of_field(source, at + 1)
        elif source[at] == "\n" and len(quote) == 1:
            break
        else:
            at += 2 if source[at] == "\\" else 1
    raise _NoFStringError


def _end_of_field(source: str, at: int) -> int:
    """Return where a field of an f-string ends, after its brace."""
    depth = 0
    while (found := _STOP.search(source, at)) is not None:
        what, at = found.group(), found.end()
        if what == "}" and depth == 0:
            return at
        if what == ":" and depth == 0:
            return _end_of_format(source, at)
        depth += (what in list("([{")) - (what in list(")]}"))
        at = _end_of(source, found)
    raise _NoFStringError


def _end_of_format(source: str, at: int) -> int:
    """Return where a field ends whose format begins here; the format may have fields of its own."""
    while (found := _BRACE.search(source, at)) is not None:
        if found.group() == "}":
            return found.end()
        at = _end_of_field(source, found.end())
    raise _NoFStringError
