"""Leaves long saved outputs out of a notebook's file, before it is parsed.

To parse a file of 60 MB can take a gigabyte of memory. So its signs are looked at first: strings
and brackets, of which there is a limit.
"""

import re
from collections.abc import Iterator

#: Size of the largest notebook without its saved outputs.
MAX_NOTEBOOK_BYTES = 32 * 2**20

# A notebook of this size is parsed as it is.
_SMALL = 2**20
_MOST_OUTPUTS = 4 * 2**20
# Strings and brackets: in all, in the outputs that are kept, and outside of the outputs.
_MOST_SIGNS = 4_000_000
_MOST_OUTPUT_SIGNS = 100_000
_MOST_OTHER_SIGNS = 300_000

# A string that does not end goes on to the end of the file: it must not be searched for again.
_SIGN = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?\Z)|[\[\]{}]', re.DOTALL)
_QUOTE, _OPENING = ord('"'), b"[{"
_KEY = b'"outputs"'
# How deep the outputs of a cell are, in notebooks of nbformat 4 and 3.
_DEPTHS = (3, 5)


class TooLargeError(Exception):
    """There is more in the file than a notebook holds; the text says what."""


def without_long_outputs(data: bytes) -> tuple[bytes, str]:
    """Return a notebook's file with a few MB of its saved outputs, and a note about the others.

    A line stands in the place of what is left out.

    Parameters
    ----------
    data : bytes
        The file, in an encoding in which a byte below 128 is an ASCII character, such as UTF-8.

    Raises
    ------
    TooLargeError
        If it is too large without them.
    """
    if len(data) <= _SMALL:
        return data, ""
    parts: list[bytes] = []
    end = size = signs = left_out = 0
    for first, last, inside in _outputs(data):
        if size + last - first <= _MOST_OUTPUTS and signs + inside <= _MOST_OUTPUT_SIGNS:
            size, signs = size + last - first, signs + inside
            continue
        parts += [data[end:first], _line(last - first)]
        end, left_out = last, left_out + last - first
    shorter = b"".join([*parts, data[end:]]) if parts else data
    if len(shorter) > MAX_NOTEBOOK_BYTES:
        limit = f"{MAX_NOTEBOOK_BYTES >> 20} MiB"
        raise TooLargeError(f"the notebook is larger than {limit} without its saved outputs")
    note = f"{_megabytes(left_out)} of saved outputs were left out; all the rest was read"
    return shorter, note if left_out else ""


def _outputs(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Yield where each list of outputs begins and ends, and how many signs are in it."""
    depth = other = 0
    key_end = start = start_depth = start_number = -1
    for number, sign in enumerate(_SIGN.finditer(data)):
        if number > _MOST_SIGNS or other > _MOST_OTHER_SIGNS:
            raise TooLargeError("the file holds more texts and lists than any notebook has")
        first, last = sign.span()
        other += start < 0
        if data[first] == _QUOTE:
            is_key = last - first == len(_KEY) and data[first:last] == _KEY
            key_end = last if is_key else -1
            continue
        if data[first] in _OPENING:
            is_value = key_end >= 0 and data[key_end:first].strip() == b":"
            if start < 0 and is_value and depth in _DEPTHS:
                start, start_depth, start_number = first, depth, number
            depth += 1
        else:
            depth -= 1
            if start >= 0 and depth == start_depth:
                yield start, last, number - start_number
                start = -1
        key_end = -1


def _line(size: int) -> bytes:
    """Return outputs that say that others were left out."""
    text = f"[{_megabytes(size)} of saved output are left out here]"
    return b'[{"output_type": "stream", "name": "stdout", "text": "%b"}]' % text.encode()


def _megabytes(size: int) -> str:
    return f"{size / 1e6:.1f} MB"
