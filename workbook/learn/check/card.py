"""The card that a check shows: the diagnosis, the outcome of every check, the shapes."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

from workbook.course.compare import Difference
from workbook.course.exercises import Function
from workbook.course.text import aligned, wrapped
from workbook.course.verdicts import SAME, WHERE, Verdict
from workbook.figures.html import BAR, CODE, Html, element, group, joined, table, with_code
from workbook.learn.check.display import WIDTH, View, show_view
from workbook.learn.reference.at_hand import about_hidden_tests

_ALL_PASS = "Visible checks pass."
_IN_GENERAL = "In general"
_SEE_WHY = "To see why, run in a cell:"
_IMPORT = "from workbook import show_product"
_SHAPE_HEADERS = ("part", "your shape", "right shape")
_SIZE_HEADERS = ("part", "largest error", "relative", "at index")


@dataclass(frozen=True)
class Entry:
    """The outcome of one check.

    Attributes
    ----------
    part : str
        The part of the answer that was checked, such as ``dW``.
    verdict : Verdict
        The outcome.
    differences : tuple of Difference
        Where the answer differs from the right one.
    case : str
        Title of the public case that the answer was compared on; empty if on all.
    excerpt : str
        The learner's line that raised an exception, with carets below the expression.
    """

    part: str
    verdict: Verdict
    differences: tuple[Difference, ...] = ()
    case: str = ""
    excerpt: str = ""


@dataclass(frozen=True)
class Card:
    """Every visible check of one function.

    Attributes
    ----------
    function : Function
        The function.
    entries : tuple of Entry
        Its checks, in order.
    note : str
        Text in place of the checks while there is nothing to check yet.
    picture : str
        Code that draws why shapes do not fit; empty if that is not what is wrong.
    last : str
        What has changed for the learner by this check, in a sentence; mostly empty.
    after : View or None
        What is next, once all checks pass; its rich form is HTML.
    """

    function: Function
    entries: tuple[Entry, ...]
    note: str = ""
    picture: str = ""
    last: str = ""
    after: View | None = None

    @property
    def failed(self) -> tuple[Entry, ...]:
        """The entries whose check failed, in order."""
        return tuple(entry for entry in self.entries if not entry.verdict.passed)

    @property
    def diagnosis(self) -> str:
        """What the answer looks like; empty if that is not known."""
        return next((e.verdict.diagnosis for e in self.failed if e.verdict.diagnosis), "")


@dataclass(frozen=True)
class _Row:
    """Checks of one case that have one outcome, for one reason."""

    names: str
    passed: bool
    message: str = ""
    excerpt: str = ""


def card_text(card: Card) -> str:
    """Return the card as plain text, in lines of at most 80 characters.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    lines = [_heading(card)]
    if card.note:
        return "\n".join([*lines, *wrapped(card.note, WIDTH, "  ")])
    if card.diagnosis:
        lines += ["", *wrapped(f"{WHERE} {card.diagnosis}", WIDTH, "  ")]
    for title, rows in _groups(card):
        lines += ["", *wrapped(title, WIDTH, "", "  ")]
        for row in rows:
            word = "pass" if row.passed else "FAIL"
            lines += wrapped(f"{word}  {row.names}", WIDTH, "  ", " " * 8)
            lines += wrapped(row.message, WIDTH, " " * 8)
            lines += [f"{' ' * 10}{line}" for line in row.excerpt.splitlines()]
    for caption, headers, cells in _tables(card):
        lines += ["", f"{caption}:"]
        lines += [f"  {line}".rstrip() for line in aligned([headers, *cells])]
    if card.picture:
        lines += ["", _SEE_WHY, f"  {_IMPORT}", f"  {card.picture}"]
    for sentence in _last(card):
        lines += ["", *wrapped(sentence, WIDTH)]
    if card.after:
        lines += ["", card.after.text]
    return "\n".join(lines)


