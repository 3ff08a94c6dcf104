"""The roster of a class: one file in the course's folder, which only its owner can read."""

import json
import os
import re
import unicodedata
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property

from workbook.course.exercises import ASSIGNMENTS
from workbook.course.folder import Course
from workbook.course.leftovers import is_meaningless
from workbook.grade.submissions.files import is_valid_name, plain_name
from workbook.grade.submissions.results import whole_file

#: Name of the file.
FILE = "roster.json"

#: nbgrader's table of students holds no longer texts.
LONGEST_FIELD = 128

_LMS = ("lms_user_id", "canvas", "moodle", "blackboard", "brightspace", "gradescope")


class RosterError(Exception):
    """A roster cannot be read or written; the text says why, and what to do."""


def only_one(fitting: Collection[str]) -> str:
    """Return the one that fits; "" if nothing does, or several do."""
    return next(iter(fitting)) if len(fitting) == 1 else ""


@dataclass(frozen=True)
class Student:
    """A student of the class.

    Attributes
    ----------
    id : str
        The name of the student's folder in ``submitted/``, and the identifier in the gradebook.
    first_name, last_name, email, section : str
        What nbgrader's table of students holds, and the section; each may be empty.
    ids : mapping of str to str
        What platforms call the student, by the platform's name or the column's.
    group : str
        The group that hands in together; empty for a student who works alone.
    """

    id: str
    first_name: str = ""
    last_name: str = ""
    email: str = ""
    section: str = ""
    ids: Mapping[str, str] = field(default_factory=dict)
    group: str = ""

    @property
    def name(self) -> str:
        """First and last name."""
        return f"{self.first_name} {self.last_name}".strip()

    @property
    def lms_user_id(self) -> str:
        """The identifier for nbgrader's column of that name."""
        return next((self.ids[kind] for kind in _LMS if kind in self.ids), "")


@dataclass(frozen=True)
class Roster:
    """The students of the class, in the order of their identifiers."""

    students: tuple[Student, ...] = ()

    @cached_property
    def students_by_id(self) -> dict[str, Student]:
        """The students by their identifiers."""
        return {one.id: one for one in self.students}

    @cached_property
    def groups(self) -> dict[str, tuple[str, ...]]:
        """The members of each group that has several."""
        found: defaultdict[str, list[str]] = defaultdict(list)
        for one in self.students:
            if one.group:
                found[one.group].append(one.id)
        return {name: tuple(members) for name, members in found.items() if len(members) > 1}

    @cached_property
    def _by_name(self) -> dict[str, set[str]]:
        found: defaultdict[str, set[str]] = defaultdict(set)
        for one in self.students:
            # The last name comes first in many places, and nobody knows how many words it has.
            words = one.name.split()
            for place in range(len(words)):
                found[squeezed(" ".join(words[place:] + words[:place]))].add(one.id)
        return found

    @cached_property
    def _by_id(self) -> dict[str, dict[str, set[str]]]:
        """Students by each kind of identifier, the surest first."""
        found: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        for one in self.students:
            found["id"][plain_name(one.id)].add(one.id)
            if one.email:
                found["email"][plain_name(one.email)].add(one.id)
            for kind, value in one.ids.items():
                found[kind][plain_name(value)].add(one.id)
        return {kind: dict(values) for kind, values in found.items()}

    @cached_property
    def _groups_by_name(self) -> dict[str, list[str]]:
        found: defaultdict[str, list[str]] = defaultdict(list)
        for name in self.groups:
            found[squeezed(name)].append(name)
        return found

    def group_named(self, name: str) -> str:
        """Return the group that a platform calls so; "" if there is none, or several may be."""
        fitting = [name] if name in self.groups else self._groups_by_name.get(squeezed(name), [])
        return only_one(fitting)

    def named(self, name: str) -> set[str]:
        """Return the students of this name, in any order of its parts."""
        last, comma, first = name.partition(",")
        return self._by_name.get(squeezed(first + last if comma else name), set())

    def find(self, platform: str, given: Iterable[str], name: str = "") -> str:
        """Return the student whom a platform calls so; "" if nobody fits, or several do.

        Parameters
        ----------
        platform : str
            The platform: its own identifiers come first.
        given : iterable of str
            Identifiers of any kind: the platform's, a user name, an address.
        name : str, optional
            The student's name. Where it contradicts an identifier that is not known to be this
            platform's, the identifier does not count. Where this platform's own is one student's
            and the name another's, it is nobody.
        """
        kinds = [platform, *(kind for kind in self._by_id if kind != platform)]
        same_name = self.named(name)
        for kind in kinds:
            for value in filter(None, given):
                found = only_one(self._by_id.get(kind, {}).get(plain_name(value), ()))
                if not found:
                    continue
                if not name or found in same_name or (kind == platform and not same_name):
                    return found
                if kind == platform:
                    return ""
        return only_one(same_name)


def display_name(student: str, name: str = "") -> str:
    """Return what people read of a student: the name with the identifier, or that alone.

    Parameters
    ----------
    student : str
        The identifier, which tells two students of one name apart.
    name : str, optional
        First and last name, where they are known.
    """
    return f"{name} ({student})" if name and name != student else student


def names_a_student(text: str) -> bool:
    """Tell whether a text can name a student's folder, and the student in a gradebook."""
    # Every sign takes up to four bytes, of which a name on the disk has 255.
    fits = 0 < len(text) <= LONGEST_FIELD and len(os.fsencode(text)) < 240
    is_name = fits and is_valid_name(text) and not re.search(r"[/\\]|^\.", text)
    return is_name and not is_meaningless(text) and text not in ASSIGNMENTS


def squeezed(name: str) -> str:
    """Return the letters and figures of a name, without accents and in one case.

    Where a name has none of them, such as "-", it is all of its signs: only no name at all is "".
    """
    apart = unicodedata.normalize("NFKD", name.casefold())
    letters = re.sub(r"[\W_]+", "", "".join(c for c in apart if not unicodedata.combining(c)))
    return letters or "".join(apart.split())


def read_roster(course: Course) -> Roster:
    """Return the roster of a course; an empty one if there is none.

    Raises
    ------
    RosterError
        If there is one that cannot be read.
    """
    path = course.root / FILE
    try:
        held = json.loads(path.read_text(encoding="utf-8"))
        return Roster(tuple(Student(**one) for one in held["students"]))
    except FileNotFoundError:
        return Roster()
    except (OSError, ValueError, TypeError, LookupError) as error:
        why = getattr(error, "strerror", "") or "it is damaged"
        raise RosterError(
            f"{path} cannot be read ({why}): `workbook roster FILE` writes it again"
        ) from error


def write_roster(course: Course, roster: Roster) -> None:
    """Write the roster of a course, as a whole or not at all; see `whole_file`."""
    text = json.dumps({"students": [asdict(one) for one in roster.students]}, indent=1)
    # It holds names and addresses: nobody else may read it, not even while it is written.
    with whole_file(course.root / FILE, mode=0o600) as file:
        file.write(text + "\n")
