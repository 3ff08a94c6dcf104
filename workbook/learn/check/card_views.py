"""A card as text and as HTML: the mistake, what differs, what passes, where help is."""

from collections.abc import Iterator
from itertools import groupby
from pathlib import Path

from workbook.course.formulas import HINTS
from workbook.course.text import aligned, wrap
from workbook.course.verdicts import SAME, WHERE
from workbook.course.words import ordinal
from workbook.figures.html import (
    BAD,
    CODE,
    GOOD,
    TOP_LEFT,
    Html,
    badge,
    bar,
    element,
    joined,
    scrolled,
    table,
    with_code,
)
from workbook.learn.check.card import OFTEN, Card, CheckOutcome
from workbook.learn.check.display import TEXT_WIDTH, View
from workbook.learn.check.findings import Finding, findings, passing
from workbook.learn.reference.at_hand import about_hidden_tests

_ALL_PASS = "Visible checks pass."
_IN_GENERAL = "In general"
_FRAME = (
    "border:1px solid var(--jp-border-color1, #8a8a8a);border-radius:0.3em;padding:0.2em 0.9em;"
    "max-width:56em;line-height:1.5;overflow-wrap:break-word"
)
_ROW = "margin:0.6em 0"
_BELOW = "margin:0.2em 0 0"
# Narrower than JupyterLab's own, so that four columns fit a window of 400 pixels.
_CELL = f"{TOP_LEFT};padding:0.35em 0.5em 0.35em 0"