def card_html(card: Card) -> Html:
    """Return the card as HTML that takes its colours from the page.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    heading = _heading(card)
    parts = [element("p", element("strong", heading))]
    if card.note:
        return group(heading, [*parts, element("p", card.note)])
    if card.diagnosis:
        known = with_code(card.diagnosis)
        parts.append(element("p", element("strong", WHERE), " ", known, style=BAR))
    headers = ("result", "check", "what is wrong")[: 3 if card.failed else 2]
    groups = [
        (title, [_cells(row)[: len(headers)] for row in rows]) for title, rows in _groups(card)
    ]
    parts.append(table("Every check", headers, groups))
    parts += [table(caption, columns, [("", rows)]) for caption, columns, rows in _tables(card)]
    if card.picture:
        parts.append(element("p", _SEE_WHY, style="margin:0.5em 0 0"))
        parts.append(element("pre", f"{_IMPORT}\n{card.picture}", style=CODE))
    parts += [element("p", with_code(sentence)) for sentence in _last(card)]
    parts += [Html(card.after.rich)] if card.after else []
    return group(heading, parts)


def show_card(card: Card) -> None:
    """Show the card: in IPython as a display, elsewhere as printed text.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    show_view(View(card_text(card), card_html(card), "text/html"))


def _last(card: Card) -> Iterator[str]:
    """Yield the sentences at the end of the card."""
    if not card.failed:
        yield f"{_ALL_PASS} {about_hidden_tests(Path.cwd())}"
    if card.last:
        yield card.last


def _heading(card: Card) -> str:
    total = len(card.entries)
    return f"{card.function.name}: {total - len(card.failed)} of {total} visible checks pass"


def _groups(card: Card) -> Iterator[tuple[str, list[_Row]]]:
    """Yield the checks case by case, with checks of the same outcome in one row."""
    before = ""
    for case, entries in groupby(card.entries, lambda entry: entry.case):
        rows: list[_Row] = []
        for (passed, message, excerpt), together in groupby(
            entries, lambda one: (one.verdict.passed, one.verdict.message, one.excerpt)
        ):
            if message and message == before:
                message, excerpt = SAME, ""
            found = list(together)
            if case:
                names = ", ".join(entry.part for entry in found)
            else:
                names = "; ".join(entry.verdict.title for entry in found)
            rows.append(_Row(names, passed, message, excerpt))
            before = before if message in ("", SAME) else message
        yield f"Compared on: {case}" if case else _IN_GENERAL, rows


def _tables(card: Card) -> Iterator[tuple[str, tuple[str, ...], list[tuple[str, ...]]]]:
    """Yield the caption, headers and rows of each table of differences."""
    found = [difference for entry in card.failed for difference in entry.differences]
    shapes = [
        (one.where, str(one.got_shape), str(one.want_shape))
        for one in found
        if one.got_shape is not None
    ]
    if shapes:
        yield "Shapes that differ", _SHAPE_HEADERS, list(dict.fromkeys(shapes))
    sizes: dict[str, tuple[str, ...]] = {}
    for one in sorted(found, key=lambda one: -(one.relative or 0.0)):
        if one.absolute is not None and one.relative is not None:
            at = str(list(one.at)) if one.at else ""
            sizes.setdefault(
                one.where, (one.where, f"{one.absolute:.2g}", f"{one.relative:.2g}", at)
            )
    if sizes:
        yield "Numbers that differ", _SIZE_HEADERS, list(sizes.values())


def _cells(row: _Row) -> list[str]:
    """Return the cells of one row as HTML."""
    note = with_code(row.message)
    if row.excerpt:
        line, newline, carets = row.excerpt.partition("\n")
        # A screen reader would read every caret.
        below = [newline, element("span", carets, aria_hidden="true")] if carets else []
        note = joined([note, element("pre", line, *below, style=CODE)])
    return ["✓ pass" if row.passed else "✗ FAIL", row.names, note]
