"""Finds the parts of a cell that can be parsed when the whole cell cannot."""

import ast
import re
from bisect import bisect_right

# Where a statement may begin: at the margin, with nothing that ends or continues the one above.
_BEGINS = re.compile(r"(?!(?:else|elif|except|finally)\b)[^\s#)\]}]")

# How many parts are left out. A text without any Python in it has one in every line.
_MOST_ERRORS = 20
# A text is parsed so often, up to its errors, and this many characters more. Only lines that each
# want another one below them ask for more: their error stands at the end, wherever that is.
_MOST_TIMES, _ANY_TEXT = 4, 100_000


def parsable(source: str) -> tuple[str, list[SyntaxError]]:
    """Return a cell without the lines that cannot be parsed, and an error for each such part.

    Parameters
    ----------
    source : str
        A cell that is not valid Python, for example with an unfinished line at its end.

    Returns
    -------
    source : str
        The cell; what is left out are empty lines, so that the others keep their numbers.
    errors : list of SyntaxError
        With the line numbers of the cell.
    """
    lines = source.split("\n")
    begins = [number for number, line in enumerate(lines) if _BEGINS.match(line)]
    begins.append(len(lines))
    kept, errors = [""] * len(lines), list[SyntaxError]()
    at, left = 0, _MOST_TIMES * len(source) + _ANY_TEXT
    while at < len(begins) - 1 and len(errors) < _MOST_ERRORS and left > 0:
        end, error, left = _longest(lines, begins, at, left)
        if error is not None:
            errors.append(error)
        kept[begins[at] : begins[end]] = lines[begins[at] : begins[end]]
        # Where the part that begins here cannot be parsed, it is left out.
        at = max(end, at + 1)
    return "\n".join(kept), errors


def _longest(
    lines: list[str], begins: list[int], at: int, left: int
) -> tuple[int, SyntaxError | None, int]:
    """Return where the longest run of parts ends that can be parsed; if there is none, why.

    How many characters may still be parsed goes in and comes back.
    """
    end, error = len(begins) - 1, None
    while end > at and left > 0:
        # With the numbers that its lines have in the cell, which messages tell.
        text = "\n" * begins[at] + "\n".join(lines[begins[at] : begins[end]])
        try:
            ast.parse(text)
        except (SyntaxError, ValueError) as found:
            # Of a null character, some versions raise ValueError, and none tells the line.
            error = found if isinstance(found, SyntaxError) else SyntaxError(str(found))
            if "\0" in text:
                error.lineno = text.count("\n", 0, text.index("\0")) + 1
        else:
            return end, None, left - len(text)
        line = error.lineno or 1
        left -= sum(len(one) + 1 for one in lines[begins[at] : line])
        # Whatever holds the line of the error cannot be parsed either.
        end = min(bisect_right(begins, line - 1) - 1, end - 1)
    return at, error, left
