"""The arguments of a call as they were written: `W1` of `show(W1)` labels the picture."""

import ast
import sys
from itertools import takewhile

_LONGEST = 30


def argument_names() -> list[str]:
    """Return the positional arguments as they were written, as far as known.

    They are those in the call of the function that calls this one.
    """
    from executing import Source  # IPython has imported it already, where there is one

    found = Source.executing(sys._getframe(2))
    if not isinstance(found.node, ast.Call):
        return []
    # How many arguments a starred one stands for is not known, so what follows it has no name.
    named = takewhile(lambda one: not isinstance(one, ast.Starred), found.node.args)
    return [_short(ast.get_source_segment(found.source.text, one) or "") for one in named]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
