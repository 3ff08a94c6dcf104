"""Lists of names in sentences."""

from collections.abc import Sequence

_MOST_NAMES = 4


def about(names: Sequence[str], text: str) -> str:
    """Return a sentence about some names; in the text, {verb} stands for "is" or "are"."""
    return text.format(names=listed(names), verb="is" if len(names) == 1 else "are")


def listed(names: Sequence[str]) -> str:
    """Return names as a list in a sentence, such as "a, b and c"."""
    more = len(names) - _MOST_NAMES
    if more > 1:
        return f"{', '.join(names[:_MOST_NAMES])} and {more} more"
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))
