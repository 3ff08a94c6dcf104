"""Reads student, assignment and attempt from the paths of files."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, tzinfo
from typing import Any

from workbook.course.text import printable
from workbook.course.work_files import STUDENT_FILE
from workbook.grade.collect.gradescope import read_metadata
from workbook.grade.collect.looking import SeenFile
from workbook.grade.collect.names import why_not_taken
from workbook.grade.collect.platforms import PLAIN, WHO, CollectError, Platform
from workbook.grade.collect.who import Who
from workbook.grade.submissions.files import plain_name
from workbook.grade.submissions.timestamps import TIMESTAMP, parse_timestamp, time_named


@dataclass(frozen=True)
class Handed:
    """A file of a student's.

    Attributes
    ----------
    seen : SeenFile
        The file.
    who : Who
        Whose it is.
    assignment : str
        The assignment whose name is in its path; empty if none is.
    path : str
        Its path as the student gave it, without what the platform added.
    time : datetime or None
        When it was handed in, in UTC.
    attempt : int
        Which attempt it is, from 0.
    numbered : str
        The number of the attempt as it stood in the name; empty if it did not.
    ending : str
        What stood behind this number in the name.
    late : bool
        Whether the platform calls it late.
    """

    seen: SeenFile
    who: Who
    assignment: str
    path: str
    time: datetime | None = None
    attempt: int = 0
    numbered: str = ""
    ending: str = ""
    late: bool = False


class PathReader:
    """Reads the paths of files.

    Parameters
    ----------
    platform : Platform
        Who has named them.
    root : str
        The folder that holds everything.
    zone : tzinfo or None
        The zone of the times in names; None for this machine's.
    assignments : tuple of str
        The names of all assignments.
    wanted : str
        The assignment that they are of; empty if that is not known.

    Attributes
    ----------
    left : dict of int to str
        Why a file is left, by its number.
    problems : list of str
        What the instructor should look at.
    """

    def __init__(
        self,
        platform: Platform,
        root: str,
        zone: tzinfo | None,
        assignments: tuple[str, ...],
        wanted: str,
    ) -> None:
        self.platform, self.root, self.zone = platform, root, zone
        self.assignments, self.wanted = assignments, wanted
        self.left: dict[int, str] = {}
        self.problems: list[str] = []

    def read(self, files: list[SeenFile]) -> Iterator[Handed]:
        """Yield the files that are a student's, once for each student who handed them in."""
        listed = self._metadata(files)
        found: list[Handed] = []
        stamps: dict[str, datetime] = {}
        shelves = self._shelves(files)
        noted: dict[str, str] = {}
        for seen in files:
            given = self._given(seen, shelves)
            if given is None:
                self.left[seen.number] = self._not_named(seen)
                if note := self.platform.note(seen.sent_as, self.root):
                    noted.setdefault(note.get("tail") or "", seen.path)
            elif why := self._why_left(seen, given, stamps):
                self.left[seen.number] = why
            else:
                found += self._of(seen, given, listed)
        for tail in sorted(noted.keys() - {"", *(one.who.tail for one in found)}):
            self.problems.append(
                f"{printable(tail)} has handed in no file: check whether an answer was typed into "
                f"{printable(noted[tail])}"
            )
        for one in found:
            keys = (f"{one.who.student}/{one.assignment}", f"{one.who.student}/")
            stamp = next((stamps[key] for key in keys if key in stamps), None)
            # The teacher's time is of the folder, not of who says to be of that name.
            stamp = None if one.who.claimed else stamp
            yield replace(one, time=one.time or stamp)

    def _given(self, seen: SeenFile, shelves: set[str]) -> dict[str, str] | None:
        """Return what is known of a file: from the path, or else from the work that it is in."""
        given = self.platform.match(seen.sent_as, self.root)
        if seen.work is None:
            return None if given and self._is_assignment(given) else given
        if self.platform.name == PLAIN and (given is None or given["student"] in shelves):
            owner = seen.work.owner
            if not owner.id and not owner.name:
                return None
            given = {"student": owner.id, "name": owner.name, "claimed": "yes"}
        return None if given is None else {**given, "file": seen.inside, "ending": ""}

    def _is_assignment(self, given: dict[str, str]) -> bool:
        """Tell whether the folder of an assignment lies where that of a student should."""
        return self.platform.name == PLAIN and given["student"] in self.assignments

    def _shelves(self, files: list[SeenFile]) -> set[str]:
        """Return the folders that hold works of several students: they are no student's."""
        owners: defaultdict[str, set[str]] = defaultdict(set)
        if self.platform.name == PLAIN:
            for one in files:
                given = one.work and self.platform.match(one.sent_as, self.root)
                if given and one.work:
                    owners[given["student"]].add(one.work.owner.shown)
        return {folder for folder, shown in owners.items() if len(shown) > 1}

    def _metadata(self, files: list[SeenFile]) -> dict[str, list[dict[str, str]]] | None:
        if self.platform.metadata is None:
            return None
        own = [one for one in files if self.platform.is_note(one.path, self.root)]
        if not own:
            raise CollectError(
                f"the list of submissions that {self.platform.title} sends is missing: without it "
                "nobody knows whose they are. Collect the export as it was downloaded"
            )
        return read_metadata(own[0].data)

    def _not_named(self, seen: SeenFile) -> str:
        """Return why a file is left whose path is not as the platform writes it."""
        path = seen.sent_as
        if seen.work and self.platform.name == PLAIN:
            return "it does not say whose it is: put it into a folder with the student's name"
        if (given := self.platform.match(path, self.root)) and self._is_assignment(given):
            return (
                "it lies in the folder of an assignment, and nothing says whose it is: put it into "
                "a folder with the student's name"
            )
        if self.platform.is_note(path, self.root):
            return f"{self.platform.title} has added it"
        if self.platform.any_folder:
            return why_not_taken(path) or "it is not in a student's folder"
        return why_not_taken(path) or f"its name is not as {self.platform.title} writes it"

    def _why_left(self, seen: SeenFile, given: dict[str, str], stamps: dict[str, datetime]) -> str:
        """Return why a student's file is left; the time in a plain folder is noted on the way."""
        if (
            self.platform.timestamps
            and not seen.work
            and plain_name(given["file"].rpartition("/")[2]) == TIMESTAMP
        ):
            return self._stamp(seen, given, stamps)
        if seen.work and given["file"] == STUDENT_FILE:
            return "it says whose the work is"
        named = self._named(given["file"])
        if self.wanted and named and named != self.wanted:
            return f"it is of {named}"
        return why_not_taken(given["file"] + given.get("ending", "")) or seen.problem

    def _named(self, path: str) -> str:
        """Return the assignment whose name is in a path, or ""."""
        return next((part for part in path.split("/")[:-1] if part in self.assignments), "")

    def _stamp(self, seen: SeenFile, given: dict[str, str], stamps: dict[str, datetime]) -> str:
        """Note the time in a timestamp that lies where nbgrader puts it."""
        folder = given["file"].rpartition("/")[0]
        if folder and folder not in self.assignments:
            return why_not_taken(given["file"])
        time, why = parse_timestamp(seen.data)
        if time is None:
            return why
        stamps[f"{given['student']}/{folder}"] = time.replace(tzinfo=UTC)
        return "it says when the work was handed in"

    def _of(
        self, seen: SeenFile, given: dict[str, str], listed: dict[str, list[dict[str, Any]]] | None
    ) -> Iterator[Handed]:
        """Yield a file of a student's, or of several who have handed it in together."""
        path, named = given["file"], self._named(given["file"])
        one = Handed(
            seen, self._who(given), named,
            path.removeprefix(f"{named}/") if named else path, self._time(given),
            int(given.get("attempt", 0)) or int(given.get("version", 1)) - 1,
            f"-{given['attempt']}" if "attempt" in given else "",
            given.get("ending", ""), "late" in given,
        )  # fmt: skip
        several = (listed or {}).get(one.who.number, [])
        if listed is not None and not several:
            text = f"{self.platform.title}'s list does not say whose submission {one.who.number} is"
            if text not in self.problems:
                self.problems.append(text)
        if not several:
            yield one
        for told in several:
            who = Who(**{key: value for key, value in told.items() if key in WHO})
            yield replace(one, who=who, time=told.get("time", one.time))

    def _who(self, given: dict[str, str]) -> Who:
        return Who(**{key: given.get(key, "") for key in WHO}, claimed="claimed" in given)

    def _time(self, given: dict[str, str]) -> datetime | None:
        text = given.get("time", "")
        if not text:
            return None
        try:
            form = self.platform.time_format
            found = datetime.strptime(text, form) if form else time_named(text)
            # Without a zone, it is that of the platform's site.
            return found.replace(tzinfo=self.zone).astimezone(UTC) if found else None
        except (ValueError, OverflowError):
            return None
