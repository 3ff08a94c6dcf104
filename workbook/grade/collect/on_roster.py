"""Finds students on the roster: by an identifier, a name, or the end of a text."""

import re
import unicodedata

from workbook.grade.collect.platforms import Platform
from workbook.grade.collect.who import Who
from workbook.grade.roster.roster import Roster, only_one

#: What is between a user name and the assignment's name before it.
PARTS = re.compile(r"[_\- ]")


def claimed(given: str, name: str, roster: Roster) -> str:
    """Return the student with this identifier and this name; "" if the two do not agree.

    Where the roster has no name of a student, the identifier is enough.
    """
    same_name = roster.named(name)
    if not given:
        return only_one(same_name)
    by_id = roster.find("", (given,))
    is_nameless = any(one.id == by_id and not one.name for one in roster.students)
    return by_id if not name or by_id in same_name or is_nameless else ""


def on_roster(
    several: list[Who], platform: Platform, roster: Roster, common: int
) -> dict[Who, str]:
    """Return the student on the roster for each; "" for those it does not have."""
    ends = _at_the_end({one.tail for one in several}, platform, roster, common)
    known = {
        one: claimed(one.student, one.name, roster)
        if one.claimed
        else roster.find(platform.name, (one.id, one.student, one.email), one.name)
        or ("" if platform.has_identifiers else _by_folder(one, roster))
        or ends[one.tail]
        for one in several
    }
    known = _by_the_surest(known, platform, roster)
    known |= _behind_their_group(known, platform, roster)
    return known | _called_as_a_group(known, roster)


def _by_the_surest(known: dict[Who, str], platform: Platform, roster: Roster) -> dict[Who, str]:
    """Return whom each is, without those who only have the name of one found by an identifier."""
    by_id = {
        one
        for one, name in known.items()
        if name and roster.find(platform.name, (one.id, one.student, one.email)) == name
    }
    taken = {known[one] for one in by_id if not one.claimed}
    return {
        one: "" if name in taken and one not in by_id and not one.claimed else name
        for one, name in known.items()
    }


def _by_folder(who: Who, roster: Roster) -> str:
    """Return the student whose identifier or name a folder has."""
    text = unicodedata.normalize("NFC", who.student or who.name)
    return text if who.student and text in roster.students_by_id else roster.find("", (), text)


def _behind_their_group(
    known: dict[Who, str], platform: Platform, roster: Roster
) -> dict[Who, str]:
    """Return the student named behind a group's name, as in "Team 3-Ada Lovelace".

    Moodle writes the group before every name where groups hand in together, so it is none where a
    name alone is on the roster.
    """
    if platform.has_identifiers or any(name and one.name for one, name in known.items()):
        return {}
    found = {}
    for one in known:
        parts = one.name.split("-")
        tails = (roster.named("-".join(parts[place:])) for place in range(1, len(parts)))
        if student := only_one(next(filter(None, tails), ())):
            found[one] = student
    return found


def _called_as_a_group(known: dict[Who, str], roster: Roster) -> dict[Who, str]:
    """Return the first member where a platform writes the name of a group of the roster.

    What one member hands in counts for all.
    """
    called = {
        one: roster.group_named(one.name)
        for one, name in known.items()
        if not name and not one.claimed
    }
    return {one: roster.groups[group][0] for one, group in called.items() if group}


def in_a_names_place(known: dict[Who, str], platform: Platform, roster: Roster) -> dict[Who, str]:
    """Return the student whose identifier stands where the platform writes a name.

    A person may have put it there, or a student may be called so on the platform: so it does not
    count where somebody else is that student by name.
    """
    if platform.has_identifiers:
        return {}
    names = {one: unicodedata.normalize("NFC", one.name) for one in known if not known[one]}
    ids = roster.students_by_id.keys() - {*known.values()}
    return {one: name for one, name in names.items() if name in ids and not one.claimed}


def _at_the_end(tails: set[str], platform: Platform, roster: Roster, common: int) -> dict[str, str]:
    """Return the student with whose user name each text ends; "" where there is none.

    The longest counts: a user's name may have the signs in it that are between it and the name of
    the assignment. It may also end with another's name: so nothing but the assignment's, which is
    known from the others, may stand before it.
    """
    found = {}
    for tail in tails:
        starts = [0, *(part.end() for part in PARTS.finditer(tail))]
        names = ((start, roster.find(platform.name, (tail[start:],))) for start in starts)
        found[tail] = next(((start, name) for start, name in names if name), (0, ""))
    before = {tail[:start] for tail, (start, _) in found.items() if start}
    return {
        tail: "" if start > common and any(tail[:end] in before for end in range(start)) else name
        for tail, (start, name) in found.items()
    }
