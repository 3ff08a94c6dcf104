"""Reads a notebook's JSON from a file, even if the file was damaged on its way."""

import codecs
import io
import json
import re
from itertools import islice
from typing import Any

from workbook.course.words import counted
from workbook.grade.submissions.older_encodings import read_older
from workbook.grade.submissions.saved_outputs import TooLargeError, without_long_outputs

# How a file begins that is no notebook, whatever its name says.
_KINDS = (
    (b"PK\x03\x04", "a ZIP archive"),
    (b"\x1f\x8b", "an archive packed with gzip"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"%PDF", "a PDF document"),
    (b"{\\rtf", "a document of a word processor (RTF)"),
    (b"\x89PNG", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"bplist", "a link or a placeholder that macOS has saved"),
    (b"L\0\0\0\1\x14\2\0", "a link that Windows has saved"),
    (b"[InternetShortcut]", "a link that Windows has saved"),
    (b"version https://git-lfs", "a pointer of Git LFS"),
)
# What is skipped is not tried again in shorter pieces: there may be megabytes of it.
_PAGE = re.compile(
    rb"\s*+(?:\xef\xbb\xbf)?\s*+<(?:!doctype|html|head|body|\?xml|!--)", re.IGNORECASE
)
_MARKS = ((b"\xff\xfe\0\0", "UTF-32"), (b"\0\0\xfe\xff", "UTF-32"),
          (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))  # fmt: skip
_SAVED_AS = "the file was saved as {}; it was read as that"
_READ_AS = "the file is not UTF-8; it was read as {}"
_NOT_IN = "the file is not JSON: it is not {}"
# A file of this size can be of any encoding when its outputs are left out.
_SMALL = 2**20
_FIRST_KEY = re.compile(r'\{\s*"(?:cells|metadata|nbformat|nbformat_minor|worksheets)"\s*:')
_CELLS = re.compile(r'"cells"\s*:\s*(?=\[)')
# A text, also one that does not end, so that none is looked at twice; or a comma too many.
_TEXT_OR_COMMA = re.compile(r'("[^"\\]*+(?:\\.[^"\\]*+)*+"?)|,(?=\s*+[}\]])', re.DOTALL)
# Lines of a program, such as Colab, JupyterLab and others make of a notebook.
_PYTHON = re.compile(
    r"^(?:import \w+(?:\.\w+)*+(?: as \w+)?+[ \t]*+$|from [\w.]++ import |def \w++\()", re.MULTILINE
)
# The lines with which Git marks both sides of a conflict, and the side that begins behind each.
_CONFLICT = re.compile(r"^<{7}", re.MULTILINE)
_MARK = re.compile(r"^(?:(?:<{7}|>{7}|\|{7})[^\n]*|={7}[^\S\n]*)(?:\n|\Z)", re.MULTILINE)
_AFTER = {
    ("both", "<"): "ours",
    ("ours", "|"): "base",
    ("ours", "="): "theirs",
    ("base", "="): "theirs",
    ("theirs", ">"): "both",
}
# The notebook's metadata, too, may have a list of this name.
_MOST_LISTS = 5
_HEAD = 1000
_SHOWN = 40


class InvalidSubmissionError(Exception):
    """The file is not a notebook; the text says why."""


