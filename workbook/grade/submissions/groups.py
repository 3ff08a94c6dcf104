"""Groups that hand in together: what one member has handed in counts for all of them."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property

from workbook.course.exercises import ASSIGNMENTS, Exercise, of_assignment, position
from workbook.course.text import printable
from workbook.grade.submissions.decode import InvalidSubmissionError, decode
from workbook.grade.submissions.identify import exercises_of
from workbook.grade.submissions.submitted import Found, Submitted
from workbook.grade.submissions.timestamps import read_timestamp

#: From a student and an assignment: when it is due, with the student's extension.
Due = Callable[[str, str], datetime | None]


@dataclass(frozen=True)
class _Attempt:
    """What a member of a group has handed in of an exercise.

    Attributes
    ----------
    one : Submitted
        What it is.
    due : datetime or None
        When this member's work is due.
    """

    one: Submitted
    due: datetime | None

    @cached_property
    def data(self) -> bytes | None:
        """The file's content; None if it cannot be read."""
        return self.one.place.read()[0] if self.one.place else None

    @cached_property
    def has_answer(self) -> bool:
        """Whether something in it is filled in."""
        if self.data is None or self.one.place is None:
            return False
        try:
            raw, _ = decode(self.data)
        except InvalidSubmissionError:
            return False
        name = self.one.place.name.rpartition("/")[2]
        found = exercises_of(raw, name)
        return any(one.exercise == self.one.exercise and one.answered > 0 for one in found)

    @cached_property
    def time(self) -> datetime | None:
        """When it was handed in, if that is known."""
        time = read_timestamp(self.one.folder)[0] if self.one.folder else None
        return time and time.replace(tzinfo=UTC)

    @property
    def in_time(self) -> bool:
        """Whether it is on time; work without a time is never late."""
        return self.time is None or self.due is None or self.time <= self.due

    @property
    def order(self) -> tuple[object, ...]:
        """The sort key: an answer, then the deadline, then the time."""
        changed = self.one.path.stat().st_mtime if self.one.path else 0.0
        time = self.time.timestamp() if self.time else changed
        return self.has_answer, self.in_time, time, changed, self.one.student

    def why_not(self, best: "_Attempt") -> str:
        """Say why another one counts."""
        if best.has_answer and not self.has_answer:
            return "there is no answer in it"
        if best.in_time and not self.in_time:
            return "it came after the deadline"
        return "the other one is newer"


def shared(found: Found, groups: Mapping[str, Iterable[str]], due: Due) -> Found:
    """Return what was found of a class, with each group's work for all its members.

    For each exercise the newest notebook that came in time counts, and a notebook without an
    answer only where nobody has another. The time of the whole assignment is that of the latest of
    these. A note names the notebooks that do not count.

    Parameters
    ----------
    found : Found
        What was found in each student's folder.
    groups : mapping of str to iterable of str
        The members of each group.
    due : callable
        The deadlines.
    """
    held = {(one.student, one.exercise.name): one for one in found.submitted}
    for name, group in groups.items():
        members = tuple(group)
        for assignment in ASSIGNMENTS:
            for one in _of_group(name, members, assignment, held, due):
                held[one.student, one.exercise.name] = one
    ordered = sorted(held.values(), key=lambda one: (one.student, position(one.exercise.name)))
    return replace(found, submitted=tuple(ordered))


def _of_group(
    name: str,
    members: tuple[str, ...],
    assignment: str,
    held: Mapping[tuple[str, str], Submitted],
    due: Due,
) -> list[Submitted]:
    """Return what counts of an assignment for each member of a group."""
    best: dict[Exercise, _Attempt] = {}
    others: dict[Exercise, list[_Attempt]] = {}
    for exercise in of_assignment(assignment):
        there = [held[one, exercise.name] for one in members if (one, exercise.name) in held]
        handed_in = [_Attempt(one, due(one.student, assignment)) for one in there
                     if not one.is_missing]  # fmt: skip
        # Files are read only where there is a choice.
        ordered = sorted(handed_in, key=lambda one: one.order) if handed_in[1:] else handed_in
        if ordered:
            *others[exercise], best[exercise] = ordered
    if not best:
        return []
    # nbgrader knows one time for an assignment.
    timed = [one for one in best.values() if one.time]
    latest = max(timed, key=lambda one: one.time or 0) if timed else None
    found = []
    for exercise in of_assignment(assignment):
        is_asked = any((one, exercise.name) in held for one in members)
        for member in members if is_asked else ():
            if exercise in best:
                notes = _notes(name, member, best[exercise], others[exercise])
                one = replace(best[exercise].one, student=member)
                one = replace(one, notes=(*notes, *one.notes))
            else:
                one = Submitted(member, exercise, None, next(iter(best.values())).one.folder)
            found.append(replace(one, folder=latest.one.folder) if latest else one)
    return found


def _notes(name: str, member: str, best: _Attempt, others: list[_Attempt]) -> Iterator[str]:
    """Yield notes on whose notebook counts for a member of a group."""
    different = [one for one in others if one.data is None or one.data != best.data]
    same = {one.one.student for one in others} - {one.one.student for one in different}
    group = printable(name)
    if member not in {best.one.student, *same}:
        yield f"handed in by {printable(best.one.student)} for the group {group}"
    for one in different:
        yield (
            f"of the group {group}, the notebook of {printable(best.one.student)} counts, and not "
            f"that of {printable(one.one.student)}: {one.why_not(best)}"
        )
