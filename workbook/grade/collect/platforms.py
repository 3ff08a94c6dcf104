"""The platforms: how each names what students have handed in, and which one it is."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import tzinfo
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workbook.course.folder import Course
from workbook.grade.submissions.files import is_meaningless
from workbook.grade.submissions.timestamps import TIMESTAMP

#: The file in the course's folder in which a teacher adds platforms.
OWN_FILE = "collect.toml"
#: Where no other platform is recognised: a folder for each student.
PLAIN = "plain"

_BUILT_IN = Path(__file__).with_name("platforms.toml")
# Folders in which everything may lie.
_ABOVE = r"(?:[^/]+/){0,2}?"
_GROUPS = {
    "student", "tail", "name", "id", "number", "email", "late", "time", "attempt", "file", "ending",
}  # fmt: skip
_WHO = {"student", "tail", "name", "id", "number", "email"}
_KEYS = {"title", "paths", "notes", "sign", "metadata", "timestamps", "time_format", "any_folder"}


class CollectError(Exception):
    """Nothing can be collected; the text says why, and what to do."""


@dataclass(frozen=True)
class Platform:
    """A learning platform.

    Attributes
    ----------
    name, title : str
        What the user calls it, and what it is called in a sentence.
    paths : tuple of re.Pattern
        Paths of what students have handed in; `_GROUPS` are the names of their groups.
    notes : tuple of re.Pattern
        Paths of what the platform itself has added.
    sign : re.Pattern or None
        A path that is only there if it is this platform.
    metadata : re.Pattern or None
        The path of the file, as Gradescope writes it, that says whose each submission is.
    timestamps : bool
        Whether a ``timestamp.txt`` in a student's folder says when something was handed in.
    time_format : str
        How times are written in paths, where it is not as Blackboard or Brightspace write them.
    any_folder : bool
        Whether a student's folder may have any name, so that only its place tells what it is.
    """

    name: str
    title: str
    paths: tuple[re.Pattern[str], ...]
    notes: tuple[re.Pattern[str], ...] = ()
    sign: re.Pattern[str] | None = None
    metadata: re.Pattern[str] | None = None
    timestamps: bool = False
    time_format: str = ""
    any_folder: bool = False

    def match(self, path: str) -> dict[str, str] | None:
        """Return what a path says of what was handed in there; None if it is no such path."""
        found = next((found for one in self.paths if (found := one.fullmatch(path))), None)
        if found is None:
            return None
        return {name: text for name, text in found.groupdict().items() if text is not None}

    def is_note(self, path: str) -> bool:
        """Tell whether a path is of something that the platform itself has added."""
        patterns = (*self.notes, *filter(None, [self.metadata]))
        return any(one.fullmatch(path) for one in patterns)


@dataclass(frozen=True)
class Platforms:
    """All platforms, and the zone of the times that they write without one."""

    by_name: dict[str, Platform]
    timezone: str = ""

    @cached_property
    def zone(self) -> tzinfo | None:
        """The zone; None for this machine's."""
        return ZoneInfo(self.timezone) if self.timezone else None

    def named(self, name: str) -> Platform:
        """Return a platform by its name."""
        if name.lower() not in self.by_name:
            known = ", ".join(self.by_name)
            raise CollectError(f"unknown platform {name!r}; there are: {known}")
        return self.by_name[name.lower()]

    def may_say_more(self, path: str) -> bool:
        """Tell whether a file may say something of the others."""
        if path.rpartition("/")[2].lower() == TIMESTAMP:
            return True
        lists = (one for one in self.by_name.values() if one.metadata)
        return any(one.is_note(path) and one.match(path) is None for one in lists)

    def recognised(self, paths: Iterable[str]) -> Platform:
        """Return the platform that has named most of these files so, and more than half of them."""
        everything = list(paths)
        files = [path for path in everything if not any(map(is_meaningless, path.split("/")))]
        found: dict[str, int] = {}
        for one in self.by_name.values():
            has_sign = one.sign is None or any(map(one.sign.fullmatch, everything))
            has_table = one.metadata is None or any(map(one.metadata.fullmatch, files))
            if one.name != PLAIN and has_sign and has_table:
                found[one.name] = sum(one.match(path) is not None for path in files)
        best = max(found, key=lambda name: found[name], default=PLAIN)
        if not found.get(best):
            return self.by_name[PLAIN]
        notes = sum(self.by_name[best].is_note(path) for path in files)
        if found[best] + notes > len(files) / 2:
            return self.by_name[best]
        if all("/" in path for path in files):
            return self.by_name[PLAIN]
        raise CollectError(
            f"{found[best]} of {len(files)} files are named as {self.by_name[best].title} names "
            "them, the others are not: say with --from what it is"
        )


def all_platforms(course: Course) -> Platforms:
    """Return the platforms that come with the program, and those of the course."""
    found = _read(_BUILT_IN)
    own = course.root / OWN_FILE
    more = _read(own) if own.is_file() else Platforms({})
    return Platforms({**more.by_name, **found.by_name, **more.by_name}, more.timezone)


def _read(path: Path) -> Platforms:
    try:
        held = tomllib.loads(path.read_text(encoding="utf-8"))
        zone = held.pop("timezone", "")
        if zone:
            ZoneInfo(zone)
        return Platforms({name.lower(): _platform(name, one) for name, one in held.items()}, zone)
    except (OSError, ValueError, TypeError, LookupError, re.error) as error:
        raise CollectError(f"{path} cannot be read: {error}") from error


def _platform(name: str, held: Any) -> Platform:
    if not isinstance(held, dict) or not held.get("paths"):
        raise ValueError(f"[{name}] has no paths")
    if unknown := held.keys() - _KEYS:
        raise ValueError(f"[{name}] has the unknown key {min(unknown)!r}")
    if not str(held.get("title", name)):
        raise ValueError(f"[{name}] has an empty title")
    paths = tuple(_pattern(one) for one in held["paths"])
    for one in paths:
        groups = one.groupindex.keys()
        if not groups & _WHO or "file" not in groups or groups - _GROUPS:
            raise ValueError(
                f"[{name}]: the pattern {one.pattern.removeprefix(_ABOVE)!r} needs the group file, "
                f"and one of {', '.join(sorted(_WHO))}; other groups are "
                f"{', '.join(sorted(_GROUPS - _WHO - {'file'}))}"
            )
    sign, metadata = (_pattern(held[key]) if key in held else None for key in ("sign", "metadata"))
    notes = tuple(_pattern(one) for one in held.get("notes", ()))
    form = str(held.get("time_format", ""))
    is_timed, any_folder = (held.get(key) is True for key in ("timestamps", "any_folder"))
    title = str(held.get("title", name))
    return Platform(name.lower(), title, paths, notes, sign, metadata, is_timed, form, any_folder)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(f"{_ABOVE}(?:{text})", re.DOTALL)
