"""Whose a file is: from what the platform calls a student to the student's folder."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.collect.named_work import Owner
from workbook.grade.collect.names import short_hash, student_name
from workbook.grade.collect.platforms import Platform
from workbook.grade.roster.roster import Roster, squeezed

_PARTS = re.compile(r"[_\- ]")
# An identifier that stays as it is in a folder's name.
_PLAIN_ID = re.compile(r"[^\W_]{1,40}")


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
    claimed : bool
        Whether only the work itself says that it is of this student.
    """

    student: str = ""
    tail: str = ""
    id: str = ""
    number: str = ""
    name: str = ""
    email: str = ""
    claimed: bool = False

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
        found[name or _unknown(one, common, roster)].append(one)
    folders: dict[Who, str] = {}
    problems = []
    for name, fitting in found.items():
        chosen, said = _told_apart(name, fitting, platform)
        folders.update(chosen)
        problems += said
    if roster.students:
        problems += [
            f"{_not_on_roster(one)}: collected as {folders[one]}"
            for one in several
            if not on_roster[one]
        ]
    return folders, problems


def _told_apart(
    name: str, fitting: list[Who], platform: Platform
) -> tuple[dict[Who, str], list[str]]:
    """Return a folder for each of those who fit one name, and what is to be said of that."""
    if len(fitting) == 1:
        return {fitting[0]: name}, []
    sure = [one for one in fitting if not one.claimed]
    if len(sure) == 1:
        # What only says whose it is takes nobody's folder.
        folders = {one: _as_claimed(one) for one in fitting if one.claimed}
        said = [
            f"a file says that it is of {one.shown}, too, of whom there is other work: "
            f"collected as {folder}"
            for one, folder in folders.items()
        ]
        return {sure[0]: name, **folders}, said
    names = [student_name(one.name or one.student or one.tail, one.mark) for one in fitting]
    marked = listed([f"{one.shown} ({one.mark})" for one in fitting])
    cure = (
        f"Give them {platform.title}'s identifiers in the roster, and collect again"
        if platform.has_identifiers
        else "Put each one's id in the place of the name in the folders that you collect, and "
        "collect these folders"
    )
    said = [f"{marked} may all be {name}: they are told apart as {listed(names)}. {cure}"]
    return dict(zip(fitting, names, strict=True)), said


def contradictions(handed: Iterable[tuple[str, Who, Owner]], roster: Roster) -> Iterator[str]:
    """Yield what the instructor should know of works that say to be of others than hand them in.

    Parameters
    ----------
    handed : iterable of (str, Who, Owner)
        The paths of works, who has handed them in, and whose they say that they are.
    roster : Roster
        The class.
    """
    for path, who, owner in handed:
        said = _claimed(owner.id, owner.name, roster) if owner.id or owner.name else ""
        own = roster.find("", (who.id, who.student, who.email), who.name)
        is_other = said != own if roster.students else not _may_be(who, owner)
        if (owner.id or owner.name) and is_other and not who.claimed:
            yield (
                f"{printable(path)} says that it is the work of {owner.shown}, but comes from "
                f"{who.shown}, as whose it was collected"
            )


def _may_be(who: Who, owner: Owner) -> bool:
    """Tell whether names do not contradict each other."""
    if not who.name or not owner.name:
        return True
    return sorted(squeezed(who.name)) == sorted(squeezed(owner.name))


def _not_on_roster(who: Who) -> str:
    if who.claimed:
        shown = Owner(who.student, who.name).shown
        return f"a file says that it is the work of {shown}, whom the roster does not have so"
    return f"{who.shown} is not on the roster, or fits several there"


def _claimed(given: str, name: str, roster: Roster) -> str:
    """Return whom the roster has with this identifier and this name; "" if they do not agree.

    Where the roster has no name of a student, the identifier is enough.
    """
    same_name = roster.named(name) if squeezed(name) else set()
    if not given:
        return next(iter(same_name)) if len(same_name) == 1 else ""
    by_id = roster.find("", (given,))
    is_nameless = any(one.id == by_id and not one.name for one in roster.students)
    return by_id if not name or by_id in same_name or is_nameless else ""


def _as_claimed(who: Who) -> str:
    """Return a folder for work of which nobody else says whose it is: it is nobody else's."""
    mark = who.student if who.name and _PLAIN_ID.fullmatch(who.student) else short_hash(repr(who))
    return student_name(who.name or who.student, mark)


def _on_roster(who: Who, platform: Platform, roster: Roster) -> str:
    if who.claimed:
        return _claimed(who.student, who.name, roster)
    given = (who.id, who.student, who.email)
    if found := roster.find(platform.name, given, who.name):
        return found
    if not platform.has_identifiers:
        # The folder's name may be the student's name, or the identifier in the place of a name.
        text = unicodedata.normalize("NFC", who.student or who.name)
        return text if text in roster.students_by_id else roster.find("", (), text)
    # The longest: a user's name may have such signs in it, too.
    starts = [0, *(part.end() for part in _PARTS.finditer(who.tail))]
    ends = (who.tail[start:] for start in starts)
    return next((found for end in ends if (found := roster.find(platform.name, (end,)))), "")


def _unknown(who: Who, common: int, roster: Roster) -> str:
    """Return the folder of a student who is on no roster: not that of one of another name."""
    name = _named_by_platform(who, common)
    there = roster.students_by_id.get(name)
    return student_name(name, who.mark) if there and there.name else name


def _named_by_platform(who: Who, common: int) -> str:
    """Return a name for a student's folder, made of what the platform says."""
    if who.claimed:
        return _as_claimed(who)
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
