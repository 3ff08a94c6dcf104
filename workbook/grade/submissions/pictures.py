"""Pictures that a notebook has displayed: which of them a page can show."""

import binascii
import re
import struct

_LONGEST = 2_000_000
# A file of 40 KiB may unfold into a gigabyte in the browser. A large plot has a tenth of this.
_MOST_POINTS = 20_000_000
_BASE64 = re.compile(r"[A-Za-z0-9+/=\s]+")
# The signature, and the length and name of the first part, which begins with width and height.
_HEAD = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"
_HEAD_BYTES = len(_HEAD) + 8


def shown_png(text: str) -> tuple[str, str]:
    """Return a PNG picture in Base64 that a page can show, or "" and what to say instead.

    Parameters
    ----------
    text : str
        What a notebook holds as its picture.
    """
    if len(text) >= _LONGEST or not _BASE64.fullmatch(text):
        return "", ""
    # Four signs are three bytes.
    signs = "".join(text[:1000].split())[: _HEAD_BYTES * 4 // 3 + 4]
    try:
        head = binascii.a2b_base64(signs[: len(signs) // 4 * 4])
    except binascii.Error:
        return "", ""
    if not head.startswith(_HEAD) or len(head) < _HEAD_BYTES:
        return "", ""
    width, height = struct.unpack(">II", head[len(_HEAD) : _HEAD_BYTES])
    if width * height > _MOST_POINTS:
        return "", f"[a picture of {width:,} by {height:,} points is left out here]"
    return text, ""
