"""Reads the text of a table as a spreadsheet or a platform has saved it."""

from pathlib import Path

_MOST_BYTES = 64 * 2**20
_NO_TEXT = {b"PK": "an Excel or OpenDocument file", b"\xd0\xcf\x11\xe0": "an old Excel file"}
_MARKS = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16", b"\xef\xbb\xbf": "utf-8-sig"}
# What Excel writes where it does not write UTF-8; the last one takes every byte.
_ENCODINGS = ("utf-8", "cp1252", "latin-1")


def table_text(path: Path, error: type[Exception]) -> tuple[str, str]:
    """Return the text of a table, and the encoding of its file.

    Parameters
    ----------
    path : pathlib.Path
        The file.
    error : type of Exception
        What is raised, with a sentence for the user, if the file cannot be read as text.
    """
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except OSError as why:
        raise error(f"{path} cannot be read ({why.strerror})") from why
    kind = next((kind for start, kind in _NO_TEXT.items() if data.startswith(start)), "")
    if kind:
        raise error(f"{path} is {kind}: save it as CSV, and name that file")
    if len(data) > _MOST_BYTES:
        raise error(f"{path} is larger than {_MOST_BYTES >> 20} MiB: it is not a table of a class")
    marked = next((one for start, one in _MARKS.items() if data.startswith(start)), "")
    for encoding in (marked,) if marked else _ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text, encoding
    raise error(f"{path} is not text: save the table as CSV, and name that file")
