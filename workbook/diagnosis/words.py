"""Words of sentences: lists of names, and which entry of several is meant."""

from collections.abc import Sequence

_MOST_NAMES = 4
_ORDINALS = (
    "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
)  # fmt: skip
_ENDINGS = {1: "st", 2: "nd", 3: "rd"}


def about(names: Sequence[str], text: str) -> str:
    """Return a sentence about some names; in the text, {verb} stands for "is" or "are"."""
    return text.format(names=listed(names), verb="is" if len(names) == 1 else "are")


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence, such as "a, b and c"."""
    more = len(names) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(names[:_MOST_NAMES])} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def ordinal(index: int) -> str:
    """Return which entry of a sequence stands at an index, such as "first" at 0."""
    if index < len(_ORDINALS):
        return _ORDINALS[index]
    number = index + 1
    ending = "th" if number % 100 in (11, 12, 13) else _ENDINGS.get(number % 10, "th")
    return f"{number}{ending}"
