"""Several attempts at the same work: which of them counts."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from workbook.grade.submissions.groups import Due

_NEVER = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True)
class HandedIn:
    """A file that a student has handed in.

    Attributes
    ----------
    number : int
        Its place among the files of the archive or folder.
    student, assignment : str
        Whose it is, and of what.
    work : str
        What it is a version of: a notebook of its exercise, an archive of any other, other files of
        those with the same path.
    path : str
        Its path in the assignment's folder.
    time : datetime or None
        When it was handed in.
    attempt : int
        The number that the platform gives to the attempt.
    late : bool
        Whether the platform calls it late.
    exercise : str
        The exercise whose notebook it is; empty for other files.
    is_stub : bool
        Whether it is a notebook without an answer.
    """

    number: int
    student: str
    assignment: str
    work: str
    path: str
    time: datetime | None = None
    attempt: int = 0
    late: bool = False
    exercise: str = ""
    is_stub: bool = False

    @property
    def order(self) -> tuple[datetime, int]:
        """What tells attempts apart, and orders them."""
        return self.time or _NEVER, self.attempt

    @property
    def attempt_shown(self) -> str:
        """The attempt in words."""
        when = f"of {self.time:%Y-%m-%d %H:%M %Z}" if self.time else ""
        return f"the attempt {when}" if when else f"attempt {self.attempt + 1}"


#: From all that some students have handed in: the points of each notebook, by its number.
Points = Callable[[list[HandedIn]], Mapping[int, float]]


def choose_attempts(
    files: Iterable[HandedIn], due: Due, which: str = "", points: Points | None = None
) -> tuple[list[HandedIn], dict[int, str]]:
    """Return the files of the attempts that count, and why the others do not, by their numbers.

    Parameters
    ----------
    files : iterable of HandedIn
        Everything that was handed in.
    due : callable
        The deadlines.
    which : str, optional
        "latest", "best" or "first"; if not given, the last before the deadline.
    points : callable, optional
        Judges notebooks; needed for the best attempt only.
    """
    works: defaultdict[tuple[str, str, str], list[HandedIn]] = defaultdict(list)
    for one in files:
        works[one.student, one.assignment, one.work].append(one)
    several = [group for group in works.values() if len({one.order for one in group}) > 1]
    judged: Mapping[int, float] = {}
    if which == "best" and points and several:
        students = {group[0].student for group in several}
        judged = points([one for group in works.values() for one in group
                         if one.student in students])  # fmt: skip
    counting: list[HandedIn] = []
    left: dict[int, str] = {}
    for group in works.values():
        best, why = _best(group, due(group[0].student, group[0].assignment), which, judged)
        for one in group:
            if one.order == best.order:
                counting.append(one)
            else:
                left[one.number] = f"{best.attempt_shown} counts{why}"
    return counting, left


def _best(
    group: list[HandedIn], due: datetime | None, which: str, judged: Mapping[int, float]
) -> tuple[HandedIn, str]:
    """Return a file of the attempt that counts, and why it does, for a sentence."""
    ordered = sorted(group, key=lambda one: one.order)
    if which == "first":
        return ordered[0], ": the first"
    if which == "best" and any(one.number in judged for one in group):
        best = max(ordered, key=lambda one: (judged.get(one.number, -1.0), one.order))
        return best, f": it earns {judged[best.number]:g} points"
    if which:
        return ordered[-1], ": the last"
    # A stub that was handed in by mistake, after the answer, is no answer.
    answered = [one for one in ordered if not one.is_stub] or ordered
    in_time = [one for one in answered if due and one.time and one.time <= due]
    said = "with an answer" if answered != ordered else ""
    if in_time and in_time[-1] is not answered[-1]:
        said = f"{said} before the deadline".lstrip()
    return (in_time or answered)[-1], f": the last {said}".rstrip()


def times(files: Iterable[HandedIn]) -> Iterator[tuple[tuple[str, str], datetime | None]]:
    """Yield when each student handed in each assignment: with the last file of it."""
    latest: dict[tuple[str, str], datetime | None] = {}
    for one in files:
        key = one.student, one.assignment
        known = filter(None, (latest.get(key), one.time))
        latest[key] = max(known, default=None)
    yield from latest.items()
