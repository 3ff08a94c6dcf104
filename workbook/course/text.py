"""Text for terminals and files: wrapped, cut short, in columns, with what can be written."""

import textwrap
from collections.abc import Sequence


def wrap(text: str, width: int, indent: str = "", further: str | None = None) -> list[str]:
    """Return a text in lines of at most this many characters; no word is broken.

    Parameters
    ----------
    text : str
        The text.
    width : int
        Length of a line with its indent.
    indent, further : str
        Indents of the first line, and of the others if they have another one.
    """
    below = indent if further is None else further
    return textwrap.wrap(
        text, width, initial_indent=indent, subsequent_indent=below, break_long_words=False
    )


def shorten(text: str, most: int) -> str:
    """Return a text as it is, or the beginning of one that has more characters than these."""
    return text if len(text) <= most else f"{text[:most]}..."


def aligned(rows: Sequence[Sequence[str]], sign: str = "<") -> list[str]:
    """Return rows as lines with aligned columns; ``>`` as the sign aligns them at the right."""
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(f"{cell:{sign}{width}}" for cell, width in zip(row, widths, strict=True))
        for row in rows
    ]


def message_of(error: BaseException) -> str:
    """Return the message of an exception, also of one whose own `__str__` fails."""
    try:
        return str(error)
    except Exception:
        return "its message cannot be shown, because its `__str__` fails"


def notes_of(error: BaseException) -> list[str]:
    """Return the notes that were added to an exception; anything may have been put there."""
    notes = getattr(error, "__notes__", [])
    return [note for note in notes if isinstance(note, str)] if isinstance(notes, list) else []


def without_surrogates(text: str) -> str:
    """Return the text with ``?`` for lone surrogates, which no file and no terminal can take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")


def printable(text: str) -> str:
    """Return a text without characters that steer a terminal or that cannot be encoded."""
    return "".join(
        c if c.isprintable() or c in "\n\xa0" else "\N{REPLACEMENT CHARACTER}" for c in text
    )


def one_line(text: str) -> str:
    """Return a text in one line, without characters that steer a terminal.

    A line of its own could be taken for one that the program has written.
    """
    return printable(" ".join(text.split()))
