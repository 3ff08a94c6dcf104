"""Text that anybody may have written."""


def without_surrogates(text: str) -> str:
    """Return the text with ``?`` for lone surrogates, which no file and no terminal can take."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
