"""The card that a check shows: what passed, what did not, and the shapes side by side."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

from workbook.compare import Difference
from workbook.exercises import Exercise
from workbook.verdicts import Verdict

_ALL_PASS = "Visible checks pass; hidden tests run when your work is graded."
_SAME = "(the same reason as above)"
_SHAPE_HEADERS = ("part", "your shape", "right shape")
_LEFT = ' style="text-align:left;vertical-align:top"'


@dataclass(frozen=True)
class Entry:
    """One check and what it found.

    Attributes
    ----------
    part : str
        What was looked at, in a word or two, such as ``dW``.
    verdict : Verdict
        The outcome.
    differences : tuple of Difference
        Where the answer differs from the right one.
    """

    part: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True)
class Card:
    """Every visible check of one exercise."""

    exercise: Exercise
    entries: tuple[Entry, ...]

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries whose check failed, in order."""
        return tuple(entry for entry in self.entries if not entry.verdict.passed)


def as_text(card: Card) -> str:
    """Return the card as plain text."""
    lines = [_heading(card)]
    for entry, note in _with_notes(card):
        lines.append(f"  {_word(entry.verdict)}  {entry.verdict.title}")
        lines += [f"        {line}" for line in note]
    shapes = _shape_rows(card)
    if shapes:
        lines += ["", "Shapes that differ:", *_columns((_SHAPE_HEADERS, *shapes))]
    if not card.failed:
        lines += ["", _ALL_PASS]
    return "\n".join(lines)


def as_html(card: Card) -> str:
    """Return the card as HTML that takes its colours from the page."""
    rows = []
    for entry, note in _with_notes(card):
        mark = "✓ pass" if entry.verdict.passed else "✗ FAIL"
        rows.append((mark, entry.verdict.title, "\n".join(note)))
    parts = [_table(_heading(card), ("result", "check", "what is wrong"), rows)]
    shapes = _shape_rows(card)
    if shapes:
        parts.append(_table("Shapes that differ", _SHAPE_HEADERS, shapes))
    if not card.failed:
        parts.append(f"<p>{escape(_ALL_PASS)}</p>")
    return f"<div>{''.join(parts)}</div>"


class _View:
    """What IPython displays: a notebook takes the HTML, a terminal the text."""

    def __init__(self, card: Card) -> None:
        self._card = card

    def __repr__(self) -> str:
        return as_text(self._card)

    def _repr_html_(self) -> str:
        return as_html(self._card)


def show(card: Card) -> None:
    """Show the card: in IPython as a display, elsewhere as printed text."""
    # A process that never imported IPython does not run in it: no need to pay for the import.
    ipython = sys.modules.get("IPython")
    if ipython is not None and ipython.get_ipython() is not None:
        from IPython.display import display

        display(_View(card))
    else:
        print(as_text(card))


def _heading(card: Card) -> str:
    total = len(card.entries)
    return f"{card.exercise.name}: {total - len(card.failed)} of {total} visible checks pass"


def _word(verdict: Verdict) -> str:
    return "pass" if verdict.passed else "FAIL"


def _with_notes(card: Card) -> list[tuple[Entry, list[str]]]:
    """Pair each entry with what there is to say, a message that repeats itself only once."""
    pairs = []
    before = ""
    for entry in card.entries:
        message, diagnosis = entry.verdict.message, entry.verdict.diagnosis
        note = [_SAME if message == before else message] if message else []
        pairs.append((entry, note + ([diagnosis] if diagnosis else [])))
        before = message
    return pairs


def _shape_rows(card: Card) -> list[tuple[str, ...]]:
    """Return part, the learner's shape and the right one, each combination once."""
    rows = [
        (difference.where, str(difference.got_shape), str(difference.want_shape))
        for entry in card.entries
        for difference in entry.differences
        if difference.got_shape is not None
    ]
    return list(dict.fromkeys(rows))


def _columns(rows: tuple[tuple[str, ...], ...]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  " + "  ".join(f"{cell:{w}}" for cell, w in zip(row, widths, strict=True)).rstrip()
        for row in rows
    ]


def _table(caption: str, headers: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    """Return an HTML table with real headers, so that a screen reader can name each cell."""
    head = "".join(f'<th scope="col"{_LEFT}>{escape(header)}</th>' for header in headers)
    return (
        f'<table><caption style="text-align:left;color:inherit">{escape(caption)}</caption>'
        f"<thead><tr>{head}</tr></thead><tbody>{''.join(map(_row, rows))}</tbody></table>"
    )


def _row(cells: tuple[str, ...]) -> str:
    first, *others = (escape(cell).replace("\n", "<br>") for cell in cells)
    data = "".join(f"<td{_LEFT}>{cell}</td>" for cell in others)
    return f'<tr><th scope="row"{_LEFT}>{first}</th>{data}</tr>'
