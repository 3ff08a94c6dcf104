"""Finds the student's folder for what a platform calls a student."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from workbook.course.text import printable
from workbook.course.words import listed
from workbook.grade.collect.named_work import Owner
from workbook.grade.collect.names import short_hash, student_name
from workbook.grade.collect.on_roster import PARTS, claimed, in_a_names_place, on_roster
from workbook.grade.collect.platforms import Platform
from workbook.grade.collect.who import Who
from workbook.grade.roster.roster import Roster, squeezed
from workbook.grade.submissions.files import plain_name

# An identifier that stays as it is in a folder's name.
_PLAIN_ID = re.compile(r"[^\W_]{1,40}")


def folders_of(
    everybody: Iterable[Who], platform: Platform, roster: Roster, unpacked: bool = False
) -> tuple[dict[Who, str], list[str]]:
    """Return the name of each student's folder, and what the instructor should know of that.

    No two students get the same folder, also where a disk knows no case: where the roster has one
    student for two of the platform's, neither is that student's. Nor does anybody get the folder of
    a student who is not on the roster under that identifier and name.

    Parameters
    ----------
    everybody : iterable of Who
        Whom the platform names, each once or more often.
    platform : Platform
        The platform.
    roster : Roster
        The class.
    unpacked : bool, optional
        Whether all lies in a folder, in which a person may have put an identifier in the place of
        a name.
    """
    several = list(dict.fromkeys(everybody))
    common = _common({one.tail for one in several if one.tail})
    known = on_roster(several, platform, roster, common)
    by_person = in_a_names_place(known, platform, roster) if unpacked else {}
    known |= by_person
    fits = {one: known[one] or _unknown(one, common) for one in several}
    ids = {plain_name(one.id) for one in roster.students}
    same: defaultdict[str, list[Who]] = defaultdict(list)
    for one, name in fits.items():
        same[plain_name(name)].append(one)
    folders, doubtful = {}, []
    for name, fitting in same.items():
        # A name that the roster has is nobody's whom the roster does not have so.
        possible = [one for one in fitting if known[one] or name not in ids]
        # What only says whose it is takes nobody's folder.
        sure = [one for one in possible if not one.claimed] or possible
        folders.update({one: fits[one] if [one] == sure else _apart(one) for one in fitting})
        doubtful += [[one for one in fitting if one in sure]] if len(sure) > 1 else []
    folders = _distinct(folders, known, ids)
    problems = [
        f"a file says that it is of {one.shown}, too, of whom there is other work: "
        f"collected as {folders[one]}"
        for one in several
        if one.claimed and len(same[plain_name(fits[one])]) > 1 and folders[one] != fits[one]
    ]
    problems += [
        _by_identifier(one, name) for one, name in by_person.items() if folders[one] == name
    ]
    problems += [_told_apart(fits[group[0]], group, folders, platform) for group in doubtful]
    if roster.students:
        problems += [
            f"{_not_on_roster(one)}: collected as {folders[one]}"
            for one in several
            if not known[one]
        ]
    return folders, problems


def _apart(who: Who) -> str:
    """Return a folder for a student whose own name is also another's."""
    if who.claimed:
        return _as_claimed(who)
    return student_name(who.name or who.student or who.tail, who.mark)


def _distinct(folders: dict[Who, str], known: dict[Who, str], ids: set[str]) -> dict[Who, str]:
    """Return the folders, renamed where two students would have the same one.

    What is the roster's stays, and so does what is one student's but for work that only says so.
    """
    counts = Counter(map(plain_name, folders.values()))
    sure = Counter(plain_name(name) for one, name in folders.items() if not one.claimed)
    return {
        one: student_name(name, short_hash(repr(one)))
        if name != known[one]
        and (plain_name(name) in ids or (counts if one.claimed else sure)[plain_name(name)] > 1)
        else name
        for one, name in folders.items()
    }


def _told_apart(name: str, several: list[Who], folders: dict[Who, str], platform: Platform) -> str:
    """Say that several students fit one name, and how they are told apart."""
    marked = listed([f"{one.shown} ({one.mark})" for one in several])
    names = listed([folders[one] for one in several])
    cure = (
        f"Give them {platform.title}'s identifiers in the roster, and collect again"
        if platform.has_identifiers
        else "Put each one's id in the place of the name in the folders that you collect, and "
        "collect these folders"
    )
    return f"{marked} may all be {name}: they are told apart as {names}. {cure}"


def _by_identifier(one: Who, name: str) -> str:
    """Say that an identifier in the place of a name counts."""
    return (
        f"{one.shown} ({one.mark}) is taken for the student {name} of the roster, by the "
        "identifier in the place of the name: check whether you put it there. If not, "
        f"remove this work from submitted/{name}, and collect the archive as it was downloaded"
    )


def contradictions(handed: Iterable[tuple[str, Who, Owner]], roster: Roster) -> Iterator[str]:
    """Yield a warning for each work that names another student than the one who handed it in.

    Parameters
    ----------
    handed : iterable of (str, Who, Owner)
        The paths of works, who has handed them in, and whose they say that they are.
    roster : Roster
        The class.
    """
    for path, who, owner in handed:
        said = claimed(owner.id, owner.name, roster) if owner.id or owner.name else ""
        own = roster.find("", (who.id, who.student, who.email), who.name)
        is_other = said != own if roster.students else not _may_be(who, owner)
        if (owner.id or owner.name) and is_other and not who.claimed:
            yield (
                f"{printable(path)} says that it is the work of {owner.shown}, but {who.shown} has "
                "handed it in: it was collected as that student's"
            )


def _may_be(who: Who, owner: Owner) -> bool:
    """Tell whether names do not contradict each other."""
    if not who.name or not owner.name:
        return True
    return sorted(squeezed(who.name)) == sorted(squeezed(owner.name))


def _not_on_roster(who: Who) -> str:
    if who.claimed:
        shown = Owner(who.student, who.name).shown
        said = f"a file says that it is the work of {shown}"
        return f"{said}, who is not on the roster under that identifier and name"
    return f"{who.shown} is not on the roster, or fits several there"


def _as_claimed(who: Who) -> str:
    """Return the folder for work whose owner only the work itself names: one of its own."""
    mark = who.student if who.name and _PLAIN_ID.fullmatch(who.student) else short_hash(repr(who))
    return student_name(who.name or who.student, mark)


def _unknown(who: Who, common: int) -> str:
    """Return the folder of a student who is on no roster."""
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
    return max((part.end() for part in PARTS.finditer(first[:length])), default=0)
