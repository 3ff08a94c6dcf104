"""Finds the encoding of a notebook that was not saved as UTF-8."""

import contextlib
import json
import re

from workbook.course.statements import parsed
from workbook.grade.submissions.identify import MOST_CELLS, sources_of

# Those of editors that know no better. The second one always fits.
_ENCODINGS = (
    ("cp1252", "Windows-1252"),
    ("latin-1", "Latin-1"),
    ("cp1251", "Windows-1251"),
    ("gb18030", "GB 18030"),
    ("cp932", "Shift JIS"),
)
# Of a larger file each reading would take long, and to parse more code than so many characters.
_LARGE, _MOST_PARSED = 2**20, 100_000


def read_older(data: bytes, by_code: bool) -> tuple[str, str]:
    """Return a file's text and the name of its encoding.

    Parameters
    ----------
    data : bytes
        The file.
    by_code : bool
        Whether to look for the encoding in which most cells of code are Python, which takes up to a
        second; else it is the first that fits.
    """
    texts = {}
    for encoding, name in _ENCODINGS:
        with contextlib.suppress(UnicodeDecodeError):
            texts[name] = data.decode(encoding)
    if not by_code or len(data) > _LARGE:
        name = next(iter(texts))
    else:
        name = min(texts, key=lambda one: _misread(texts[one]))
    return texts[name], name


def _misread(text: str) -> int:
    """Return how many cells are not valid Python because of their letters outside ASCII."""
    try:
        raw = json.loads(text)
    except (ValueError, RecursionError):
        return MOST_CELLS
    misread, left = 0, _MOST_PARSED
    for source in sources_of(raw) if isinstance(raw, dict) else []:
        left -= len(source)
        if left < 0:
            break
        # A magic, or Python 2, is none in any encoding.
        plain = re.sub(r"[^\0-\x7f]", "x", source)
        misread += not source.isascii() and parsed(source) is None and parsed(plain) is not None
    return misread
