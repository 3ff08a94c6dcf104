"""What the learner wrote between the parentheses: `W1` of `show(W1)` labels the picture."""

import ast
import linecache
import sys
from itertools import islice, takewhile

_LONGEST = 30


def argument_names(depth: int = 1) -> list[str]:
    """Return the positional arguments of a call as they were written, as far as known.

    Parameters
    ----------
    depth : int
        1 for the call of the function that calls this one, 2 for the one before that.
    """
    frame = sys._getframe(depth + 1)
    positions = islice(frame.f_code.co_positions(), frame.f_lasti // 2, None)
    first, last, start, end = next(positions, (None, None, None, None))
    if first is None or last is None or start is None or end is None:
        return []
    lines = [
        linecache.getline(frame.f_code.co_filename, number).encode()
        for number in range(first, last + 1)
    ]
    # Python counts the columns in bytes; the last line is cut first, for it may be the only one.
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    source = b"".join(lines).decode().strip()
    try:
        node = ast.parse(source, mode="eval").body
    except (SyntaxError, ValueError):
        return []
    if not isinstance(node, ast.Call):
        return []
    # How many arguments a starred one stands for is not known, so what follows it has no name.
    named = takewhile(lambda one: not isinstance(one, ast.Starred), node.args)
    return [_short(ast.get_source_segment(source, one) or "") for one in named]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
