"""Words of sentences: lists of names, their verb, numbers with their noun, ordinals."""

from collections.abc import Iterable, Sequence

_MOST_NAMES = 4
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def listed(names: Sequence[str], most: int = _MOST_NAMES) -> str:
    """Return names as a list in a sentence, such as "a, b and c"; of too many, the first.

    Parameters
    ----------
    names : sequence of str
        The names, at least one.
    most : int
        So many are named, or one more, since "and 1 more" would be no shorter.
    """
    more = len(names) - most
    if more > 1:
        return f"{', '.join(names[:most])} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def shortened(lines: Iterable[str], most: int, what: str) -> list[str]:
    """Return each of some lines once; of too many, the first, and how many others there are.

    Parameters
    ----------
    lines : iterable of str
        The lines.
    most : int
        So many stand as they are, or one more.
    what : str
        What they are, in the plural.
    """
    every = [*dict.fromkeys(lines)]
    more = len(every) - most
    return [*every[:most], f"and {more:,} more {what}"] if more > 1 else every


def about(names: Sequence[str], text: str, most: int = _MOST_NAMES) -> str:
    """Return a sentence about some names; in the text, {verb} stands for "is" or "are"."""
    return text.format(names=listed(names, most), verb="is" if len(names) == 1 else "are")


def did_you_mean(name: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return what follows a name that is unknown: "; did you mean NAME?", or else another text."""
    from difflib import get_close_matches  # only a mistake needs it

    close = get_close_matches(name, list(known), 1)
    return f"; did you mean {close[0]}?" if close else otherwise


def counted(count: int, singular: str, plural: str | None = None) -> str:
    """Return a number with its noun, such as "1 row" or "1,200 rows"."""
    return f"{count:,} {noun(count, singular, plural)}"


def two_digits(size: float) -> str:
    """Return the size of an error as it is read most easily, such as "0.85", "120" or "2e-07"."""
    return f"{float(f'{size:.2g}'):g}"


def in_points(points: float, kind: str = "") -> str:
    """Return points in words, such as "1 point" or "2.5 bonus points"."""
    return f"{points:g} {noun(points, f'{kind}point')}"


def noun(count: float, singular: str, plural: str | None = None) -> str:
    """Return the noun for a number of things, such as "row" for 1."""
    return singular if count == 1 else plural or f"{singular}s"


def ordinal(index: int) -> str:
    """Return which entry of a sequence stands at an index, such as "first" at 0."""
    if index < len(_ORDINALS):
        return _ORDINALS[index]
    number = index + 1
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
