"""Groups the checks of a card: those that fail for the same reason, and those that pass."""

import re
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from workbook.course.compare import Difference
from workbook.course.words import listed, two_digits
from workbook.learn.check.card import Card, CheckOutcome

_HEADERS = {
    "shapes": ("part", "your shape", "right shape"),
    "numbers": ("part", "largest error", "relative", "at index"),
}
# Sizes and errors, in which the same failure differs from input to input. The number of a line
# tells two mistakes apart, and that in a name such as W1 belongs to the name.
_NUMBER = re.compile(r"(?<!line )\b\d[\d.]*(?:e[+-]?\d+)?\b")


@dataclass(frozen=True)
class Finding:
    """Checks that fail for one reason.

    Attributes
    ----------
    names : str
        The parts of the answer, or the titles of checks that are of no single input.
    where : str
        On which inputs, such as "on all 4 inputs"; empty for a check that is of no single input.
    shown : str
        Of which input the message or the rows are, if the others have other numbers.
    message : str
        What is wrong; empty if the rows say it.
    excerpt : str
        The learner's line that raised an exception, with carets below the expression.
    kind : str
        What the rows are of, "shapes" or "numbers".
    headers, rows : tuple
        The shapes or numbers that differ, a row for each part.
    """

    names: str
    where: str
    shown: str = ""
    message: str = ""
    excerpt: str = ""
    kind: str = ""
    headers: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()


class _Fault(NamedTuple):
    """One thing that is wrong with a part, on one input."""

    name: str
    entry: CheckOutcome
    kind: str
    message: str
    row: tuple[str, ...] = ()
    size: float = 0.0


def findings(card: Card) -> list[Finding]:
    """Return what fails, each reason once, in the order of the checks.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    alone: dict[Hashable, list[_Fault]] = {}
    for fault in (fault for entry in card.failed for fault in _faults(entry)):
        # A call that gives no answer fails in one way, whichever part it was to give.
        name = fault.name if fault.entry.differences else ""
        reason = (name, fault.kind, fault.entry.excerpt, fault.entry.case == "")
        alone.setdefault(reason, []).append(fault)
    together: dict[Hashable, list[_Fault]] = {}
    for key, faults in alone.items():
        place = _place((fault.entry for fault in faults), card.entries)
        if faults[0].row:
            key = faults[0].kind, place
        elif faults[0].entry.differences:
            # The same in each input, but for the name of the part.
            key = faults[0].entry.excerpt, place, tuple(map(_nameless, faults))
        together.setdefault(key, []).extend(faults)
    return [_finding(faults, card.entries) for faults in together.values()]


def passing(card: Card) -> list[str]:
    """Return what passes, such as "dA_prev, dW on all 4 inputs", in the order of the checks.

    Parameters
    ----------
    card : Card
        Every visible check of one function.
    """
    found: dict[str, list[CheckOutcome]] = {}
    for entry in card.entries:
        if entry.verdict.passed:
            found.setdefault(_name(entry), []).append(entry)
    together: dict[Hashable, dict[str, list[CheckOutcome]]] = {}
    for name, entries in found.items():
        together.setdefault(_place(entries, card.entries), {})[name] = entries
    said = []
    for named in together.values():
        every = [entry for entries in named.values() for entry in entries]
        said.append(f"{_joined(named, every[0])} {_where(every, card.entries)}".rstrip())
    return said


def _faults(entry: CheckOutcome) -> Iterator[_Fault]:
    if not entry.differences:
        message = entry.verdict.message
        yield _Fault(_name(entry), entry, _alike(message), message)
    for one in entry.differences:
        if one.got_shape is not None:
            shapes = one.where, str(one.got_shape), str(one.want_shape)
            yield _Fault(one.where, entry, "shapes", one.message, shapes)
        elif one.message.startswith(f"{one.where} is not right: largest error"):
            yield _Fault(one.where, entry, "numbers", one.message, *_error(one))
        else:
            yield _Fault(one.where, entry, _alike(one.message), one.message)


def _error(one: Difference) -> tuple[tuple[str, ...], float]:
    """Return the row of a wrong number, and the error by which inputs are compared."""
    absolute, relative = one.absolute or 0.0, one.relative or 0.0
    at = str(list(one.at)) if one.at else ""
    return (one.where, two_digits(absolute), two_digits(relative), at), relative


def _finding(faults: Sequence[_Fault], entries: Sequence[CheckOutcome]) -> Finding:
    """Return what is said of faults of one kind, in the words of the worst or the first."""
    first = faults[0]
    named: dict[str, list[_Fault]] = {}
    for fault in faults:
        named.setdefault(fault.name, []).append(fault)
    where = _where([fault.entry for fault in faults], entries)
    names = _joined(named, first.entry)
    if not first.row:
        shown = "here of the first" if len({fault.message for fault in faults}) > 1 else ""
        return Finding(names, where, shown, first.message, first.entry.excerpt)
    rows = tuple(max(every, key=lambda one: one.size).row for every in named.values())
    shown = "here of the first" if first.kind == "shapes" else "where the relative error is largest"
    if all(len({one.row for one in every}) == 1 for every in named.values()):
        shown = ""
    return Finding(names, where, shown, kind=first.kind, headers=_HEADERS[first.kind], rows=rows)


def _alike(message: str) -> str:
    """Return what is common to messages that differ only in sizes and errors."""
    return _NUMBER.sub("0", message)


def _nameless(fault: _Fault) -> str:
    """Return a message without the name of its part."""
    return re.sub(rf"(?<!\w){re.escape(fault.name)}(?!\w)", "", fault.message)


def _name(entry: CheckOutcome) -> str:
    return entry.part if entry.case else entry.verdict.title


def _joined(names: Iterable[str], entry: CheckOutcome) -> str:
    """Return the names of parts, or the titles of checks, as one text."""
    return (", " if entry.case else "; ").join(names)


def _cases(entries: Iterable[CheckOutcome]) -> list[str]:
    """Return the titles of the inputs, in order."""
    return list(dict.fromkeys(entry.case for entry in entries if entry.case))


def _place(some: Iterable[CheckOutcome], entries: Sequence[CheckOutcome]) -> Hashable:
    """Return a key for where parts are at fault: everywhere, or on which inputs."""
    found = list(some)
    parts, cases = {entry.part for entry in found}, set(_cases(found))
    everywhere = {one.case for one in entries if one.part in parts and one.case}
    return (True, bool(cases)) if cases == everywhere else (False, frozenset(cases))


def _where(some: Sequence[CheckOutcome], entries: Sequence[CheckOutcome]) -> str:
    """Return in words on which inputs these checks are."""
    every, found = _cases(entries), _cases(some)
    others = [case for case in every if case not in found]
    if not found:
        return ""
    if len(every) > 1 and not others:
        return "on both inputs" if len(every) == 2 else f"on all {len(every)} inputs"
    if len(every) > 2 and len(others) == 1:
        return f'on {len(found)} of {len(every)} inputs (not "{others[0]}")'
    count = f"{len(found)} of {len(every)} inputs: " if len(found) > 1 else ""
    quoted = [f'"{case}"' for case in found]
    return f"on {count}{listed(quoted, len(quoted))}"