def decode(data: bytes, by_code: bool = False) -> tuple[dict[str, Any], list[str]]:
    """Return the JSON object in a submitted file, and notes about what was wrong with the file.

    Parameters
    ----------
    data : bytes
        The file.
    by_code : bool, optional
        Whether an older encoding is looked for in which its code is Python; see `read_older`.

    Raises
    ------
    InvalidSubmissionError
        If there is no whole JSON object in it.
    """
    if not data.strip():
        raise InvalidSubmissionError("the file is empty")
    if not data.strip(b"\0"):
        raise InvalidSubmissionError(
            f"the file is {len(data):,} zero bytes; it was not saved or uploaded completely"
        )
    kind = ""
    if _PAGE.match(data):
        is_xml = b"<?xml" in data[:_HEAD] and b"<html" not in data[:_HEAD].lower()
        kind = "an XML file" if is_xml else "an HTML page"
    kind = kind or next((words for start, words in _KINDS if data.startswith(start)), "")
    if kind:
        raise InvalidSubmissionError(f"the file is {kind}, not a notebook")
    data, left_out = shorten_file(data)
    text, notes = _text(data, by_code)
    raw, more = _parsed(text)
    if not isinstance(raw, dict):
        raise InvalidSubmissionError("the file is JSON, but not a notebook")
    content = raw.get("content")
    if isinstance(content, dict) and "cells" in content and "cells" not in raw:
        more.append("the notebook was read from the reply of a Jupyter server that holds it")
        raw = content
    return raw, [*notes, *left_out, *more]


def shorten_file(data: bytes) -> tuple[bytes, list[str]]:
    """Return a file without long saved outputs, and notes; see `without_long_outputs`.

    Raises
    ------
    InvalidSubmissionError
        If it is too large without them.
    """
    notes: list[str] = []
    if len(data) > _SMALL and _wide(data):
        data, notes = _narrow(data)
    try:
        data, note = without_long_outputs(data)
    except TooLargeError as error:
        raise InvalidSubmissionError(str(error)) from error
    return data, [*notes, *([note] if note else [])]


def _wide(data: bytes) -> bool:
    """Tell whether a character takes more than one byte also where it is ASCII."""
    return _encoding(data).startswith(("UTF-16", "UTF-32"))


def _narrow(data: bytes) -> tuple[bytes, list[str]]:
    """Return a file in UTF-8, and a note; its text as a whole would take many times its size."""
    encoding = _encoding(data)
    decoder = codecs.getincrementaldecoder(encoding)()
    narrow = io.BytesIO()
    try:
        for begin in range(0, len(data), _SMALL):
            part = decoder.decode(data[begin : begin + _SMALL], begin + _SMALL >= len(data))
            narrow.write(part.encode("utf-8", "surrogatepass"))
    except UnicodeDecodeError as error:
        raise InvalidSubmissionError(_NOT_IN.format(encoding)) from error
    return narrow.getvalue(), [_SAVED_AS.format(encoding)]


def _encoding(data: bytes) -> str:
    """Return the encoding that a file says it has, or seems to have."""
    marked = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    return marked or json.detect_encoding(data[:4]).upper()


def _text(data: bytes, by_code: bool) -> tuple[str, list[str]]:
    """Return the text of a file in whatever encoding it was saved, and a note unless it is UTF-8.

    Raises
    ------
    InvalidSubmissionError
        If it is said to be in an encoding that it is not in.
    """
    encoding = _encoding(data)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        if not encoding.startswith("UTF-8"):
            raise InvalidSubmissionError(_NOT_IN.format(encoding)) from error
        return _not_utf_8(data, by_code)
    if encoding == "UTF-8":
        return text, []
    if encoding == "UTF-8-SIG":
        return text, ["the file begins with a byte order mark, which was left out"]
    return text, [_SAVED_AS.format(encoding)]


def _not_utf_8(data: bytes, by_code: bool) -> tuple[str, list[str]]:
    """Return the text of a file that is not quite UTF-8, or of an older encoding."""
    text = data.decode("utf-8", "replace")
    lost = text.count("\N{REPLACEMENT CHARACTER}")
    if lost < sum(1 for _ in re.finditer(r"[^\0-\x7f\N{REPLACEMENT CHARACTER}]", text)):
        return text, [f"{lost} characters of the file are not UTF-8; they were replaced"]
    text, name = read_older(data, by_code)
    return text, [_READ_AS.format(name)]