def card_text(card: Card) -> str:
    """Return the card as plain text, in lines of at most 80 characters.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    lines = [card.heading]
    if card.note:
        return "\n".join([*lines, *wrap(card.note, TEXT_WIDTH, "  ")])
    if card.diagnosis:
        lines += ["", *wrap(f"{WHERE} {card.diagnosis}", TEXT_WIDTH, "  ")]
    lines.append("")
    for one in findings(card):
        lines += _finding_lines(one)
    lines += wrap("; ".join(passing(card)), TEXT_WIDTH, "  pass  ", " " * 8)
    for sentence in _sentences(card):
        lines += ["", *wrap(sentence, TEXT_WIDTH)]
    if card.failed:
        lines += ["", *help_view(card).text.splitlines()]
    if card.last:
        lines += ["", *wrap(card.last, TEXT_WIDTH)]
    if card.after:
        lines += ["", card.after.text]
    return "\n".join(lines)


def card_html(card: Card, with_lines: bool = True) -> Html:
    """Return the card as HTML, readable in a light and in a dark theme.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    with_lines : bool
        Whether to show the lines to run for help; there may be buttons for it.
    """
    colour = BAD if card.failed else GOOD
    sign = [] if card.failed else [badge(_word(True), GOOD), " "]
    parts = [element("p", *sign, element("strong", card.heading), style=_ROW)]
    if card.note:
        parts.append(element("p", card.note, style=_ROW))
    else:
        parts += _checks(card)
    if card.failed and not card.note and with_lines:
        parts.append(Html(help_view(card).rich))
    parts += [element("p", with_code(card.last), style=_ROW)] if card.last else []
    parts += [Html(card.after.rich)] if card.after else []
    if card.failed and not card.note:
        parts.append(_folded(card))
    style = f"{_FRAME};border-left:4px solid {colour}"
    return element("div", *parts, role="group", aria_label=card.heading, style=style)


def help_view(card: Card) -> View:
    """Return the lines to run for the picture of the shapes and for a hint.

    Parameters
    ----------
    card : Card
        Every visible check of one function; some fail.
    """
    step = f", step={card.hint}" if card.hint else ""
    hint = f'hint("{card.function.name}"{step})'
    said = "For a hint, run in a cell:"
    code = ["from workbook import hint", hint]
    if card.picture:
        said = "For a hint, and to see why the shapes do not fit, run in a cell:"
        code = ["from workbook import hint, show_product", hint, card.picture]
    text = "\n".join([said, *(f"  {line}" for line in code)])
    rich = [element("p", said, style=_BELOW), element("pre", "\n".join(code), style=CODE)]
    return View(text, joined(rich), "text/html")


def _finding_lines(one: Finding) -> Iterator[str]:
    """Yield the lines of one reason why checks fail."""
    yield from wrap(f"{one.names}{_on(one)}", TEXT_WIDTH, "  FAIL  ", " " * 8)
    yield from wrap(one.message, TEXT_WIDTH, " " * 8)
    for line in one.excerpt.splitlines():
        yield f"{' ' * 10}{line}"
    if one.rows:
        for line in aligned([one.headers, *one.rows]):
            yield f"{' ' * 8}{line}".rstrip()


def _on(one: Finding) -> str:
    """Return what follows the names of a finding."""
    where = f" {one.where}" if one.where else ""
    shown = f"; {one.shown}" if one.shown else ""
    return f"{where}{shown}{':' if one.shown or one.rows else ''}"


def _sentences(card: Card) -> Iterator[str]:
    """Yield what is said below the checks."""
    if not card.failed:
        yield f"{_ALL_PASS} {about_hidden_tests(Path.cwd())}"
    elif card.in_a_row >= OFTEN:
        time = ordinal(card.in_a_row - 1)
        helps = f"hint {card.hint} of {HINTS} is for it" if card.hint else "a hint may help"
        yield f"This is the {time} check in a row that ends like this: {helps}."


def _checks(card: Card) -> Iterator[Html]:
    """Yield the mistake, what fails and what passes."""
    if card.diagnosis:
        known = with_code(card.diagnosis).replace("\n", element("br"))
        yield element("p", element("strong", WHERE), " ", Html(known), style=bar(BAD))
    for one in findings(card):
        parts = [badge(_word(False), BAD), " ", element("strong", one.names), _on(one)]
        if one.message:
            parts.append(element("div", with_code(one.message), style=_BELOW))
        if one.excerpt:
            parts.append(_line(one.excerpt))
        if one.rows:
            caption = f"{one.kind.capitalize()} that differ"
            rows = table(caption, one.headers, [("", one.rows)], cell_style=_CELL)
            parts.append(scrolled(caption, rows))
        yield element("div", *parts, style=_ROW)
    if passes := "; ".join(passing(card)):
        sign = [badge(_word(True), GOOD), " "] if card.failed else []
        yield element("p", *sign, passes, style=_ROW)
    for sentence in _sentences(card):
        yield element("p", with_code(sentence), style=_ROW)


def _word(passed: bool) -> str:
    return "\N{CHECK MARK} pass" if passed else "\N{BALLOT X} FAIL"


def _line(excerpt: str) -> Html:
    """Return the learner's line with carets, which a screen reader would read one by one."""
    line, newline, carets = excerpt.partition("\n")
    below = [newline, element("span", carets, aria_hidden="true")] if carets else []
    return element("pre", line, *below, style=CODE, tabindex=0)


def _folded(card: Card) -> Html:
    """Return every check, input by input, to be unfolded."""
    groups, before = [], ""
    for case, entries in groupby(card.entries, lambda entry: entry.case):
        rows = []
        for (passed, message, excerpt), alike in groupby(entries, _outcome):
            found = list(alike)
            names = [entry.part if case else entry.verdict.title for entry in found]
            note = [with_code(SAME if message and message == before else message)]
            note += [_line(excerpt)] if excerpt and message != before else []
            rows.append([_word(passed), (", " if case else "; ").join(names), joined(note)])
            before = message or before
        groups.append((f"Compared on: {case}" if case else _IN_GENERAL, rows))
    every = table("Every check", ("result", "check", "what is wrong"), groups)
    summary = element("summary", "Every check, input by input", style="cursor:pointer")
    return element("details", summary, scrolled("Every check", every), style=_ROW)


def _outcome(entry: CheckOutcome) -> tuple[bool, str, str]:
    return entry.verdict.passed, entry.verdict.message, entry.excerpt
