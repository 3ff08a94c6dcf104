"""The time at which a submission was handed in: nbgrader's ``timestamp.txt`` beside it."""

from datetime import datetime
from pathlib import Path

from workbook.grade.submissions.files import read_file

#: Name of the file.
TIMESTAMP = "timestamp.txt"

_LONGEST = 100


def read_timestamp(folder: Path) -> tuple[datetime | None, str]:
    """Return the time at which a submission was handed in, in UTC, or None and the reason.

    The reason is empty if there is no timestamp.

    Parameters
    ----------
    folder : pathlib.Path
        The submission's folder.
    """
    data, problem = read_file(folder / TIMESTAMP)
    if problem:
        return None, f"{TIMESTAMP} is not a file that can be read; it does not count"
    if data is None:
        return None, ""
    text = data[: _LONGEST + 1].decode("utf-8", "replace").strip()
    if not text:
        return None, f"{TIMESTAMP} is empty; it does not count"
    # Imported only where there is a timestamp: the import takes seconds.
    from nbgrader.utils import parse_utc

    try:
        if len(text) > _LONGEST:
            raise ValueError
        return parse_utc(text), ""
    except (ValueError, OverflowError, TypeError):
        shown = text[:40] + ("…" if len(text) > 40 else "")
        return None, f"{TIMESTAMP} holds no time but {shown!r}; it does not count"