def _parsed(text: str) -> tuple[Any, list[str]]:
    """Return what JSON says, with a note if it stands among other text."""
    try:
        return json.loads(text), []
    except (ValueError, RecursionError) as error:
        first = error
    sides = _sides(text)
    if sides is not None:
        return _whole_side(sides)
    start = text[:1] == "{" or _FIRST_KEY.search(text)
    if start:
        begin = 0 if start is True else start.start()
        try:
            # A line break inside of a text is no JSON, but an editor may have left one.
            raw, end = json.JSONDecoder(strict=False).raw_decode(text, begin)
        except (ValueError, RecursionError):
            pass
        else:
            beside = len(text[:begin].strip()) + len(text[end:].strip())
            return raw, [_beside(beside)] if beside else []
        mended = _mended(text[begin:])
        if mended is not None:
            return mended
    shown = text.strip()
    if start and not shown.endswith("}"):
        raise InvalidSubmissionError(
            f"the file is not JSON: it breaks off after {len(text.rstrip()):,} characters; it was "
            "not saved or uploaded completely"
        ) from first
    if shown[:1] in ("{", "["):
        raise InvalidSubmissionError(f"the file is not JSON: {first}") from first
    if _PYTHON.search(shown[:_SMALL]):
        raise InvalidSubmissionError(
            "the file is Python code, not a notebook; ask for the notebook itself (.ipynb)"
        ) from first
    raise InvalidSubmissionError(
        f"the file is not JSON, as a notebook is; it begins with {shown[:_SHOWN]!r}"
    ) from first


def _mended(text: str) -> tuple[Any, list[str]] | None:
    """Return a notebook in which all cells are whole, although its text is no JSON, or None."""
    decoder = json.JSONDecoder(strict=False)
    without = _TEXT_OR_COMMA.sub(lambda found: found[1] or "", text)
    count = len(text) - len(without)
    try:
        if count:
            commas = counted(count, "comma")
            note = f"the file is not JSON as it is: {commas} before a closing bracket"
            return decoder.decode(without), [f"{note}, left out to read it"]
    except (ValueError, RecursionError):
        pass
    for found in islice(_CELLS.finditer(text), _MOST_LISTS):
        try:
            cells = decoder.raw_decode(text, found.end())[0]
        except (ValueError, RecursionError):
            continue
        if cells and all(isinstance(cell, dict) and "cell_type" in cell for cell in cells):
            note = "the file is damaged after its last cell; all its cells were read"
            return {"cells": cells, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, [note]
    return None


def _beside(count: int) -> str:
    return f"{count:,} characters before or after the notebook in its file were left out"


def _sides(text: str) -> tuple[str, str] | None:
    """Return the two sides of a file with Git's conflict markers, or None if it has none."""
    if not _CONFLICT.search(text):
        return None
    ours: list[str] = []
    theirs: list[str] = []
    state, conflicts, begin = "both", 0, 0
    for mark in _MARK.finditer(text):
        after = _AFTER.get((state, mark[0][0]))
        if after is None:
            continue
        # Cut at the marks, not into lines, of which there may be millions.
        part = text[begin : mark.start()]
        ours += [part] if state in ("both", "ours") else []
        theirs += [part] if state in ("both", "theirs") else []
        state, begin = after, mark.end()
        conflicts += state == "both"
    ours += [text[begin:]] if state in ("both", "ours") else []
    theirs += [text[begin:]] if state in ("both", "theirs") else []
    return ("".join(ours), "".join(theirs)) if conflicts else None


def _whole_side(sides: tuple[str, str]) -> tuple[Any, list[str]]:
    """Return the side of a conflict that is a whole notebook; of two, the one with more answers."""
    found = []
    for name, text in zip(("first", "second"), sides, strict=True):
        try:
            found.append((text.count("NotImplementedError"), name, json.loads(text)))
        except (ValueError, RecursionError):
            continue
    said = "the file has Git's conflict markers (<<<<<<<)"
    if not found:
        raise InvalidSubmissionError(f"{said}, and neither side of them is a whole notebook")
    _, name, raw = min(found, key=lambda one: one[:2])
    return raw, [f"{said}; their {name} side was read"]
