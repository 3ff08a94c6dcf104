"""Learning platforms: how each names submissions, and how it is recognised."""

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import tzinfo
from functools import cached_property
from itertools import takewhile
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.course.leftovers import is_meaningless
from workbook.grade.collect.who import Who
from workbook.grade.submissions.timestamps import SETTINGS, TIMESTAMP

#: Where no other platform is recognised: a folder for each student.
PLAIN = "plain"

_BUILT_IN = Path(__file__).with_name("platforms.toml")
# Everything may lie in so many folders, one in another.
_MOST_ABOVE = 5
#: Groups of a pattern that say who a student is.
WHO = {one.name for one in fields(Who)} - {"claimed"}
_GROUPS = WHO | {"late", "time", "attempt", "version", "file", "ending"}
# Two students may have one name, and a number is another one in the next assignment.
_IDENTIFIERS = WHO - {"name", "number"}
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
        Paths of what the platform itself has added. The group ``tail`` says for whom.
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

    @property
    def has_identifiers(self) -> bool:
        """Whether it says more of a student than a name, which two of them may have."""
        groups = {name for one in self.paths for name in one.groupindex}
        return self.name != PLAIN and bool(groups & _IDENTIFIERS or self.metadata)

    def match(self, path: str, root: str = "") -> dict[str, str] | None:
        """Return what a path below a folder says of what was handed in; None if it is no such path.

        It is read from its beginning, which the platform has written: what a student has named
        stands behind that.
        """
        if not path.startswith(root):
            return None
        below = path[len(root) :]
        found = next((found for one in self.paths if (found := one.fullmatch(below))), None)
        if found is None:
            return None
        return {name: text for name, text in found.groupdict().items() if text is not None}

    def is_note(self, path: str, root: str = "") -> bool:
        """Tell whether a path below a folder is of something that the platform itself has added."""
        return self.note(path, root) is not None

    def note(self, path: str, root: str = "") -> dict[str, str] | None:
        """Return for whom the platform has added a file; None if it is no such file."""
        patterns = (*self.notes, *filter(None, [self.metadata]))
        below = path[len(root) :] if path.startswith(root) else ""
        found = next((found for one in patterns if (found := one.fullmatch(below))), None)
        return None if found is None else found.groupdict()

    def root(self, paths: list[str]) -> str:
        """Return the folder, with a ``/``, that holds all that the platform has sent."""
        files = meaningful(paths)
        if self.any_folder:
            return self._root_of_folders(paths, files)
        common = common_folders(files)
        roots = ["".join(f"{part}/" for part in common[:depth]) for depth in range(len(common) + 1)]
        return max(
            roots[:_MOST_ABOVE], key=lambda root: sum(bool(self.match(one, root)) for one in files)
        )

    def _root_of_folders(self, paths: list[str], files: list[str]) -> str:
        """Return the folder of the students' folders, where these may have any name."""
        common = common_folders(files)
        depth = 0
        if self.sign:
            depth = min((path.count("/") - 2 for path in self.signs(paths)), default=0)
        elif named := [parts for parts in map(self._assignment_at, files) if parts]:
            depth = min(named) - 1
        elif all(path.count("/") > len(common) for path in files if "/" in path):
            # One folder with several in it, and nothing beside them, is that of the class.
            depth = len(common)
        return "".join(f"{part}/" for part in common[:depth])

    def _assignment_at(self, path: str) -> int:
        """Return at which place in a path a folder has the name of an assignment; 0 without one."""
        parts = path.split("/")[:-1]
        return next((place for place, part in enumerate(parts) if part in ASSIGNMENTS and place), 0)

    def signs(self, paths: Iterable[str]) -> list[str]:
        """Return the paths that only this platform writes."""
        return [one for one in paths if self.sign and self.sign.fullmatch(one)]

    def may_be(self, paths: list[str]) -> bool:
        """Tell whether there is anything that only this platform writes."""
        if self.sign:
            root = self.root(paths)
            folders = {path[len(root) :].split("/")[0] for path in paths if path.startswith(root)}
            # A student's folder may hold such a thing, too: one is no sign.
            return len(self.signs(paths)) > len(folders) / 2
        root = self.root(paths)
        return self.metadata is None or any(
            self.metadata.fullmatch(path[len(root) :]) for path in paths if path.startswith(root)
        )


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
        """Tell whether a file may describe the other files."""
        name = path.rpartition("/")[2]
        lists = filter(None, (one.metadata for one in self.by_name.values()))
        return name.lower() == TIMESTAMP or any(one.fullmatch(name) for one in lists)

    def recognised(self, paths: Iterable[str]) -> tuple[Platform, str]:
        """Return the platform that has named most of these files so, and the folder that holds all.

        It must have named more than half of them.
        """
        everything = list(paths)
        files = meaningful(everything)
        found = {
            one.name: one.root(everything)
            for one in self.by_name.values()
            if one.name != PLAIN and one.may_be(everything)
        }
        counts = {
            name: sum(self.by_name[name].match(path, root) is not None for path in files)
            for name, root in found.items()
        }
        best = max(counts, key=lambda name: counts[name], default=PLAIN)
        if not counts.get(best):
            return self.by_name[PLAIN], self.by_name[PLAIN].root(everything)
        chosen = self.by_name[best]
        notes = sum(chosen.is_note(path, found[best]) for path in files)
        if counts[best] + notes > len(files) / 2:
            return chosen, found[best]
        if all("/" in path for path in files):
            return self.by_name[PLAIN], self.by_name[PLAIN].root(everything)
        raise CollectError(
            f"{counts[best]} of {len(files)} files are named as {chosen.title} names them, the "
            "others are not: say with --from what it is"
        )


def meaningful(paths: Iterable[str]) -> list[str]:
    """Return the paths of the files that no system or program has left behind."""
    return [path for path in paths if not any(map(is_meaningless, path.split("/")))]


def common_folders(paths: Iterable[str]) -> list[str]:
    """Return the folders in which all files lie; files in no folder at all do not count."""
    folders = [path.split("/")[:-1] for path in paths if "/" in path]
    same = takewhile(lambda parts: len({*parts}) == 1, zip(*folders, strict=False))
    return [parts[0] for parts in same]


def all_platforms(course: Course) -> Platforms:
    """Return the platforms that come with the program, and those of the course."""
    found = _read(_BUILT_IN)
    own = course.root / SETTINGS
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
        if not groups & WHO or "file" not in groups or groups - _GROUPS:
            raise ValueError(
                f"[{name}]: the pattern {one.pattern!r} needs the group file, "
                f"and one of {', '.join(sorted(WHO))}; other groups are "
                f"{', '.join(sorted(_GROUPS - WHO - {'file'}))}"
            )
    sign, metadata = (_pattern(held[key]) if key in held else None for key in ("sign", "metadata"))
    notes = tuple(_pattern(one) for one in held.get("notes", ()))
    form = str(held.get("time_format", ""))
    is_timed, any_folder = (held.get(key) is True for key in ("timestamps", "any_folder"))
    title = str(held.get("title", name))
    return Platform(name.lower(), title, paths, notes, sign, metadata, is_timed, form, any_folder)


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(text, re.DOTALL)
