"""The time at which a submission was handed in: nbgrader's ``timestamp.txt`` beside it."""

import re
import tomllib
from datetime import datetime, tzinfo
from pathlib import Path
from zoneinfo import ZoneInfo

from workbook.grade.submissions.files import read_file

#: Name of the file.
TIMESTAMP = "timestamp.txt"

#: The course's own settings for names that platforms give, among them the zone of their times.
SETTINGS = "collect.toml"

_LONGEST = 100
# When an attempt was handed in, as platforms write it into names: Blackboard and nbgrader's
# exchange write figures, Brightspace words.
_FIGURES = re.compile(r"(\d{4})-(\d\d)-(\d\d)[-_ T](\d\d)[-:_h]?(\d\d)(?:[-:_m]?(\d\d))?")
_WORDS = re.compile(
    r"(?:([A-Z][a-z]{2})[a-z]* (\d\d?)|(\d\d?) ([A-Z][a-z]{2})[a-z]*),? (\d{4}) (\d{3,4}) ?([AP]M)?"
)


class TimezoneError(Exception):
    """The zone of the times in names cannot be read; the text says why."""


def zone_of_names(root: Path) -> tzinfo | None:
    """Return the zone of the times that platforms write into names; None for this machine's.

    Parameters
    ----------
    root : pathlib.Path
        The course's folder.

    Raises
    ------
    TimezoneError
        If the course's settings cannot be read, or there is no such zone.
    """
    path = root / SETTINGS
    try:
        name = tomllib.loads(path.read_text(encoding="utf-8")).get("timezone", "")
        return ZoneInfo(name) if name else None
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError, LookupError) as error:
        raise TimezoneError(f"{path} cannot be read: {error}") from error


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
    return (None, "") if data is None else parse_timestamp(data)


def parse_timestamp(data: bytes) -> tuple[datetime | None, str]:
    """Return the time in a timestamp's file, in UTC, or None and the reason."""
    text = data[: _LONGEST + 1].decode("utf-8", "replace").strip()
    if not text:
        return None, f"{TIMESTAMP} is empty; it does not count"
    # Imported only where there is a timestamp: the import takes seconds.
    from nbgrader.utils import parse_utc

    try:
        if len(text) > _LONGEST:
            raise ValueError
        return parse_utc(text), ""
    # dateutil hands on what Python's decimal numbers raise, too: a clock may show 10:99…9.
    except (ValueError, ArithmeticError, TypeError):
        shown = text[:40] + ("…" if len(text) > 40 else "")
        return None, f"{TIMESTAMP} does not hold a time but {shown!r}; it does not count"


def time_named(text: str) -> datetime | None:
    """Return the last time that a name holds, as a platform writes it there; None without one."""
    figures, words = _FIGURES.findall(text), _WORDS.findall(text)
    try:
        if figures:
            year, month, day, hour, minute, second = (int(part or 0) for part in figures[-1])
            return datetime(year, month, day, hour, minute, second)
        if words:
            month_first, day_last, day_first, month_last, of, clock, half = words[-1]
            text = f"{month_first or month_last} {day_last or day_first} {of} {clock.zfill(4)}"
            form = "%b %d %Y %I%M %p" if half else "%b %d %Y %H%M"
            return datetime.strptime(f"{text} {half}".strip(), form)
    except ValueError:
        pass
    return None
