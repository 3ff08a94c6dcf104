"""Statements of a notebook that were passed over, and what they would have defined."""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from workbook.course.definitions import bound_names
from workbook.course.statements import parsed
from workbook.course.text import one_line
from workbook.grade.judging.places import CodeCell
from workbook.grade.sandbox.statements import TookTooLong

# A line that continues the statement above.
_CONTINUES = re.compile(r"\s|[)\]}#]|$|(?:else|elif|except|finally)\b")
# A path that leads out of the notebook's folder.
_OUTSIDE = re.compile(r"(?:^|[\s'\"])(?:\.\.[/\\]|/|~|[A-Za-z]:[/\\])")

_LONGEST_LINE, _LONGEST_MESSAGE, _LONGEST_STATEMENT = 80, 300, 4000
# Above and below the line that is known, of a statement.
_MOST_LINES = 200


@dataclass(frozen=True)
class PassedOver:
    """A statement, or a part of a cell that cannot be parsed, without which the others were run.

    Attributes
    ----------
    cell : CodeCell
        The cell in which it stands.
    line : int
        Its line there, or the one of its lines that failed, as the student's process tells it.
    reason : str
        Why, as the end of a sentence: "failed: ValueError: no".
    place : int
        Its place among the statements of its cell, if known.
    too_slow : bool
        Whether it was interrupted.
    """

    cell: CodeCell
    line: int
    reason: str
    place: int = -1
    too_slow: bool = False

    def __str__(self) -> str:
        lines = self.cell.source.split("\n")
        text = lines[self.line - 1].strip() if 0 < self.line <= len(lines) else ""
        text = text.replace("`", "'")
        text = text if len(text) <= _LONGEST_LINE else text[: _LONGEST_LINE - 3] + "..."
        where = f"cell {self.cell.shown}, line {self.line}" if text else f"cell {self.cell.shown}"
        return f"{where}{f', `{text}`,' if text else ''} {self.reason}"

    @cached_property
    def names(self) -> frozenset[str]:
        """Names that the statement would have given to something; of no Python, what it says."""
        text = self._statement()
        tree = parsed(text)
        if tree is None:
            return frozenset(re.findall(r"(?:\b(?:def|class|import|as)\s+|^)(\w+)", text))
        return frozenset(bound_names(tree.body))

    def _statement(self) -> str:
        """Return the lines of the statement, from the margin to the next line at the margin."""
        lines = self.cell.source.split("\n")
        if not 0 < self.line <= len(lines):
            return ""
        first, last = self.line - 1, self.line
        lowest, highest = max(0, first - _MOST_LINES), min(len(lines), last + _MOST_LINES)
        while first > lowest and _CONTINUES.match(lines[first]):
            first -= 1
        while last < highest and _CONTINUES.match(lines[last]):
            last += 1
        return "\n".join(lines[first:last])[:_LONGEST_STATEMENT]


def passed_over(cell: CodeCell, failure: dict[str, Any]) -> PassedOver:
    """Return the statement that a student's process says has failed."""
    kind, message = (failure.get(key) for key in ("type", "message"))
    kind, message = (text if isinstance(text, str) else "" for text in (kind, message))
    line, place = (failure.get(key) for key in ("line", "index"))
    line, place = (number if isinstance(number, int) else -1 for number in (line, place))
    if kind == TookTooLong.__name__:
        return PassedOver(cell, line, "did not finish in time", place, too_slow=True)
    said = f"{kind}: {message}" if message else kind
    # A process can send megabytes.
    said = one_line(said[: 2 * _LONGEST_MESSAGE]) or "an exception"
    # Many messages are sentences; here they end one.
    said = said[:_LONGEST_MESSAGE].rstrip(".")
    if kind == FileNotFoundError.__name__ and _OUTSIDE.search(said):
        said += "; when work is graded, only files in the notebook's own folder are there"
    return PassedOver(cell, line, f"failed: {said}", place)
