"""Finds out in which encoding a notebook was saved that is not UTF-8."""

import ast
import contextlib
import json
import warnings

from workbook.grade.submissions.identify import MOST_CELLS, sources_of

# Those of editors that know no better; the last one always fits.
_ENCODINGS = (
    ("cp1252", "Windows-1252"),
    ("cp1251", "Windows-1251"),
    ("gb18030", "GB 18030"),
    ("cp932", "Shift JIS"),
    ("latin-1", "Latin-1"),
)
# Of a larger file each reading would take long.
_LARGE = 2**20


def read_older(data: bytes) -> tuple[str, str]:
    """Return a file's text and the name of its encoding: the first in which its code is Python."""
    texts = {}
    for encoding, name in _ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            texts[name] = data.decode(encoding)
    name = min(texts, key=lambda one: _misread(texts[one]) if len(data) <= _LARGE else 0)
    return texts[name], name


def _misread(text: str) -> int:
    """Return how many cells hold other letters than ASCII's and are no Python."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return MOST_CELLS
    sources = sources_of(raw) if isinstance(raw, dict) else []
    return sum(not one.isascii() and not _is_python(one) for one in sources)


def _is_python(source: str) -> bool:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return True
