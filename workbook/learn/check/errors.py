"""Explanations of exceptions in the learner's function, with the line that failed."""

import functools
import inspect
import linecache
import traceback
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from types import FrameType
from typing import Any

from workbook.course.scripted import learner_code
from workbook.course.text import message_of, notes_of, shorten
from workbook.learn.check.reasons import Spot, reason

_LONGEST_MESSAGE = 300
_LONGEST_LINE = 50


class NotWrittenYetError(NotImplementedError):
    """An earlier function that was called is still the stub, or is not available."""


@dataclass(frozen=True)
class Problem:
    """The reason why a call gave no answer.

    Attributes
    ----------
    message : str
        What went wrong, in one or two sentences.
    excerpt : str
        The learner's own line; below it, carets mark the expression that failed.
    unwritten : bool
        Whether the function, or one that it calls, is still the stub.
    picture : str
        Code that draws why shapes do not fit; empty where that is not what went wrong.
    """

    message: str
    excerpt: str = ""
    unwritten: bool = False
    picture: str = ""


def explain_error(error: BaseException, function: Callable[..., Any], name: str = "") -> Problem:
    """Return the explanation of an exception for the learner whose function raised it.

    Parameters
    ----------
    error : BaseException
        The exception, with its traceback.
    function : callable
        The learner's function.
    name : str
        The course's name of it, where that is known.
    """
    if isinstance(error, NotWrittenYetError):
        return Problem(str(error), unwritten=True)
    found = _own_spot(error, function)
    if isinstance(error, NotImplementedError):
        name = name or str(getattr(function, "__name__", "the function"))
        if isinstance(function, type) and found is not None:
            # Of a class, some methods may be written and others not.
            name = f"{name}.{found.frame.f_code.co_name}"
        text = f"{name} is not written yet: NotImplementedError"
        return Problem(text + _place(found, function), unwritten=True)
    message = " ".join(message_of(error).split())
    if _is_from_candidate(error):
        said = (
            f"the candidate has raised it: {shorten(message, _LONGEST_MESSAGE // 2)}. On a real "
            "layer that is a mistake that you have found: catch it"
        )
    else:
        said = reason(error, message, found, name)
    said = "; ".join(filter(None, [said, *notes_of(error)]))
    said = shorten(said, _LONGEST_MESSAGE)
    text = f"{type(error).__name__}{_place(found, function)}: {said}".rstrip(": ")
    from workbook.learn.check.shape_picture import of_error  # only a mistake needs it

    return Problem(text, _excerpt(error, found), picture=of_error(error, found))


def _is_from_candidate(error: BaseException) -> bool:
    """Return whether the code of a candidate has raised an exception, and not what calls it."""
    from workbook.course.given.candidates import Candidate  # only the last lab needs it

    codes = [frame.f_code for frame, _ in traceback.walk_tb(error.__traceback__)]
    return Candidate.__call__.__code__ in codes[:-1]


def _own_spot(error: BaseException, function: Callable[..., Any]) -> Spot | None:
    """Return the last place in the learner's own code, in whichever of their notebooks.

    Where calls became too many, it is the first of those that go round: where in them Python gives
    up is chance.
    """
    own = _file(function)
    walked = traceback.walk_tb(error.__traceback__)
    places = [
        (frame, summary)
        for (frame, _), summary in zip(
            walked, traceback.extract_tb(error.__traceback__), strict=False
        )
        if summary.filename == own or ".ipynb" in summary.filename or _is_cell(summary.filename)
    ]
    if not places:
        return None
    if isinstance(error, RecursionError):
        calls = Counter(frame.f_code for frame, _ in places)
        return _spot(*next((one for one in places if calls[one[0].f_code] > 1), places[-1]))
    return _spot(*places[-1])


def _is_cell(name: str) -> bool:
    return "ipykernel_" in name or name.startswith("<ipython-input")


def _spot(frame: FrameType, summary: traceback.FrameSummary) -> Spot:
    first, last = summary.lineno or 1, summary.end_lineno or summary.lineno or 1
    lines = [linecache.getline(summary.filename, number) for number in range(first, last + 1)]
    start, end = summary.colno, summary.end_colno
    if start is None or end is None:
        return Spot(frame, first, lines[0].rstrip(), lines[0])
    # Python counts bytes; the learner, and a string, count characters.
    begin = len(lines[0].encode()[:start].decode(errors="replace"))
    stop = len(lines[-1].encode()[:end].decode(errors="replace"))
    failing = "".join([*lines[:-1], lines[-1][:stop]])[begin:]
    columns = (begin, stop if len(lines) == 1 else len(lines[0].rstrip()))
    return Spot(frame, first, lines[0].rstrip(), failing, columns)


def _file(function: Callable[..., Any]) -> str:
    inner: Any = inspect.unwrap(learner_code(function))
    while isinstance(inner, functools.partial):
        inner = inner.func
    if not hasattr(inner, "__code__"):
        inner = type(inner).__call__
    code = getattr(inner, "__code__", None)
    return str(code.co_filename) if code is not None else ""


def _place(spot: Spot | None, function: Callable[..., Any]) -> str:
    if spot is None:
        return ""
    name = spot.frame.f_code.co_filename
    if name == _file(function):
        return f" in line {spot.line}"
    return f" in line {spot.line} of {'another cell' if _is_cell(name) else name}"


def _excerpt(error: BaseException, spot: Spot | None) -> str:
    if isinstance(error, SyntaxError) and error.text and error.offset:
        end = error.end_offset if error.end_lineno == error.lineno else None
        columns = (error.offset - 1, (end or error.offset + 1) - 1)
        return _marked(error.lineno or 1, error.text.rstrip(), columns)
    if spot is None or not spot.source.strip():
        return ""
    return _marked(spot.line, spot.source, spot.columns)


def _marked(line: int, source: str, columns: tuple[int, int] | None) -> str:
    """Return a line of code and, below it, carets under these columns."""
    start, end = columns or (0, 0)
    # Of a long line, what is around the expression.
    indent = len(source) - len(source.lstrip())
    first = (
        indent if end - indent <= _LONGEST_LINE else min(start, max(indent, end - _LONGEST_LINE))
    )
    shown = source[first : first + _LONGEST_LINE]
    head = f"line {line}: {'...' if first > indent else ''}"
    text = f"{head}{shown}{'...' if first + _LONGEST_LINE < len(source) else ''}"
    start, end = max(start - first, 0), min(end - first, len(shown))
    if end <= start or end - start >= len(shown.rstrip()):
        return text
    return f"{text}\n{' ' * (len(head) + start)}{'^' * (end - start)}"
