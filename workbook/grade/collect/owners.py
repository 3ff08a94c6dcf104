"""Whose a file is: from what the platform calls a student to the student's folder."""

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.collect.names import short_hash, student_name
from workbook.grade.collect.platforms import Platform
from workbook.grade.roster.roster import Roster

_PARTS = re.compile(r"[_\- ]")


@dataclass(frozen=True)
class Who:
    """What a platform calls a student.

    Attributes
    ----------
    student : str
        A user name.
    tail : str
        A text that ends with the user name; the name of the assignment is before it.
    id : str
        The platform's own identifier, which stays the same.
    number : str
        A number that only tells students apart; it counts where there is neither of these.
    name, email : str
        Name and address.
    """

    student: str = ""
    tail: str = ""
    id: str = ""
    number: str = ""
    name: str = ""
    email: str = ""

    @property
    def shown(self) -> str:
        """What a person is told."""
        return printable(self.name or self.student or self.email or self.id or self.tail)

    @property
    def mark(self) -> str:
        """What tells the student from another of the same name."""
        return self.id or self.number or short_hash(repr(self))


def folders_of(
    everybody: Iterable[Who], platform: Platform, roster: Roster
) -> tuple[dict[Who, str], list[str]]:
    """Return the name of each student's folder, and what the instructor should know of that.

    No two students get the same folder: where the roster has one student for two of the platform's,
    neither is that student's.
    """
    several = list(dict.fromkeys(everybody))
    common = _common({one.tail for one in several if one.tail})
    found: defaultdict[str, list[Who]] = defaultdict(list)
    on_roster = {}
    for one in several:
        name = _on_roster(one, platform, roster)
        on_roster[one] = bool(name)
        found[name or _unknown(one, common)].append(one)
    folders: dict[Who, str] = {}
    problems = []
    for name, fitting in found.items():
        if len(fitting) == 1:
            folders[fitting[0]] = name
            continue
        names = [student_name(one.name or one.student or one.tail, one.mark) for one in fitting]
        folders.update(zip(fitting, names, strict=True))
        problems.append(
            f"{listed([f'{one.shown} ({one.mark})' for one in fitting])} may all be {name}: they "
            f"are told apart as {listed(names)}. Give them {platform.title}'s identifiers in the "
            "roster, and collect again"
        )
    if roster.students:
        problems += [
            f"{one.shown} is not on the roster, or fits several there: collected as {folders[one]}"
            for one in several
            if not on_roster[one]
        ]
    return folders, problems


def _on_roster(who: Who, platform: Platform, roster: Roster) -> str:
    given = (who.id, who.student, who.email)
    if found := roster.find(platform.name, given, who.name):
        return found
    # The longest: a user's name may have such signs in it, too.
    starts = [0, *(part.end() for part in _PARTS.finditer(who.tail))]
    ends = (who.tail[start:] for start in starts)
    return next((found for end in ends if (found := roster.find(platform.name, (end,)))), "")


def _unknown(who: Who, common: int) -> str:
    """Return the folder of a student who is on no roster."""
    if who.tail or who.student:
        return student_name(who.tail[common:] or who.student)
    if who.id:
        return student_name(who.name, who.id) if who.name else student_name(who.id)
    # A number that is another one in the next assignment would make two folders of one student.
    return student_name(who.name or who.email.partition("@")[0] or f"submission-{who.number}")


def _common(tails: set[str]) -> int:
    """Return the length of the assignment's name, with which all of these texts begin."""
    if len(tails) < 2:
        return 0
    # The first and the last of them in order differ earliest.
    first, last = min(tails), max(tails)
    pairs = enumerate(zip(first, last, strict=False))
    length = next((place for place, (one, other) in pairs if one != other), len(first))
    return max((part.end() for part in _PARTS.finditer(first[:length])), default=0)
