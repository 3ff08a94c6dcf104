"""Writes code of a newer Python as this one reads it: it does what it did for its author.

Only what changes no meaning: quotes around f-strings, brackets around exceptions. Type parameters
are left out. Every line keeps its number.
"""

import ast
import re
import sys
from collections.abc import Iterator

from workbook.course.parsable import parsable

# What a scan of Python stops at: a comment, a string, with its prefix, or a bracket.
_STOP = re.compile(
    r"""#[^\n]*|(?:(?<!\w)(?P<prefix>[rR]?[fF]|[fF][rR]|[rR]?[bB]|[bB][rR]|[rRuU]))?"""
    r"""(?P<quote>\'\'\'|\"\"\"|'|")|[][(){}:]"""
)
_NAMED = re.compile(r"\\N\{[\w -]*\}")
_BRACE = re.compile(r"[{}]")
_INSIDE = r"(?:[^][]|\[(?:[^][]|\[[^][]*\])*\])*"
_PARAMETERS = re.compile(
    rf"^[ \t]*(?:(?:async[ \t]+)?def|class)[ \t]+\w+(\[({_INSIDE})\])(?=[ \t]*[(:])", re.M
)
_EXCEPTIONS = re.compile(r"^[ \t]*except\*?[ \t]+([\w.]+(?:[ \t]*,[ \t]*[\w.]+)+)[ \t]*(?=:)", re.M)
_NOT_PARSED = (SyntaxError, ValueError, OverflowError, RecursionError, MemoryError)

# Where a text is changed, and to what.
_Edit = tuple[int, int, str]


class _NoFStringError(Exception):
    """What looks like a string does not end."""


def for_this_python(source: str) -> tuple[str, set[str]]:
    """Return a text of Python as this version reads it, and the type parameters that it has lost.

    A part of it that cannot be read even so stays as it is, as does all that this Python reads.

    Parameters
    ----------
    source : str
        A text that this Python cannot parse, without anything for IPython in it.
    """
    edits, pieces, at = list[_Edit](), list[str](), 0
    for start, end, edit in _strings(source):
        # Nothing is looked for in strings and comments, but their lines stay lines.
        pieces += [source[at:start], re.sub(r"[^\n]", "'", source[start:end])]
        edits += [edit] if edit and sys.version_info < (3, 12) else []
        at = end
    code = "".join((*pieces, source[at:]))
    parameters = set[str]()
    for found in _PARAMETERS.finditer(code) if sys.version_info < (3, 12) else ():
        parameters |= {*re.findall(r"(?:^|,)[\s*]*(\w+)", found[2])}
        edits.append((*found.span(1), "\\\n" * found[2].count("\n")))
    for found in _EXCEPTIONS.finditer(code) if sys.version_info < (3, 14) else ():
        edits.append((*found.span(1), f"({found[1]})"))
    rewritten = _edited(source, edits)
    if rewritten != source:
        rewritten = _where_it_helps(source, rewritten)
    return rewritten, parameters if rewritten != source else set()


def _edited(source: str, edits: list[_Edit]) -> str:
    pieces, at = list[str](), 0
    for start, end, text in sorted(edits):
        # What stands in type parameters goes with them.
        if start >= at:
            pieces += [source[at:start], text]
            at = end
    return "".join((*pieces, source[at:]))


def _where_it_helps(source: str, rewritten: str) -> str:
    """Return a text with those parts rewritten that can be read then, and cannot be before."""
    try:
        ast.parse(rewritten)
        return rewritten
    except _NOT_PARSED:
        pass
    try:
        texts = parsable(source)[0], parsable(rewritten)[0], source
    except _NOT_PARSED:
        return source
    lines = zip(*(text.split("\n") for text in texts), strict=True)
    return "\n".join(as_it_is or new or old for as_it_is, new, old in lines)


def _strings(source: str) -> Iterator[tuple[int, int, _Edit | None]]:
    """Yield where strings and comments begin and end, and what an f-string becomes.

    It gets three quotes around it if it has its own in its braces. From what does not end, all the
    rest counts as a string.
    """
    at = 0
    while (found := _STOP.search(source, at)) is not None:
        quote = found["quote"]
        try:
            at = _end_of(source, found)
        except (_NoFStringError, RecursionError):
            yield found.start(), len(source), None
            return
        if not quote:
            if found.group().startswith("#"):
                yield found.start(), at, None
            continue
        inner, edit = source[found.end() : at - len(quote)], None
        if _is_f(found) and len(quote) == 1 and (quote in inner or "\n" in inner):
            edit = (found.start("quote"), at, f"{quote * 3}{inner}{quote * 3}")
        yield found.start(), at, edit


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
            at += _length(source, found, at)
    raise _NoFStringError


def _length(source: str, found: re.Match[str], at: int) -> int:
    """Return how many characters of a string belong together: with a backslash, what it is for."""
    if not source.startswith("\\", at):
        return 1
    if _is_f(found) and source.startswith("{", at + 1):
        # A brace begins a field all the same.
        return 1
    is_raw = "r" in (found["prefix"] or "").lower()
    name = None if is_raw else _NAMED.match(source, at)
    return len(name.group()) if name else 2


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
