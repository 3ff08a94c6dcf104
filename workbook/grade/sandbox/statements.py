"""Runs a cell statement by statement, so that one failure does not stop the rest."""

import ast
import os
import signal
import sys
import time
from asyncio import CancelledError
from collections.abc import Callable, Collection
from dataclasses import dataclass
from types import FrameType, TracebackType
from typing import Any

from workbook.course.event_loop import NotebookLoop, cancel_all
from workbook.grade.sandbox.skipped import CELL_FILES

# What the student's code does to these modules must not change what is done here.
_clock, _set_trace = time.monotonic, sys.settrace
_set_timer, _set_handler = signal.setitimer, signal.signal

# Of the time that is left for a cell, what one statement may take: something is always left.
_SHARE = 1 / 3
# How often a statement is interrupted that catches what interrupts it.
_AGAIN_SECONDS = 0.005

# The exceptions of one cell that the judge is told of.
_MOST_FAILURES = 20


class TookTooLong(BaseException):
    """A statement was interrupted."""


@dataclass(frozen=True)
class FailedStatement:
    """A statement that has raised.

    Attributes
    ----------
    index : int
        Its place among the statements of the cell, from 0; -1 for what cannot be parsed.
    line : int
        The line of the cell that failed.
    error : BaseException
        What was raised.
    """

    index: int
    line: int
    error: BaseException


class CellRun:
    """One run of a cell.

    Parameters
    ----------
    passed_over : collection of int
        Places of the statements that are not to be run; also an attribute.
    seconds : float or None
        The time for the cell, after which it is interrupted; None if the judge alone sees to it.
    announce : callable
        Called with the place and the line of a statement that is about to be run.

    Attributes
    ----------
    failures : list of FailedStatement
        What has failed.
    """

    def __init__(
        self,
        passed_over: Collection[int] = (),
        seconds: float | None = None,
        announce: Callable[[int, int], None] = lambda index, line: None,
    ) -> None:
        self.failures: list[FailedStatement] = []
        self.passed_over = passed_over
        self._end = None if seconds is None else _clock() + seconds
        self._announce = announce
        self._index, self._line = -1, 0

    def begins(self, statement: ast.stmt) -> bool:
        """Prepare to run a statement; return whether it is to be run."""
        self._index, self._line = self._index + 1, statement.lineno
        if self._index in self.passed_over:
            return False
        if not _is_harmless(statement):
            self._announce(self._index, self._line)
        if self._end is not None:
            _set_handler(signal.SIGALRM, _interrupt)
            seconds = max((self._end - _clock()) * _SHARE, _AGAIN_SECONDS)
            _set_timer(signal.ITIMER_REAL, seconds, _AGAIN_SECONDS)
        return True

    def ends(self, error: BaseException | None) -> None:
        """Note what came of the statement."""
        if self._end is not None:
            _set_timer(signal.ITIMER_REAL, 0)
            _set_trace(None)
        if isinstance(error, TookTooLong) or _was_cancelled(error):
            self._add(FailedStatement(self._index, self._line, TookTooLong()))
        elif error is not None:
            self._add(
                FailedStatement(self._index, _line_in_cell(error.__traceback__, self._line), error)
            )

    def cannot_be_parsed(self, error: BaseException, line: int | None = None) -> None:
        """Note an error of a part of the cell, or all of it, that has not been run."""
        line = error.lineno if isinstance(error, SyntaxError) else line
        self._add(FailedStatement(-1, line or 1, error))

    def _add(self, failure: FailedStatement) -> None:
        if len(self.failures) < _MOST_FAILURES:
            self.failures.append(failure)


def _is_harmless(statement: ast.stmt) -> bool:
    """Tell whether a statement cannot take long, so that nobody has to be told of it.

    Most notebooks hold nothing else above their tests.
    """
    if isinstance(statement, ast.FunctionDef):
        calls = (isinstance(node, ast.Call) for node in ast.walk(statement.args))
        return not statement.decorator_list and not any(calls)
    if isinstance(statement, ast.Import):
        return all(name.name in sys.modules for name in statement.names)
    return isinstance(statement, ast.ImportFrom) and statement.module in sys.modules


def _was_cancelled(error: BaseException | None) -> bool:
    """Tell whether a statement has failed because it awaited something for too long."""
    return isinstance(error, CancelledError) and error.args == (TookTooLong.__name__,)


def _line_in_cell(traceback: TracebackType | None, line: int) -> int:
    """Return the line of the cell in which a statement has failed; its first one if unknown."""
    while traceback is not None:
        if _is_of_a_cell(traceback.tb_frame):
            return traceback.tb_lineno
        traceback = traceback.tb_next
    return line


def _interrupt(number: int, frame: FrameType | None) -> None:
    """Raise `TookTooLong` in the student's code, but not in the middle of a message."""
    above = ""
    while frame is not None and not _is_of_a_cell(frame):
        module = frame.f_globals.get("__name__", "")
        if module == NotebookLoop.__module__ and above.startswith("asyncio."):
            # None of it runs: it awaits something.
            cancel_all(TookTooLong.__name__)
            return
        if module.startswith("workbook.grade"):
            return
        above, frame = module, frame.f_back
    if frame is None:
        return
    # Code that catches whatever is raised does so with the next line: there it is raised again.
    _set_trace(_interrupt_line)
    while frame is not None:
        if _is_of_a_cell(frame):
            frame.f_trace = _interrupt_line
        frame = frame.f_back
    raise TookTooLong


def _interrupt_line(frame: FrameType, event: str, argument: object) -> None:
    # Not where an exception passes by: that may well be the one before.
    if event == "line" and _is_of_a_cell(frame):
        raise TookTooLong


def _is_of_a_cell(frame: FrameType) -> bool:
    return frame.f_code.co_filename.startswith(CELL_FILES)


def refuse_to_end() -> None:
    """Let the functions that end this process raise instead."""
    for module, name in (
        (os, "_exit"),
        (os, "abort"),
        (os, "kill"),
        (os, "killpg"),
        (signal, "raise_signal"),
    ):
        setattr(module, name, _refusal(f"{module.__name__}.{name}"))


def _refusal(name: str) -> Callable[..., Any]:
    def function(*args: object) -> None:
        raise RuntimeError(f"{name} would have ended the notebook")

    return function
